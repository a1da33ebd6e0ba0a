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
      return { id: block.id, sheet: sheet.id, kind, height: block.getBoundingClientRect().height * POINTS };
    }));
  document.body.append(list);
  return blocks;
};

export const unmarkBlocks = () => document.querySelector('.marks').remove();

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
