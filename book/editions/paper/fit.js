// Chromium has no floats: what does not fit at the foot of a page leaves a hole
// there. So each chapter is fitted as a printer would do it: one change after
// another is tried, printed, and kept if the pages are fuller for it. What fills
// its own page and leaves a hole on another is tried together with a second one.

import { change, takeBack } from './changes.js';
import { ROOM, TEXT } from './geometry.js';

// Below three fifths of its size the letters of a drawing are too small.
const LEAST = 0.62;

// A last page with less than this on it is not worth a page.
const SCRAP = 0.13 * TEXT.height;

// What lies below the last line of a page's ink, and above a figure.
const SLACK = { head: 26, other: 18 };

// The lines of a chapter may be set a little closer than 1.38, or wider; so much
// closer that it is seen only where that saves a page.
const LEADS = [['1.36', '0.58em'], ['1.4', '0.66em'], ['1.37', '0.6em'], ['1.39', '0.64em']];
const CLOSER = [['1.35', '0.54em'], ['1.32', '0.46em']];

// How many changes are tried together with one that leaves a hole elsewhere.
const SECONDS = 8;

// What a change costs the eye, in the coin of `costOf`.
const PRICES = { squeeze: 0.02, shrink: 0.1, float: 0.1, raise: 0.15, part: 0.2, lead: 0.05 };

const group = (pdf, placed) => {
  const sheets = new Map();
  for (const it of placed) sheets.set(it.sheet, [...(sheets.get(it.sheet) ?? []), it]);
  return [...sheets].map(([sheet, blocks]) => {
    const pages = blocks.map(it => it.page);
    const [first, last] = [Math.min(...pages), Math.max(...pages)];
    const rooms = Array.from({ length: last - first }, (_, i) => pdf.ink(first + i, TEXT).low - TEXT.low);
    const isScrap = last > first && TEXT.high - pdf.ink(last, TEXT).low < SCRAP;
    return { sheet, blocks, first, rooms, isScrap };
  });
};

// A hole twice as high is four times as bad; a fifth of a page is none.
const costOf = ({ rooms, isScrap }) =>
  rooms.reduce((sum, room) => sum + (Math.max(0, room - ROOM) / TEXT.height * 20) ** 2 + room / TEXT.height / 10, isScrap ? 5 : 0);

// The figure that a hole was made by, if it was one: it stands first on the next
// page, or behind a heading or a sentence that is kept with it.
const culprit = next => {
  const at = next.findIndex(it => it.kind === 'figure');
  if (at < 0 || at > 2 || next.slice(0, at).some(it => !['head', 'p'].includes(it.kind))) return undefined;
  const [figure, first] = [next[at], next[0]];
  const slack = first.kind === 'head' ? SLACK.head : SLACK.other;
  return { ...figure, needs: first.y - figure.y + figure.height + slack };
};

// What could mend a sheet, the largest hole first and the gentlest way first.
const proposals = ({ sheet, blocks, first, rooms, isScrap }) => {
  const holes = rooms.map((room, at) => ({ room, at, page: first + at })).filter(({ room }) => room > ROOM);
  const mends = holes.sort((one, other) => other.room - one.room).flatMap(({ room, at, page }) => {
    const on = page => blocks.filter(it => it.page === page).sort((one, other) => other.y - one.y);
    const [here, next] = [on(page), on(page + 1)];
    const figure = culprit(next);
    const ids = here.map(it => it.id);
    const listing = next.slice(0, 5).find(it => it.kind === 'pre');
    return [
      { kind: 'squeeze', ids },
      figure && { kind: 'shrink', id: figure.id, by: Math.max(figure.needs - room, 6), least: LEAST },
      figure && { kind: 'float', id: figure.id, room },
      figure && { kind: 'raise', id: figure.id, by: figure.needs - room },
      ...here.filter(it => it.kind === 'figure').map(({ id, height }) => ({ kind: 'shrink', id, by: 0.12 * height, least: LEAST })),
      listing && { kind: 'part', id: listing.id },
    ].filter(Boolean).map(it => ({ ...it, at, key: `${it.kind} ${it.id ?? page} ${Math.round(room / 12)}` }));
  });
  const leads = (isScrap ? [...LEADS, ...CLOSER] : mends.length ? LEADS : []).map(([lead, gap]) => ({ kind: 'lead', lead, gap, key: `lead ${lead}` }));
  return (isScrap ? [...leads, ...mends] : [...mends, ...leads]).map(it => ({ ...it, sheet }));
};

// What has been tried and kept, sheet by sheet.
export class Fitting {
  #sheets = new Map();

  // Judges the changes of the last printing and makes the next, one a sheet;
  // returns how many. With `isLast`, none is made.
  async next(page, pdf, blocks, isLast) {
    const { places } = pdf;
    const placed = blocks.map(it => ({ ...it, ...places.get(it.id) })).filter(it => it.page);
    let changed = 0;
    for (const now of group(pdf, placed)) {
      const state = this.#sheets.get(now.sheet) ?? { tried: new Set(), kept: [], made: [] };
      this.#sheets.set(now.sheet, state);
      const { made } = state;
      const cost = costOf(now);
      const price = made.reduce((sum, { kind }) => sum + PRICES[kind], 0);
      if (!made.length || cost + price < state.cost) {
        state.kept.push(...made.map(({ key }) => key));
        Object.assign(state, { cost, best: now, made: [] });
      } else if (made.length === 1 && now.rooms[made[0].at] <= ROOM && !isLast) {
        state.half = { ...now, tried: new Set() };
      } else {
        changed += await this.#takeBack(page, state);
      }
      if (!isLast) changed += await this.#make(page, state);
      while (isLast && state.made.length) changed += await this.#takeBack(page, state);
    }
    return changed;
  }

  // Takes the last change of a sheet back; returns how many that were.
  async #takeBack(page, { best, made }) {
    await page.evaluate(takeBack, best.sheet);
    made.pop();
    return 1;
  }

  // Makes the next change of a sheet; returns how many it made or took back.
  async #make(page, state) {
    if (state.made.length) {
      const { half } = state;
      if (half.tried.size < SECONDS && await this.#try(page, state, half)) return 1;
      await this.#takeBack(page, state);
      return 1 + await this.#make(page, state);
    }
    return Number(await this.#try(page, state, { ...state.best, tried: state.tried }));
  }

  async #try(page, { made }, { tried, ...sheet }) {
    for (const it of proposals(sheet)) {
      if (tried.has(it.key)) continue;
      tried.add(it.key);
      if (await page.evaluate(change, it)) return made.push(it) > 0;
    }
    return false;
  }

  get kept() {
    return [...this.#sheets].map(([sheet, { kept }]) => [sheet, kept]).filter(([, kept]) => kept.length);
  }
}
