// Chromium has no floats: what does not fit at the foot of a page leaves a hole
// there. A figure that made one is drawn a little smaller, or lets the following
// paragraphs go first.

import { floatFigure, shrinkFigure } from './blocks.js';
import { ROOM, TEXT } from './geometry.js';

// Below three fifths of its size the letters of a drawing are too small.
const LEAST = 0.62;

// The pages with too much room at their foot, the last of a sheet excepted, and
// what stands at the head of the next.
const holes = (pdf, blocks, places) => {
  const placed = blocks.map(it => ({ ...it, ...places.get(it.id) })).filter(it => it.page);
  const sheets = Map.groupBy?.(placed, it => it.sheet) ?? group(placed);
  return [...sheets].map(([sheet, blocks]) => {
    const pages = blocks.map(it => it.page);
    const [first, last] = [Math.min(...pages), Math.max(...pages)];
    const found = [];
    for (let page = first; page < last; page += 1) {
      const room = pdf.ink(page, TEXT).low - TEXT.low;
      if (room > ROOM) found.push({ sheet, page, room, next: blocks.filter(it => it.page === page + 1) });
    }
    return found;
  });
};

const group = placed => {
  const sheets = new Map();
  for (const it of placed) sheets.set(it.sheet, [...(sheets.get(it.sheet) ?? []), it]);
  return sheets;
};

// The figure that a hole was made by, if it was one: it stands first on the next
// page, or behind a heading or a sentence that is kept with it.
const culprit = next => {
  const sorted = [...next].sort((one, other) => other.y - one.y);
  const at = sorted.findIndex(it => it.kind === 'figure');
  if (at < 0 || at > 2 || sorted.slice(0, at).some(it => !['head', 'p'].includes(it.kind))) return undefined;
  const [figure, first] = [sorted[at], sorted[0]];
  return { ...figure, needs: first.y - figure.y + figure.height + 14 };
};

// Mends one hole of each chapter, the first that can be; what is behind it moves
// anyway. Returns how many were mended.
export const mendHoles = async (page, pdf, blocks, places, tried) => {
  let mended = 0;
  for (const found of holes(pdf, blocks, places)) {
    for (const { room, next, page: number } of found) {
      const figure = culprit(next);
      if (!figure) continue;
      const once = `${figure.id} ${figure.needs.toFixed()} ${room.toFixed()}`;
      if (tried.has(once)) continue;
      tried.add(once);
      const by = figure.needs - room;
      const done = await page.evaluate(shrinkFigure, { id: figure.id, by, least: LEAST })
        || await page.evaluate(floatFigure, { id: figure.id, room });
      if (process.env.VERBOSE) console.error(number, room.toFixed(), figure.id, by.toFixed(), done);
      if (!done) continue;
      mended += 1;
      break;
    }
  }
  return mended;
};
