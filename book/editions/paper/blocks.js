// Runs in the browser. Chromium says on which page a thing lies if a link leads
// to it; so for the time of the fitting a hidden list of links leads to every
// block.

// Makes the list, and tells of each block what fitting needs to know. The window
// has to be as wide as the text on paper.
export const markBlocks = () => {
  const POINTS = 0.75;
  const BLOCKS = 'h1, h2, h3, h4, p, li, figure, pre, .where, .pair-label, .table-wrapper, .quiz, blockquote, .formula, .aside, dt, dd';
  const list = document.createElement('nav');
  list.className = 'marks';
  list.style.display = 'none';
  const blocks = [...document.querySelectorAll('.sheet')].flatMap(sheet =>
    [...sheet.querySelectorAll(BLOCKS)].filter(it => it.getClientRects().length).map((block, index) => {
      block.id ||= `${sheet.id}---${index}`;
      const link = document.createElement('a');
      link.href = `#${block.id}`;
      list.append(link);
      const kind = block.matches('figure') ? 'figure' : block.matches('h1, h2, h3, h4') ? 'head' : block.localName;
      const lines = kind === 'pre' ? block.textContent.trimEnd().split('\n').length : 0;
      return { id: block.id, sheet: sheet.id, kind, lines, height: block.getBoundingClientRect().height * POINTS };
    }));
  document.body.append(list);
  return blocks;
};

export const unmarkBlocks = () => document.querySelector('.marks').remove();

// Draws a figure so much less high, in points, if it can still be read then; if
// not, it is as large as it was at first.
export const shrinkFigure = ({ id, by, least }) => {
  const figure = document.getElementById(id);
  if (figure.querySelector('table')) return false; // its curves are part of its rows
  const drawing = figure.querySelector('svg, img');
  const { width, height } = drawing.getBoundingClientRect();
  const box = drawing.viewBox?.baseVal;
  // A high drawing has empty edges, which are no part of its width.
  const drawnWidth = box?.width ? Math.min(width, (height * box.width) / box.height) : width;
  const room = drawing.parentElement.getBoundingClientRect().width;
  drawing.dataset.height ??= height;
  const wanted = height - by / 0.75;
  drawing.style.setProperty('--paper-drawn', ((drawnWidth / room) * (wanted / height)).toFixed(4));
  const now = drawing.getBoundingClientRect().height;
  if (now < height - 1 && now >= least * drawing.dataset.height) return true;
  drawing.style.removeProperty('--paper-drawn');
  return false;
};

// Lets the paragraphs that follow a figure go before it, as far as they fit into
// the room, as a printer does. Not where the sentence before announces it.
export const floatFigure = ({ id, room }) => {
  const figure = document.getElementById(id);
  if (/[:：]\s*$/.test(figure.previousElementSibling?.textContent ?? '')) return false;
  const moved = [];
  let height = 0;
  for (let next = figure.nextElementSibling; next?.matches('p, .formula, math'); next = next.nextElementSibling) {
    // What announces something stays before it.
    if (/:\s*$/.test(next.textContent) && !next.nextElementSibling?.matches('.formula')) break;
    height += next.getBoundingClientRect().height * 0.75 + 7;
    if (height > room) break;
    moved.push(next);
  }
  while (moved.length && moved.at(-1).nextElementSibling?.matches('.formula')) moved.pop();
  if (!moved.length) return false;
  figure.before(...moved);
  return true;
};

// Code, formulas and tables that are wider than the text are set smaller.
export const fitWidths = ({ width, codeSize, leastCode }) => {
  const PADDING = 14;
  for (const code of document.querySelectorAll('.sheet pre > code')) {
    const columns = Math.max(...code.textContent.split('\n').map(line => [...line].length));
    const room = (code.getBoundingClientRect().width * 0.75 || width) - PADDING;
    const size = Math.max(leastCode, Math.min(codeSize, room / (0.602 * columns)));
    if (size < codeSize) code.style.setProperty('font-size', `${size.toFixed(2)}pt`, 'important');
  }
  const tooWide = element => element.scrollWidth / element.clientWidth;
  for (const formula of document.querySelectorAll('.sheet math[display="block"]')) {
    const ratio = tooWide(formula);
    if (ratio > 1.002) formula.style.fontSize = `${(0.99 / ratio).toFixed(3)}em`;
  }
  for (const wrapper of document.querySelectorAll('.sheet .table-wrapper')) {
    const table = wrapper.querySelector('table');
    for (let size = 8.6; tooWide(wrapper) > 1.002 && size > 6.4; size -= 0.2) table.style.fontSize = `${size.toFixed(1)}pt`;
  }
};

// Sets the lines of a sheet a little closer, so that its last ones need no page
// of their own; twice at most.
export const tighten = id => {
  const CLOSER = [['1.35', '0.54em'], ['1.32', '0.46em']];
  const { style } = document.getElementById(id);
  const next = CLOSER.findIndex(([lead]) => lead === style.getPropertyValue('--paper-lead')) + 1;
  if (next === CLOSER.length) return false;
  style.setProperty('--paper-lead', CLOSER[next][0]);
  style.setProperty('--paper-gap', CLOSER[next][1]);
  return true;
};
