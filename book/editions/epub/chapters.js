// Runs in the browser: the sections of the document become files of XHTML.
// Chromium serialises what it has parsed, formulas as MathML, figures as SVG.

// A drawing takes its colours from the style sheets of the book, which an EPUB
// does not have: they are written into it, unless they are the letters' grey.
export const paintDrawings = () => {
  const PAINTED = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'font-size', 'font-style', 'font-weight', 'text-anchor'];
  const LETTERS = '#80858A';
  const styled = element => element.hasAttribute('class') || /var\(/.test(element.outerHTML.split('>')[0]);
  const drawn = [...document.querySelectorAll('.sheet figure svg *')];
  const paint = drawn.filter(it => styled(it) && !it.closest('defs')).map(it => {
    const style = getComputedStyle(it);
    return [it, PAINTED.map(name => [name, style.getPropertyValue(name)])];
  });
  for (const [element, values] of paint) {
    for (const [name, value] of values) {
      if (name.startsWith('font') && element.localName !== 'text' && element.localName !== 'tspan') continue;
      element.removeAttribute('style');
      if (!value.includes('context-')) element.setAttribute(name, value);
    }
  }
  const ink = getComputedStyle(document.documentElement).getPropertyValue('--fg').trim();
  const probe = document.createElement('span');
  probe.style.color = ink;
  document.body.append(probe);
  const inks = [LETTERS, getComputedStyle(probe).color];
  probe.remove();
  for (const text of document.querySelectorAll('.sheet figure svg :is(text, tspan)')) {
    const fill = text.getAttribute('fill');
    if (fill && !inks.includes(fill)) text.setAttribute('style', `fill: ${fill}`);
  }
};

export const chapters = () => {
  const unwrap = element => element.replaceWith(...element.childNodes);
  const main = document.querySelector('main');
  const file = id => `${document.getElementById(id).closest('.sheet').id}.xhtml`;

  for (const link of main.querySelectorAll('a[href^="#"]')) {
    const id = link.getAttribute('href').slice(1);
    const target = document.getElementById(id);
    if (!target) unwrap(link);
    else link.setAttribute('href', target.matches('.sheet') ? file(id) : `${file(id)}#${id}`);
  }
  // The style sheet hides one of two drawings, and never the only one.
  for (const wide of main.querySelectorAll('svg.drawn-wide')) {
    if (!wide.parentElement.querySelector('svg.drawn-narrow')) wide.classList.remove('drawn-wide');
  }
  // What HTML forgives and XHTML does not.
  for (const cell of main.querySelectorAll('[align]')) {
    cell.style.textAlign = cell.getAttribute('align');
    cell.removeAttribute('align');
  }
  main.querySelectorAll('[tabindex]').forEach(it => it.removeAttribute('tabindex'));
  main.querySelectorAll('math[style]').forEach(it => it.removeAttribute('style'));
  main.querySelectorAll('p > :is(figure, div, table)').forEach(it => unwrap(it.parentElement));
  // On a narrow screen a thing that must not break is set as small as its width
  // asks for, where the reader's program can reckon: `ems` is how many it takes.
  const fit = (element, size, ems, least = 0) => {
    const wanted = `min(${size}em, calc((100vw - 3em) / ${ems.toFixed(1)}))`;
    element.setAttribute('style', `font-size: ${least ? `max(${least}px, ${wanted})` : wanted}`);
  };
  // Columns that break are none. Code may break before its letters are tiny.
  for (const block of main.querySelectorAll('pre')) {
    const columns = Math.max(...block.textContent.split('\n').map(line => [...line].length));
    fit(block, 0.74, 0.61 * columns + 1.4, block.querySelector('[class*="language-"]') ? 8.5 : 6);
  }
  const sizeOf = element => Number.parseFloat(getComputedStyle(element).fontSize);
  const formulas = [...main.querySelectorAll('math[display="block"]')].map(math => {
    const boxes = [...math.children].map(it => it.getBoundingClientRect());
    const width = Math.max(...boxes.map(it => it.right)) - Math.min(...boxes.map(it => it.left));
    return [math, width / sizeOf(math)];
  });
  for (const [math, ems] of formulas) if (ems > 18) fit(math, 1, 1.06 * ems);
  for (const table of main.querySelectorAll('.table-wrapper > table')) {
    table.style.width = 'min-content';
    const ems = table.getBoundingClientRect().width / sizeOf(table);
    table.removeAttribute('style');
    if (ems > 18) fit(table, 0.86, 1.04 * ems);
  }
  // In MathML Core any row may say how it is set, in EPUB's MathML a style only.
  for (const row of main.querySelectorAll(':is(mrow, mtable):is([displaystyle], [scriptlevel])')) {
    const style = document.createElementNS(row.namespaceURI, 'mstyle');
    for (const name of ['displaystyle', 'scriptlevel']) {
      if (!row.hasAttribute(name)) continue;
      style.setAttribute(name, row.getAttribute(name));
      row.removeAttribute(name);
    }
    row.replaceWith(style);
    style.append(row);
  }

  return [...main.querySelectorAll('.sheet')].map(sheet => {
    const { title, number } = sheet.dataset;
    const other = document.implementation.createHTMLDocument(title);
    other.documentElement.lang = 'en';
    other.documentElement.setAttribute('xml:lang', 'en');
    const style = Object.assign(other.createElement('link'), { rel: 'stylesheet', type: 'text/css', href: '../css/book.css' });
    other.head.append(style);
    const isChapter = sheet.matches('.is-chapter');
    const heads = isChapter ? [...sheet.querySelectorAll('h2')].map(it => ({ id: it.id, title: it.textContent.trim() })) : [];
    other.body.append(...sheet.childNodes);
    // What is not allowed in XML at all.
    const xml = new XMLSerializer().serializeToString(other.documentElement).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');
    return {
      name: `${sheet.id}.xhtml`,
      title,
      number,
      heads,
      isAnswer: sheet.matches('.is-answers') && sheet.id !== 'answers',
      hasMath: Boolean(other.querySelector('math')),
      hasDrawing: Boolean(other.querySelector('svg')),
      text: `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n${xml}\n`,
    };
  });
};

// The drawing of the title page, as it stands.
export const coverDrawing = () => {
  const svg = document.querySelector('.is-front figure svg');
  return svg && { inner: svg.innerHTML, box: svg.getAttribute('viewBox') };
};
