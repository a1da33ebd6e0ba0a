// Inside back-propagation (chapter 2): the worked example, one formula at a
// time. Pointing at a number writes out where it comes from.

Live.figure('inside', ({ module, panel, stage }) => {
  const { svg, set, text, fit } = Live.draw;
  const example = new Live.WorkedExample(module);
  const { numbers, named } = example;

  // The drawing. On a wide page the layers stand side by side, on a narrow one
  // below each other.
  const RADIUS = 22;
  const wide = width => ({
    height: 400,
    at: { 'x[1]': [30, 105], 'x[2]': [30, 305], 'a1[1]': [0.46 * width, 105], 'a1[2]': [0.46 * width, 305], z2: [0.8 * width, 205], J: [width - 46, 205] },
    // Where on an arrow its numbers stand.
    along: () => 0.36,
    // Above a node stand the values, below it the gradients.
    stack: (values, gradients) => [
      ...values.map((name, k) => [name, 0, -RADIUS - 8 - 18 * (values.length - 1 - k), 'middle']),
      ...gradients.map((name, k) => [name, 0, RADIUS + 18 + 18 * k, 'middle']),
    ],
  });
  const narrow = width => ({
    height: 585,
    at: { 'x[1]': [0.27 * width, 48], 'x[2]': [0.73 * width, 48], 'a1[1]': [0.27 * width, 260], 'a1[2]': [0.73 * width, 260], z2: [0.5 * width, 450], J: [0.5 * width, 545] },
    along: (from, to) => (from[0] === to[0] ? 0.58 : 0.24),
    // Beside a node, on its outer side.
    stack: (values, gradients, [x]) => {
      const [side, anchor] = x < 0.4 * width ? [-1, 'end'] : [1, 'start'];
      const names = [...values, ...gradients];
      return names.map((name, k) => [name, side * (RADIUS + 6), 5 + 17 * (k - (names.length - 1) / 2), anchor]);
    },
  });

  const places = new Map(); // a number's name → its element
  let selected = numbers[0];

  const draw = width => {
    const layout = (width >= 560 ? wide : narrow)(width);
    const labels = []; // [name, x, y, anchor]
    stage.classList.toggle('narrow', width < 560);

    const arrow = (from, to, names = []) => {
      const [[x0, y0], [x1, y1]] = [layout.at[from], layout.at[to]];
      const length = Math.hypot(x1 - x0, y1 - y0);
      const part = share => [x0 + (x1 - x0) * share, y0 + (y1 - y0) * share];
      const [[ax, ay], [bx, by]] = [part((RADIUS + 2) / length), part(1 - (RADIUS + 3) / length)];
      const turn = (Math.atan2(y1 - y0, x1 - x0) * 180) / Math.PI;
      svg('path', { class: 'axis', d: `M${ax} ${ay}L${bx} ${by}` }, stage);
      svg('path', { class: 'tip', d: 'M0 0L-9 -3.5V3.5Z', transform: `translate(${bx} ${by}) rotate(${turn})` }, stage);
      const [x, y] = part(layout.along(layout.at[from], layout.at[to]));
      names.forEach((name, k) => labels.push([name, x, y - 3 + 17 * k, 'middle']));
    };
    const node = (name, values, gradients) => {
      const [x, y] = layout.at[name];
      svg('circle', { class: 'node', cx: x, cy: y, r: RADIUS }, stage);
      text(stage, x, y + 5, name.replace('z2', 'out'), 'middle', { class: 'name' });
      for (const [label, dx, dy, anchor] of layout.stack(values, gradients, [x, y])) labels.push([label, x + dx, y + dy, anchor]);
    };

    for (const i of [1, 2]) {
      for (const j of [1, 2]) arrow(`x[${j}]`, `a1[${i}]`, [`w1[${i},${j}]`, `dw1[${i},${j}]`]);
      arrow(`a1[${i}]`, 'z2', [`w2[${i}]`, `dw2[${i}]`]);
    }
    arrow('z2', 'J');
    for (const i of [1, 2]) node(`x[${i}]`, [`x[${i}]`], []);
    for (const i of [1, 2]) node(`a1[${i}]`, [`b1[${i}]`, `z1[${i}]`, `a1[${i}]`], [`da1[${i}]`, `dz1[${i}]`, `db1[${i}]`]);
    node('z2', ['b2', 'z2'], ['dz2', 'db2']);
    node('J', ['J'], ['y']);
    places.clear();
    labels.forEach(place);
    show();
    return layout.height;
  };

  const place = ([name, x, y, anchor]) => {
    const number = named.get(name);
    const kind = number.isChosen ? 'chosen' : number.label.startsWith('d') ? 'backward' : 'forward';
    const element = text(stage, x, y, '', anchor, { class: `number ${kind}`, role: 'img' });
    element.dataset.number = name;
    element.addEventListener('pointerenter', () => select(number));
    element.addEventListener('click', () => element.focus());
    element.addEventListener('focus', () => select(number));
    element.addEventListener('keydown', event => walk(event, number));
    places.set(name, element);
  };

  // The graph takes the focus once; the arrow keys go from number to number, in
  // the order of computation.
  const walk = (event, number) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const visible = numbers.filter(other => example.isVisible(other));
    const next = visible[(visible.indexOf(number) + by + visible.length) % visible.length];
    places.get(next.name).focus();
  };

  const select = number => {
    selected = number;
    for (const [name, element] of places) {
      element.classList.toggle('selected', name === number.name);
      set(element, { tabindex: name === number.name ? 0 : -1 });
    }
    written.value = example.formula(number);
  };

  const show = () => {
    for (const number of numbers) {
      const element = places.get(number.name);
      const visible = example.isVisible(number);
      element.style.display = visible ? '' : 'none';
      element.textContent = visible ? `${number.label} ${example.shown(number)}` : '';
      element.classList.toggle('fresh', example.isFresh(number));
      set(element, { 'aria-label': visible ? example.formula(number) : '' });
    }
    select(example.isVisible(selected) ? selected : numbers[0]);
    steps.value = module.inside_steps();
    [before.value, then.value] = example.costs;
    back.disabled = example.taken === 0;
    set(stage, { role: 'group', 'aria-label': `The worked example, ${example.position}. The arrow keys go from number to number.` });
  };

  // What a reader can do.
  const go = done => {
    if (!done) return panel.say('The next step leads out of the finite numbers, or is one too many. Go back, or reset.');
    selected = numbers.find(number => example.isFresh(number)) ?? numbers[0];
    show();
    panel.say(example.story);
  };

  const rate = panel.range('rate', 'learning rate η', { min: 0.1, max: 3, step: 0.1, value: 0.3, show: value => value.toFixed(1) }, value => {
    panel.say(`The next update uses a learning rate of ${value.toFixed(1)}.`);
  });
  panel.button('next', 'Next', () => go(example.next(rate.value)));
  const back = panel.button('back', 'Back', () => go(example.back()));
  panel.button('whole', 'Whole step', () => go(example.whole(rate.value)));
  panel.button('reset', 'Reset', () => {
    example.reset();
    go(true);
  });

  const written = panel.reading('formula', 'formula');
  const steps = panel.reading('steps', 'steps taken');
  const before = panel.reading('cost', 'J');
  const then = panel.reading('after', 'J after the step');

  fit(stage, draw);
});
