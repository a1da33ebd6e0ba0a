// Runs in the browser: the document becomes sheets of paper.

// The styles of the screen ask how wide the window is, and paper is narrow; but
// what is drawn for a telephone is not meant for it.
export const dropNarrowRules = () => {
  for (const sheet of document.styleSheets) {
    const rules = [...sheet.cssRules];
    rules.forEach((rule, index) => {
      if (rule.media && /max-width/.test(rule.media.mediaText)) rule.media.mediaText = 'not all';
    });
  }
};

// Contents behind the title page, running heads, and the marks that the style
// sheet asks for.
export const makeSheets = shortLines => {
  const made = (tag, name) => Object.assign(document.createElement(tag), { className: name });
  const sheets = [...document.querySelectorAll('.sheet')];

  const contents = made('nav', 'contents is-front');
  const title = made('p', 'contents-title');
  title.textContent = 'Contents';
  const list = made('ol', '');
  contents.append(title, list);
  const line = (name, target, words) => {
    const item = made('li', name);
    const link = made('a', '');
    link.href = `#${target}`;
    link.append(...words);
    item.append(link, made('i', ''), made('b', ''));
    list.append(item);
  };
  const heads = [];
  for (const sheet of sheets) {
    if (sheet.matches('.is-front')) continue;
    const { title, number } = sheet.dataset;
    // The answers to all chapters are one part.
    const isPart = sheet.matches('.is-answers ~ .is-answers');
    line(isPart ? 'part' : 'whole', sheet.id, [number ? `${number}\u2002${title}` : title]);
    if (number) {
      // These two every chapter has, at its end.
      const heads = [...sheet.querySelectorAll('h2')].filter(it => !/--(what-you-now-know|experiments)$/.test(it.id));
      for (const head of heads) line('part', head.id, [...head.cloneNode(true).childNodes]);
    }
    const quoted = words => JSON.stringify(words);
    if (isPart) {
      sheet.style.page = 'sheet-answers';
      continue;
    }
    sheet.style.page = `sheet-${sheet.id}`;
    heads.push(`@page sheet-${sheet.id} { @top-left { content: ${quoted(number ? `${number}\u2002${title}` : title)}; font: italic 9pt "STIX Paper"; color: #444; } }`);
  }
  document.querySelector('.sheet.is-front').after(contents);
  const style = made('style', '');
  style.textContent = heads.join('\n');
  document.head.append(style);

  for (const block of document.querySelectorAll('pre')) {
    const lines = block.textContent.trimEnd().split('\n');
    block.classList.toggle('short', lines.length <= shortLines);
  }
  for (const words of document.querySelectorAll('.sheet p')) words.classList.toggle('announces', /[:：]\s*$/.test(words.textContent));
  for (const table of document.querySelectorAll('.table-wrapper')) {
    table.classList.toggle('short-table', table.querySelectorAll('tr').length <= 14);
    for (const cell of table.querySelectorAll('td, th')) cell.classList.toggle('brief', cell.textContent.length < 18);
  }
};
