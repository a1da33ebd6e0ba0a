// Chromium has no floats: what does not fit at the foot of a page leaves a hole
// there. A figure that made one is drawn a little smaller, or lets the following
// paragraphs go first.

import { floatFigure, shrinkFigure, tighten } from './blocks.js';
import { ROOM, TEXT } from './geometry.js';

// Below three fifths of its size the letters of a drawing are too small.
const LEAST = 0.62;

// A last page with less than this on it is not worth a page.
const SCRAP = 0.13 * TEXT.height;

// What lies below the last line of a page's ink, and above a figure.
const SLACK = { head: 26, other: 18 };

const group = placed => {
  const sheets = new Map();
  for (const it of placed) sheets.set(it.sheet, [...(sheets.get(it.sheet) ?? []), it]);
  return [...sheets].map(([sheet, blocks]) => {
    const pages = blocks.map(it => it.page);
    return { sheet, blocks, first: Math.min(...pages), last: Math.max(...pages) };
  });
};

// The pages with too much room at their foot, the last of a sheet excepted, and
// what stands on the next.
const holes = (pdf, { blocks, first, last }) => {
  const found = [];
  for (let page = first; page < last; page += 1) {
    const room = pdf.ink(page, TEXT).low - TEXT.low;
    if (room > ROOM) found.push({ page, room, next: blocks.filter(it => it.page === page + 1) });
  }
  return found;
};

// The figure that a hole was made by, if it was one: it stands first on the next
// page, or behind a heading or a sentence that is kept with it.
const culprit = next => {
  const sorted = [...next].sort((one, other) => other.y - one.y);
  const at = sorted.findIndex(it => it.kind === 'figure');
  if (at < 0 || at > 2 || sorted.slice(0, at).some(it => !['head', 'p'].includes(it.kind))) return undefined;
  const [figure, first] = [sorted[at], sorted[0]];
  const slack = first.kind === 'head' ? SLACK.head : SLACK.other;
  return { ...figure, needs: first.y - figure.y + figure.height + slack };
};

const mendHole = async (page, { room, next }, settled) => {
  const figure = culprit(next);
  if (!figure || settled.has(figure.id)) return false;
  const by = Math.max(figure.needs - room, 6);
  if (await page.evaluate(shrinkFigure, { id: figure.id, by, least: LEAST })) return true;
  settled.add(figure.id);
  return page.evaluate(floatFigure, { id: figure.id, room });
};

// Mends one hole of each chapter, the first that can be, since what is behind it
// moves anyway; and where there is none, a scrap at the end. `settled` remembers
// what has been tried. Returns how many were mended.
export const mend = async (page, pdf, blocks, places, settled) => {
  const placed = blocks.map(it => ({ ...it, ...places.get(it.id) })).filter(it => it.page);
  let mended = 0;
  for (const sheet of group(placed)) {
    let done = false;
    for (const hole of holes(pdf, sheet)) {
      done = await mendHole(page, hole, settled);
      if (done) break;
    }
    if (!done && sheet.last > sheet.first && TEXT.high - pdf.ink(sheet.last, TEXT).low < SCRAP) {
      done = await page.evaluate(tighten, sheet.sheet);
    }
    mended += done;
  }
  return mended;
};
