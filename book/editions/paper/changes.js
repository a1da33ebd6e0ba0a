// Runs in the browser: what can be changed so that pages fill, one thing at a
// time, and each can be taken back.

// Makes a change, if it can be; `takeBack` undoes the last of a sheet that has
// not been taken back.
export const change = ({ sheet, kind, ...words }) => {
  const POINTS = 0.75;
  const GAP = 7; // between blocks, in points
  const height = element => element.getBoundingClientRect().height * POINTS;
  const element = id => document.getElementById(id);
  const isHead = it => it.matches('h1, h2, h3, h4');
  const announces = it => Boolean(it?.matches('p.announces'));

  // Draws a figure so much less high, in points, if it can still be read then.
  const shrink = ({ id, by, least }) => {
    const drawing = element(id).querySelector('svg, img');
    if (element(id).querySelector('table')) return null; // its curves are part of its rows
    const { width, height } = drawing.getBoundingClientRect();
    const box = drawing.viewBox?.baseVal;
    // A high drawing has empty edges, which are no part of its width.
    const drawnWidth = box?.width ? Math.min(width, (height * box.width) / box.height) : width;
    const room = drawing.parentElement.getBoundingClientRect().width;
    drawing.dataset.height ??= height;
    const wanted = height - by / POINTS;
    if (wanted < least * drawing.dataset.height) return null;
    const before = drawing.style.getPropertyValue('--paper-drawn');
    drawing.style.setProperty('--paper-drawn', ((drawnWidth / room) * (wanted / height)).toFixed(4));
    return () => drawing.style.setProperty('--paper-drawn', before);
  };

  const moved = (figure, move) => {
    const place = document.createComment('');
    figure.before(place);
    move();
    return () => place.replaceWith(figure);
  };

  // A sentence and what it announces go together.
  const unitAt = first => {
    const unit = [first];
    while (announces(unit.at(-1)) && unit.at(-1).nextElementSibling) unit.push(unit.at(-1).nextElementSibling);
    return unit;
  };
  const breaks = it => (it.matches('p, ul, ol') ? height(it) > 50 : Boolean(it.querySelector(':scope > pre:not(.short)')));

  // Lets what follows a figure go before it, until the room is full, as a
  // printer does. Not where the sentence before announces it, and no heading.
  const float = ({ id, room }) => {
    const figure = element(id);
    if (announces(figure.previousElementSibling)) return null;
    let [last, filled] = [null, 0];
    for (let next = figure.nextElementSibling; next && filled < room;) {
      const unit = unitAt(next);
      if (unit.some(it => isHead(it) || it.matches('figure'))) break;
      filled += unit.reduce((sum, it) => sum + height(it) + GAP, 0);
      if (filled > room && !breaks(unit.at(-1))) break;
      last = unit.at(-1);
      next = last.nextElementSibling;
      // Formulas belong to the words before them.
      while (next?.matches('.formula')) {
        filled += height(next) + GAP;
        [last, next] = [next, next.nextElementSibling];
      }
    }
    return last && moved(figure, () => last.after(figure));
  };

  // Lets a figure go before what it follows, as far as it has to for its page.
  const raise = ({ id, by }) => {
    const figure = element(id);
    if (announces(figure.previousElementSibling)) return null;
    let [first, gained] = [figure, 0];
    while (gained < by || announces(first.previousElementSibling) || first.matches('.formula')) {
      first = first.previousElementSibling;
      if (!first || isHead(first) || first.matches('figure')) return null;
      gained += height(first) + GAP;
    }
    return first === figure ? null : moved(figure, () => first.before(figure));
  };

  // Sets the blocks of one page closer to each other.
  const squeeze = ({ ids }) => {
    const blocks = [...new Set(ids.map(id => element(id).closest('.sheet > *')))].filter(it => !it.matches('.tight'));
    blocks.forEach(it => it.classList.add('tight'));
    return blocks.length ? () => blocks.forEach(it => it.classList.remove('tight')) : null;
  };

  // Lets a short listing of several parts break between them.
  const part = ({ id }) => {
    const pre = element(id);
    const code = pre.querySelector('code');
    const before = code.innerHTML;
    const lines = code.textContent.trimEnd().split('\n');
    if (!pre.matches('.short') || !lines.some((line, at) => !line.trim() && at >= 3 && lines.length - at > 3)) return null;
    const parts = before.trimEnd().split(/\n[ \t]*\n/);
    const count = (text, words) => text.split(words).length;
    if (parts.some(text => count(text, '<span') !== count(text, '</span'))) return null; // highlighted across
    code.innerHTML = parts.map((text, at) => `<span class="part">${text}${at < parts.length - 1 ? '\n\n' : ''}</span>`).join('');
    pre.classList.replace('short', 'parted');
    return () => {
      code.innerHTML = before;
      pre.classList.replace('parted', 'short');
    };
  };

  // Sets the lines of the whole sheet closer, or wider.
  const lead = ({ lead, gap }) => {
    const { style } = element(sheet);
    const before = ['--paper-lead', '--paper-gap'].map(name => [name, style.getPropertyValue(name)]);
    style.setProperty('--paper-lead', lead);
    style.setProperty('--paper-gap', gap);
    return () => before.forEach(([name, value]) => style.setProperty(name, value));
  };

  const back = { shrink, float, raise, squeeze, part, lead }[kind](words);
  globalThis.changesBack ??= new Map();
  if (back) globalThis.changesBack.set(sheet, [...(globalThis.changesBack.get(sheet) ?? []), back]);
  return Boolean(back);
};

export const takeBack = sheet => globalThis.changesBack.get(sheet).pop()();
