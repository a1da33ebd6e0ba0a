// Runs in the browser: on paper a link is a page. `placeReferences` puts room
// for one behind each link that leads elsewhere in the book, `writePages` writes
// the numbers there and in the contents, and says whether any was another.

export const placeReferences = () => {
  const sectionOf = new Map();
  for (const sheet of document.querySelectorAll('.sheet')) {
    let section = sheet;
    const walk = document.createTreeWalker(sheet, NodeFilter.SHOW_ELEMENT);
    for (let it = sheet; it; it = walk.nextNode()) {
      if (it.matches('h2')) section = it;
      sectionOf.set(it, section);
    }
  }

  const openBefore = link => {
    const range = document.createRange();
    range.setStart(link.closest('p, li, td, figcaption, dd, section') ?? link.parentElement, 0);
    range.setEndBefore(link);
    const text = range.toString();
    return text.lastIndexOf('(') > text.lastIndexOf(')');
  };

  // "chapter 5's gallery" stays together.
  const spot = link => {
    const next = link.nextSibling;
    const owned = next?.nodeType === Node.TEXT_NODE && next.data.match(/^[’']s\s+[^\s,.;:)]+/)?.[0];
    return owned ? next.splitText(owned.length).previousSibling : link;
  };

  const met = new Map();
  for (const link of document.querySelectorAll('.sheet a[href^="#"]')) {
    const id = link.getAttribute('href').slice(1);
    const target = document.getElementById(id);
    // An author and a year are a reference by themselves; a number leads to the
    // line of an output that it comes from, which paper does not need.
    if (!target || id.startsWith('bibliography--') || link.matches('.number')) continue;
    if (sectionOf.get(target) === sectionOf.get(link) && !target.matches('.sheet')) continue;
    const block = link.closest('p, li, tr, dd, figcaption') ?? link;
    const said = met.get(block) ?? met.set(block, new Set()).get(block);
    if (said.has(id)) continue;
    said.add(id);
    const where = document.createElement('span');
    where.className = 'at-page';
    where.dataset.target = id;
    const word = link.closest('td, th') ? 'p.' : 'page';
    const [space, before, after] = link.closest('.answer-link') ? [' ', 'on ', ''] : openBefore(link) ? [', ', '', ''] : [' ', '(', ')'];
    const number = document.createElement('span');
    number.className = 'page-number';
    number.textContent = '000';
    where.append(`${before}${word}\u00a0`, number, after);
    spot(link).after(space, where);
  }
};

export const writePages = pages => {
  let changed = 0;
  const write = (element, page) => {
    const text = page === undefined ? '' : String(page);
    if (element.textContent === text) return;
    element.textContent = text;
    changed += 1;
  };
  for (const item of document.querySelectorAll('.contents li')) {
    write(item.querySelector('b'), pages[item.querySelector('a').getAttribute('href').slice(1)]);
  }
  for (const where of document.querySelectorAll('.at-page')) {
    write(where.querySelector('.page-number'), pages[where.dataset.target]);
  }
  return changed;
};
