// Runs in the browser. The pages of the book, as their HTML, become sections of
// one document: no scripts, nothing folded, nothing to click on but links.

export const gather = pages => {
  const stem = path => path.replace(/\.html$/, '').replaceAll('/', '-');
  const sections = new Map(pages.map(({ path }) => [path, stem(path)]));
  const made = tag => document.createElement(tag);

  // What only a screen can use.
  const NOT_PRINTED = 'script, style, template, button, .switch, .note, .buttons, .line-anchor, .live, .back, .ways, .editions';

  const unwrap = element => element.replaceWith(...element.childNodes);

  const renamed = (element, tag, name) => {
    const other = made(tag);
    for (const { name, value } of element.attributes) other.setAttribute(name, value);
    if (name) other.classList.add(name);
    other.removeAttribute('open');
    other.append(...element.childNodes);
    element.replaceWith(other);
    return other;
  };

  // A live figure is its still.
  const still = live => live.replaceWith(...live.querySelectorAll('figure'));

  // A choice without what it comes to, which stands among the answers.
  const choice = details => {
    details.querySelectorAll('.reason').forEach(it => it.remove());
    details.replaceWith(...details.querySelector('summary').childNodes);
  };

  const unfold = details => {
    const summary = details.querySelector(':scope > summary');
    // The first words of a quiz are those of its question, which follows.
    if (details.id.startsWith('quiz-')) {
      summary.nextElementSibling.classList.add('summary');
      summary.remove();
    } else if (summary) {
      renamed(summary, 'p', 'summary');
    }
    renamed(details, 'div', 'unfolded');
  };

  // Ids are unique on their page, and here all pages are one.
  const rename = (section, name) => {
    for (const it of section.querySelectorAll('[id]')) it.id = `${name}--${it.id}`;
    for (const it of section.querySelectorAll('[aria-labelledby], [aria-describedby]')) {
      it.removeAttribute('aria-labelledby');
      it.removeAttribute('aria-describedby');
    }
    for (const it of section.querySelectorAll('svg *, svg')) {
      for (const { name: attribute, value } of [...it.attributes]) {
        if (value.includes('url(#')) it.setAttribute(attribute, value.replaceAll('url(#', `url(#${name}--`));
        else if (/^(xlink:)?href$/.test(attribute) && value.startsWith('#')) it.setAttribute(attribute, `#${name}--${value.slice(1)}`);
      }
    }
  };

  // Links within the book lead to a section; those to what is not in it, such as
  // sources and notebooks, are none.
  const relink = (section, path) => {
    for (const link of section.querySelectorAll('a[href]')) {
      const href = link.getAttribute('href');
      if (/^[a-z]+:/.test(href)) continue;
      const { pathname, hash } = new URL(href, `file:///${path}`);
      const name = sections.get(decodeURIComponent(pathname.slice(1)));
      if (name) link.setAttribute('href', hash ? `#${name}--${decodeURIComponent(hash.slice(1))}` : `#${name}`);
      else renamed(link, 'span', 'unlinked').removeAttribute('href');
    }
  };

  const kind = path => {
    if (path.startsWith('answers')) return 'is-answers';
    return /^ch\d/.test(path) ? 'is-chapter' : 'is-appendix';
  };

  const read = ({ path, number, html }) => {
    const main = new DOMParser().parseFromString(html, 'text/html').querySelector('main');
    const name = stem(path);
    main.querySelectorAll('live-figure').forEach(still);
    main.querySelectorAll(NOT_PRINTED).forEach(it => it.remove());
    main.querySelectorAll('a.header').forEach(unwrap);
    main.querySelectorAll('.quiz details').forEach(choice);
    main.querySelectorAll('details').forEach(unfold);
    const section = made('section');
    section.append(...main.childNodes);
    rename(section, name);
    relink(section, path);
    section.id = name;
    const front = section.querySelector('.titlepage');
    section.className = `sheet ${front ? 'is-front' : kind(path)}`;
    const [title, ...others] = section.querySelectorAll('h1');
    others.forEach(it => renamed(it, 'h2'));
    section.dataset.title = title.textContent.trim();
    if (number && kind(path) === 'is-chapter') {
      // Whatever number the page itself may carry, here it is a line of its own.
      title.querySelectorAll('[class*="number"]').forEach(it => it.remove());
      section.dataset.title = title.textContent.trim();
      section.dataset.number = number;
      const line = made('span');
      line.className = 'chapter-line';
      line.textContent = `Chapter ${number}`;
      title.prepend(line);
    }
    return section;
  };

  // The preface comes before the chapters, the answers come last.
  const main = made('main');
  const sheets = pages.map(read);
  const first = sheets.findIndex(it => it.matches('.is-chapter'));
  const isLast = it => it.matches('.is-answers');
  const others = sheets.slice(first).filter(it => !isLast(it));
  main.append(...sheets.slice(0, first), ...others, ...sheets.filter(isLast));
  const content = made('div');
  content.className = 'content';
  content.append(main);
  document.body.replaceChildren(content);
  // A link to a heading that is not there leads to its page.
  for (const link of main.querySelectorAll('a[href^="#"]')) {
    const id = link.getAttribute('href').slice(1);
    if (!document.getElementById(id)) link.setAttribute('href', `#${id.split('--')[0]}`);
  }
};

// Runs in the browser, at the width of a desk: what stands there for narrower
// windows is not of an edition, or its drawings alone are, `withNarrow`. A
// section may be hidden whole by scripts alone, so only drawings are asked.
export const dropHidden = withNarrow => {
  for (const it of document.querySelectorAll('.content :is(figure, figure svg, figure img)')) {
    const stays = withNarrow && it.matches('.drawn-narrow') && it.parentElement.getClientRects().length;
    if (it.isConnected && !stays && !it.getClientRects().length) it.remove();
  }
};

// Runs in the browser: the colours of the code, by the book's own highlighter.
export const highlight = source => {
  (0, eval)(source);
  for (const code of document.querySelectorAll('pre code[class*="language-"]')) globalThis.hljs.highlightBlock(code);
};
