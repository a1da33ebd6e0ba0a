// Draw a digit (chapter 8): a canvas of 32 × 32 cells, the 8 × 8 numbers that
// are left of it, and what the chapter's network makes of them.

Live.figure('digit', ({ module, panel, stage, settings }) => {
  const { svg, set, text, linear, legend, fit } = Live.draw;
  const CELLS = 32;
  const BLOCKS = 8;
  const MIDDLE = CELLS / 2;
  const PEN = 2; // half its width, in cells, as in the module
  const WAIT = 600; // ms that a new answer has to last before it is said
  const BOOK = { example: '3', dropout: 'off', strokes: '', ...settings };
  const passes = { seed: Number(settings.seed ?? 0), drop_prob: Number(settings.drop_prob ?? 0.2), count: Number(settings.passes ?? 50) };
  const pen = { at: [MIDDLE, MIDDLE], down: false };
  let dropout;
  let strokes = []; // since the canvas was empty, or an example on it: [from, to]

  // No digits, as strokes of the pen. Dropout gives away the first two, and not
  // the third.
  const STRANGERS = [
    { value: 'H', text: 'a letter H', strokes: [[[8, 3], [8, 29]], [[24, 3], [24, 29]], [[8, 16], [24, 16]]] },
    { value: 'heart', text: 'a heart', strokes: [[[16, 28], [5, 14], [6, 7], [11, 5], [16, 10], [21, 5], [26, 7], [27, 14], [16, 28]]] },
    { value: 'star', text: 'a star', strokes: [[[16, 2], [22, 28], [4, 12], [28, 12], [10, 28], [16, 2]]] },
  ];

  // Pictures.
  let parts, cell, corner;

  const draw = width => {
    const beside = width >= 560;
    const side = beside ? 0.4 * width : Math.min(width - 2, 352);
    cell = Math.floor(side / CELLS);
    corner = [beside ? 1 : Math.floor((width - CELLS * cell) / 2), 24];
    const high = CELLS * cell;
    const block = beside ? Math.floor((0.28 * width) / BLOCKS) : 26;
    const small = beside
      ? { left: corner[0] + high + 0.035 * width, top: corner[1] }
      : { left: Math.floor((width - BLOCKS * block) / 2), top: corner[1] + high + 342 };
    const bars = beside
      ? { left: small.left + BLOCKS * block + 0.045 * width, right: width - 44, top: corner[1], pitch: high / 10 }
      : { left: 20, right: width - 46, top: corner[1] + high + 36, pitch: 25 };
    parts = { ...canvas(high), ...blocks(small, block), bars: probabilities(bars) };
    const foot = beside ? corner[1] + high + 50 : small.top + BLOCKS * block + 26;
    const rows = legend(stage, { left: 1, top: foot, width: width - 2 }, [
      ['bar', 'box', 'probability, the mean over passes'],
      ['each', 'line', 'each pass with dropout left on'],
      ['whisker', 'line', '± s'],
    ]);
    show();
    return foot + 20 * rows - 14;
  };

  // Lines every so many cells.
  const grid = (parent, { left, top }, side, count, name = 'grid') => {
    const places = Array.from({ length: count + 1 }, (_, i) => (i * side) / count);
    const d = places.map(place => `M${left + place} ${top}v${side}M${left} ${top + place}h${side}`).join('');
    svg('path', { class: name, d }, parent);
  };

  const canvas = high => {
    const [left, top] = corner;
    text(stage, left, top - 9, `drawing, ${CELLS} × ${CELLS}`, 'start', { class: 'name' });
    const label = `Canvas of ${CELLS} by ${CELLS} cells. Arrow keys move the pen, with Shift by four cells. Space puts it down or lifts it, Delete clears.`;
    const paper = svg('g', { class: 'paper', tabindex: 0, role: 'application', 'aria-label': label }, stage);
    grid(paper, { left, top }, high, CELLS);
    const ink = svg('path', { class: 'data' }, paper);
    grid(paper, { left, top }, high, BLOCKS, 'blocks');
    const tip = svg('circle', { class: 'handle pen', r: PEN * cell }, paper);
    // The whole of it takes the pen, drawn on or not.
    const sheet = svg('rect', { class: 'sheet', x: left, y: top, width: high, height: high }, paper);
    sheet.addEventListener('pointerdown', press);
    // A finger draws, and does not move the page.
    sheet.addEventListener('touchstart', event => event.preventDefault(), { passive: false });
    paper.addEventListener('keydown', byKey);
    paper.addEventListener('blur', () => {
      paper.classList.remove('by-pointer');
      lift();
    });
    return { paper, ink, tip };
  };

  const blocks = (place, side) => {
    const { left, top } = place;
    text(stage, left, top - 9, `${BLOCKS} × ${BLOCKS}: cells drawn on`, 'start', { class: 'name' });
    const cells = Array.from({ length: BLOCKS * BLOCKS }, (_, i) => {
      const [x, y] = [left + (i % BLOCKS) * side, top + Math.floor(i / BLOCKS) * side];
      const rect = svg('rect', { class: 'data', x, y, width: side, height: side }, stage);
      return { rect, label: text(stage, x + side / 2, y + side / 2 + 5, '', 'middle', { class: 'count' }) };
    });
    grid(stage, place, BLOCKS * side, BLOCKS, 'blocks');
    return { blocks: cells };
  };

  // Ten bars; with dropout, what each pass has said and mean ± s.
  const probabilities = ({ left, right, top, pitch }) => {
    const across = linear([0, 1], [left + 18, right]);
    text(stage, left, top - 9, 'probability', 'start', { class: 'name' });
    for (const value of [0, 0.5, 1]) {
      svg('line', { class: 'grid', x1: across(value), x2: across(value), y1: top, y2: top + 10 * pitch }, stage);
      text(stage, across(value), top + 10 * pitch + 18, value === 0.5 ? '½' : value, 'middle');
    }
    return Array.from({ length: 10 }, (_, digit) => {
      const group = svg('g', { class: 'answer' }, stage);
      const middle = top + (digit + 0.5) * pitch;
      text(group, left, middle + 5, digit);
      const bar = svg('rect', { class: 'bar', x: across(0), y: middle - 0.36 * pitch, height: 0.72 * pitch, width: 0 }, group);
      const each = svg('path', { class: 'each', d: '' }, group);
      const whisker = svg('path', { class: 'whisker', d: '' }, group);
      const value = text(group, right + 8, middle + 5, '', 'start');
      value.dataset.reading = `probability-${digit}`;
      return (probability, spread, answers, best) => {
        set(bar, { width: across(probability) - across(0) });
        const [low, high] = [Math.max(0, probability - spread), Math.min(1, probability + spread)].map(across);
        const cap = 0.2 * pitch;
        set(whisker, { d: spread >= 0.005 ? `M${low} ${middle}H${high}M${low} ${middle - cap}v${2 * cap}M${high} ${middle - cap}v${2 * cap}` : '' });
        set(each, { d: Array.from(answers, answer => `M${across(answer)} ${middle - 0.36 * pitch}v${0.72 * pitch}`).join('') });
        value.textContent = short(probability);
        group.classList.toggle('best', best);
      };
    });
  };

  // Two decimals, but no 1 that is none.
  const short = value => (value > 0.995 && value < 1 ? '>0.99' : value.toFixed(2));

  const squares = cells => {
    const [left, top] = corner;
    const runs = [];
    for (let i = 0; i < cells.length; i += 1) {
      if (!cells[i]) continue;
      const from = i;
      while ((i + 1) % CELLS && cells[i + 1]) i += 1;
      const [x, y] = [left + (from % CELLS) * cell, top + Math.floor(from / CELLS) * cell];
      runs.push(`M${x} ${y}h${(i + 1 - from) * cell}v${cell}h${(from - i - 1) * cell}z`);
    }
    return runs.join('');
  };

  // What the network says: with every unit in its place, and over the passes.
  const ask = () => {
    const whole = module.read(module.digit_answer());
    if (!dropout) return { whole, mean: whole, spread: whole.map(() => 0), each: [] };
    module.digit_ask(passes.seed, passes.drop_prob, passes.count);
    return { whole, each: module.read(module.digit_passes()), mean: module.read(module.digit_mean()), spread: module.read(module.digit_spread()) };
  };

  const highest = values => values.indexOf(Math.max(...values));
  const isEmpty = () => module.read(module.digit_blocks()).every(count => count === 0);

  let answer; // what the network says of the drawing as it is

  const show = () => {
    set(parts.ink, { d: squares(module.read(module.digit_cells())) });
    module.read(module.digit_blocks()).forEach((count, i) => {
      const { rect, label } = parts.blocks[i];
      set(rect, { 'fill-opacity': (0.6 * count) / 16 });
      label.textContent = count || '';
    });
    answer = ask();
    const best = highest(answer.mean);
    parts.bars.forEach((bar, digit) => {
      bar(answer.mean[digit], answer.spread[digit], answer.each.slice(digit * passes.count, (digit + 1) * passes.count), digit === best);
    });
    const first = highest(answer.whole);
    whole.value = `${first}, ${short(answer.whole[first])}`;
    left.value = dropout ? `${best}, ${short(answer.mean[best])} ± ${answer.spread[best].toFixed(2)}` : '—';
    set(stage, { role: 'group', 'aria-label': `A drawing, and a probability for each digit. ${sentence()}` });
    showPen();
  };

  const showPen = () => {
    const [left, top] = corner;
    set(parts.tip, { cx: left + pen.at[0] * cell, cy: top + pen.at[1] * cell });
    parts.tip.classList.toggle('down', pen.down);
  };

  // What is said of the answer.
  const sentence = () => {
    const { whole, mean, spread } = answer;
    const best = highest(mean);
    const nothing = isEmpty() ? 'Nothing is drawn, and even so the answer is' : 'The answer is';
    if (!dropout) return `${nothing} ${best}, with probability ${short(mean[best])}.`;
    return `${nothing} ${best}, with probability ${short(mean[best])} ± ${spread[best].toFixed(2)} over ${passes.count} passes; with all units on it is ${highest(whole)}, ${short(whole[highest(whole)])}.`;
  };

  // A listener hears of another answer once it has lasted, not of every cell.
  let said, waiting;
  const say = (words = '') => {
    clearTimeout(waiting);
    said = highest(answer.mean);
    panel.say(`${words} ${sentence()}`.trim());
  };
  const sayIfAnother = () => {
    clearTimeout(waiting);
    if (highest(answer.mean) !== said) waiting = setTimeout(() => say(), WAIT);
  };

  // What a reader can do.
  const stroke = (from, to) => {
    add(from, to);
    example.value = '';
    show();
    sayIfAnother();
  };

  const add = (from, to) => {
    module.digit_stroke(...from, ...to);
    strokes.push([from, to]);
  };

  const lift = (words = '') => {
    if (!pen.down) return;
    pen.down = false;
    showPen();
    say(words);
  };

  const place = ({ clientX, clientY }) => {
    const seen = new DOMPoint(clientX, clientY).matrixTransform(stage.getScreenCTM().inverse());
    // A tenth of a cell is as fine as a link can say it.
    return [(seen.x - corner[0]) / cell, (seen.y - corner[1]) / cell].map(value => Math.round(10 * value) / 10);
  };

  const onto = at => at.map(value => Math.max(0.5, Math.min(CELLS - 0.5, value)));

  const press = event => {
    if (event.button !== 0 || !event.isPrimary) return;
    event.preventDefault();
    const sheet = event.currentTarget;
    parts.paper.classList.add('by-pointer'); // which shows where it is
    parts.paper.focus({ preventScroll: true });
    sheet.setPointerCapture(event.pointerId);
    let last = place(event);
    const follow = event => {
      const next = place(event);
      pen.at = onto(next);
      stroke(last, next);
      last = next;
    };
    const release = () => {
      for (const type of ['pointermove', 'pointerup', 'pointercancel']) sheet.removeEventListener(type, type === 'pointermove' ? follow : release);
      lift();
    };
    pen.down = true;
    follow(event);
    sheet.addEventListener('pointermove', follow);
    sheet.addEventListener('pointerup', release);
    sheet.addEventListener('pointercancel', release);
  };

  const where = () => `row ${Math.ceil(pen.at[1])}, column ${Math.ceil(pen.at[0])}`;

  const byKey = event => {
    parts.paper.classList.remove('by-pointer');
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (by) {
      const from = pen.at;
      // From the middle of a cell to the middle of another.
      pen.at = onto(from.map((value, i) => Math.ceil(value) - 0.5 + by[i] * (event.shiftKey ? 4 : 1)));
      if (pen.down) stroke(from, pen.at);
      else showPen();
    } else if (event.key === ' ') {
      if (pen.down) lift(`The pen is lifted, at ${where()}.`);
      else {
        pen.down = true;
        stroke(pen.at, pen.at);
        panel.say(`The pen is down, at ${where()}.`);
      }
    } else if (event.key === 'Delete' || event.key === 'Backspace') clear();
    else if (event.key === 'Escape') lift();
    else return;
    event.preventDefault();
  };

  const clear = () => {
    pen.down = false;
    module.digit_clear();
    example.value = began = '';
    strokes = [];
    show();
    say('The canvas is empty.');
  };

  let presented; // the last example
  let began = ''; // the one that lies on the canvas, with strokes over it or not
  const begin = which => {
    pen.down = false;
    strokes = [];
    const stranger = STRANGERS.find(({ value }) => value === which);
    if (stranger) {
      module.digit_clear();
      for (const points of stranger.strokes) points.slice(1).forEach((to, i) => module.digit_stroke(...points[i], ...to));
    } else module.digit_example(Number(which));
    example.value = presented = began = which;
  };

  const choices = [
    { value: '', text: 'your own' },
    ...Array.from({ length: 10 }, (_, digit) => ({ value: String(digit), text: `a ${digit}` })),
    ...STRANGERS,
  ];
  const present = which => {
    begin(which);
    show();
    const { text } = choices.find(({ value }) => value === which);
    say(Number(which) >= 0 ? `From the data: ${text}.` : `No digit: ${text}.`);
  };
  const example = panel.select('example', 'drawing', { options: choices, value: '' }, which => (which === '' ? clear() : present(which)));
  const leave = panel.checkbox('dropout', 'leave dropout on', { value: false }, on => {
    dropout = on;
    show();
    say(on ? `Each unit is dropped with probability ${passes.drop_prob}.` : 'Every unit is in its place.');
  });

  panel.button('clear', 'Clear', clear);
  panel.button('next', 'Another example', () => {
    const values = choices.map(({ value }) => value).filter(Boolean);
    present(values[(values.indexOf(presented) + 1) % values.length]);
  });
  panel.button('book', 'The book’s digit', () => {
    restore(BOOK);
    show();
    say('The digit of the book.');
  });
  // A stroke is four numbers, tenths of a cell.
  Live.link(panel, 'digit', () => ({
    example: began,
    dropout: dropout ? 'on' : 'off',
    strokes: strokes.map(([from, to]) => [...from, ...to].map(value => Math.round(10 * value)).join('*')).join('_'),
  }));

  const restore = state => {
    const { among, words } = Live.stated(state, BOOK);
    dropout = leave.value = among('dropout', ['on', 'off']) === 'on';
    const which = among('example', choices.map(({ value }) => value));
    if (which === '') {
      module.digit_clear();
      [strokes, began] = [[], ''];
    } else begin(which);
    const drawn = words('strokes').split('_').map(part => part.split('*').map(value => Number(value) / 10));
    for (const [x0, y0, x1, y1, ...rest] of drawn) {
      if (Number.isFinite(x0 + y0 + x1 + y1) && !rest.length) add([x0, y0], [x1, y1]);
    }
    example.value = strokes.length ? '' : which;
  };

  const whole = panel.reading('whole', 'all units on');
  const left = panel.reading('passes', `dropout left on, ${passes.count} passes`);

  const weights = Live.weights();
  module.write(module.room(weights.length), weights);
  if (module.digit_read() !== 0) throw new Error('these are no weights of the network');
  const linked = Live.linked('digit');
  restore(linked ?? BOOK);
  fit(stage, draw);
  say(linked ? 'The drawing of the link.' : 'The digit of the book.');
});
