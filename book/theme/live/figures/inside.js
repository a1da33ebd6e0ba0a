// Inside back-propagation (chapter 2): the worked example, one formula at a
// time. Pointing at a number writes out where it comes from.

Live.figure('inside', ({ module, panel, stage }) => {
  const { svg, set, text, fit } = Live.draw;
  let rate = 0.3;

  // Numbers as the program prints them: chosen ones as they were chosen,
  // computed ones with six decimals.
  const minus = words => words.replace('-', '−');
  const long = value => minus(value.toFixed(6));
  const short = value => (String(value).length < 6 ? minus(String(value)) : long(value));
  const signed = value => (value < 0 ? `(${short(value)})` : short(value));

  // Every number of the pass through the present parameters.
  const read = () => {
    const of = (name, l) => module.read(module[`inside_${name}`](l));
    const layer = l => ({ w: of('weights', l), b: of('bias', l), z: of('z', l), a: of('a', l), da: of('da', l), dz: of('dz', l), dw: of('dw', l), db: of('db', l) });
    return { x: of('x'), y: of('y')[0], 1: layer(1), 2: layer(2), J: module.inside_cost() };
  };

  // Where the reader is: how many of the formulas have been taken in this pass,
  // the numbers of the pass, and those after its update.
  let [taken, pass, after] = [0, null, null];
  let rates = []; // of the steps so far, for the way back

  // The formulas in order, and the words for each.
  const FORMULAS = [
    ['z1', 'the weighted sums of the hidden units'],
    ['a1', 'their activations'],
    ['z2', 'the answer'],
    ['J', 'the cost'],
    ['dz2', 'the error at the output'],
    ['dw2 db2', 'what the output’s weights and bias are to blame for'],
    ['da1', 'the blame, back through the arrows'],
    ['dz1', 'the same, through the slope of the activation'],
    ['dw1 db1', 'what the hidden units’ weights and biases are to blame for'],
    ['update', 'every weight and bias moves against its derivative'],
  ];
  const UPDATE = FORMULAS.length;
  const order = name => FORMULAS.findIndex(([names]) => names.split(' ').includes(name)) + 1;

  // A number: its name, the formula it is from, what it is called on the
  // drawing, its value, and the formula in symbols and with the values put in.
  const numbers = [];
  const add = (name, from, label, value, symbols, put) => numbers.push({ name, from: order(from), label, value, symbols, put });
  const parameter = (name, label, l, part, i, gradient) => {
    add(name, '', label, () => (after ?? pass)[l][part][i], () => `${name} − η·${gradient}`, () =>
      after ? `${signed(pass[l][part][i])} − ${rates.at(-1).toFixed(1)}·${signed(pass[l][`d${part}`][i])}` : null);
  };
  for (const i of [0, 1]) add(`x[${i + 1}]`, '', 'x', () => pass.x[i], null, () => null);
  add('y', '', 'y', () => pass.y, null, () => null);
  for (const i of [0, 1]) {
    const u = i + 1;
    for (const j of [0, 1]) parameter(`w1[${u},${j + 1}]`, 'w', 1, 'w', 2 * i + j, `dw1[${u},${j + 1}]`);
    parameter(`b1[${u}]`, 'b', 1, 'b', i, `db1[${u}]`);
    add(`z1[${u}]`, 'z1', 'z', () => pass[1].z[i], () => `w1[${u},1]·x[1] + w1[${u},2]·x[2] + b1[${u}]`,
      () => `${signed(pass[1].w[2 * i])}·${signed(pass.x[0])} + ${signed(pass[1].w[2 * i + 1])}·${signed(pass.x[1])} + ${signed(pass[1].b[i])}`);
    add(`a1[${u}]`, 'a1', 'a', () => pass[1].a[i], () => `σ(z1[${u}])`, () => `σ(${long(pass[1].z[i])})`);
    parameter(`w2[${u}]`, 'w', 2, 'w', i, `dw2[${u}]`);
  }
  parameter('b2', 'b', 2, 'b', 0, 'db2');
  add('z2', 'z2', 'z', () => pass[2].z[0], () => 'w2[1]·a1[1] + w2[2]·a1[2] + b2',
    () => `${signed(pass[2].w[0])}·${long(pass[1].a[0])} + ${signed(pass[2].w[1])}·${long(pass[1].a[1])} + ${signed(pass[2].b[0])}`);
  add('J', 'J', 'J', () => pass.J, () => '½·(z2 − y)²', () => `½·(${long(pass[2].z[0])} − ${signed(pass.y)})²`);
  add('dz2', 'dz2', 'dz', () => pass[2].dz[0], () => 'z2 − y', () => `${long(pass[2].z[0])} − ${signed(pass.y)}`);
  for (const i of [0, 1]) {
    add(`dw2[${i + 1}]`, 'dw2', 'dw', () => pass[2].dw[i], () => `dz2·a1[${i + 1}]`, () => `${long(pass[2].dz[0])}·${long(pass[1].a[i])}`);
  }
  add('db2', 'db2', 'db', () => pass[2].db[0], () => 'dz2', () => long(pass[2].dz[0]));
  for (const i of [0, 1]) {
    const u = i + 1;
    add(`da1[${u}]`, 'da1', 'da', () => pass[1].da[i], () => `w2[${u}]·dz2`, () => `${signed(pass[2].w[i])}·${long(pass[2].dz[0])}`);
    add(`dz1[${u}]`, 'dz1', 'dz', () => pass[1].dz[i], () => `da1[${u}]·a1[${u}]·(1 − a1[${u}])`,
      () => `${long(pass[1].da[i])}·${long(pass[1].a[i])}·(1 − ${long(pass[1].a[i])})`);
  }
  for (const i of [0, 1]) {
    const u = i + 1;
    for (const j of [0, 1]) {
      add(`dw1[${u},${j + 1}]`, 'dw1', 'dw', () => pass[1].dw[2 * i + j], () => `dz1[${u}]·x[${j + 1}]`, () => `${long(pass[1].dz[i])}·${signed(pass.x[j])}`);
    }
    add(`db1[${u}]`, 'db1', 'db', () => pass[1].db[i], () => `dz1[${u}]`, () => long(pass[1].dz[i]));
  }
  const named = new Map(numbers.map(number => [number.name, number]));

  const isChosen = number => ['x', 'y', 'w', 'b'].includes(number.label);
  const shown = number => (isChosen(number) ? short : long)(number.value());
  const formula = number => {
    const put = number.put();
    const result = shown(number);
    if (put === null) return `${number.name} = ${result}`;
    const parts = [number.symbols(), put, result];
    return isChosen(number) ? `${number.name} ← ${parts.join(' = ')}` : `${number.name} = ${parts.join(' = ')}`;
  };
  const isVisible = number => number.from <= taken;

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

  const places = new Map(); // number name → its element
  let selected = null;

  const draw = width => {
    const layout = (width >= 560 ? wide : narrow)(width);
    places.clear();
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
    const labels = [];
    for (const i of [1, 2]) {
      for (const j of [1, 2]) arrow(`x[${j}]`, `a1[${i}]`, [`w1[${i},${j}]`, `dw1[${i},${j}]`]);
      arrow(`a1[${i}]`, 'z2', [`w2[${i}]`, `dw2[${i}]`]);
    }
    arrow('z2', 'J');
    const node = (name, values, gradients) => {
      const [x, y] = layout.at[name];
      svg('circle', { class: 'node', cx: x, cy: y, r: RADIUS }, stage);
      text(stage, x, y + 5, name.replace('z2', 'out'), 'middle', { class: 'name' });
      for (const [label, dx, dy, anchor] of layout.stack(values, gradients, [x, y])) labels.push([label, x + dx, y + dy, anchor]);
    };
    for (const i of [1, 2]) node(`x[${i}]`, [`x[${i}]`], []);
    for (const i of [1, 2]) node(`a1[${i}]`, [`b1[${i}]`, `z1[${i}]`, `a1[${i}]`], [`da1[${i}]`, `dz1[${i}]`, `db1[${i}]`]);
    node('z2', ['b2', 'z2'], ['dz2', 'db2']);
    node('J', ['J'], ['y']);
    labels.forEach(place);
    show();
    return layout.height;
  };

  const place = ([name, x, y, anchor]) => {
    const number = named.get(name);
    const kind = isChosen(number) ? 'chosen' : number.label.startsWith('d') ? 'backward' : 'forward';
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
    const visible = numbers.filter(isVisible);
    const next = visible[(visible.indexOf(number) + by + visible.length) % visible.length];
    places.get(next.name).focus();
  };

  const select = number => {
    selected = number;
    for (const [name, element] of places) {
      element.classList.toggle('selected', name === number.name);
      set(element, { tabindex: name === number.name ? 0 : -1 });
    }
    written.value = formula(number);
  };

  const show = () => {
    const fresh = number => taken > 0 && (taken === UPDATE ? number.symbols && isChosen(number) : number.from === taken);
    for (const number of numbers) {
      const element = places.get(number.name);
      const visible = isVisible(number);
      element.style.display = visible ? '' : 'none';
      element.textContent = visible ? `${number.label} ${shown(number)}` : '';
      element.classList.toggle('fresh', Boolean(fresh(number)));
      set(element, { 'aria-label': visible ? formula(number) : '' });
    }
    select(numbers.find(fresh) ?? (selected && isVisible(selected) ? selected : numbers[0]));
    steps.value = module.inside_steps();
    before.value = taken >= order('J') ? long(pass.J) : '—';
    then.value = after ? long(after.J) : '—';
    back.disabled = taken === 0;
    const position = taken ? `formula ${taken} of ${UPDATE}` : 'before the first formula';
    set(stage, { role: 'group', 'aria-label': `The worked example, ${position}. The arrow keys go from number to number.` });
  };

  // What a reader can do.
  const update = () => {
    if (module.inside_update(rate) !== 0) {
      panel.say('This step leads out of the finite numbers, or is one too many. Go back, or reset.');
      return false;
    }
    rates.push(rate);
    after = read();
    taken = UPDATE;
    return true;
  };

  const nextPass = () => {
    if (after) [taken, pass, after] = [0, after, null];
  };

  const tell = () => {
    show();
    const [names, words] = FORMULAS[taken - 1];
    if (after) return panel.say(`Update: ${words}. J was ${long(pass.J)} and is ${long(after.J)}.`);
    const values = numbers.filter(number => number.from === taken);
    panel.say(`${names.replace(' ', ' and ')}: ${words}. ${values.map(number => `${number.name} = ${shown(number)}`).join(', ')}.`);
  };

  const next = () => {
    nextPass();
    if (taken + 1 < UPDATE) taken += 1;
    else if (!update()) return;
    tell();
  };

  const goBack = () => {
    if (taken === 1 && rates.length) {
      // The numbers of the pass before, and its update once more.
      module.inside_back();
      pass = read();
      rate = rates.pop();
      rateControl.value = rate;
      update();
      return tell();
    }
    if (after) {
      module.inside_back();
      rates.pop();
      after = null;
    }
    taken -= 1;
    if (taken) return tell();
    show();
    panel.say('Before the first formula.');
  };

  const reset = () => {
    module.inside_start();
    [taken, pass, after, rates] = [0, read(), null, []];
  };

  const rateControl = panel.range('rate', 'learning rate η', { min: 0.1, max: 3, step: 0.1, value: rate, show: value => value.toFixed(1) }, value => {
    rate = value;
    panel.say(`The next update uses a learning rate of ${value.toFixed(1)}.`);
  });
  panel.button('next', 'Next', next);
  const back = panel.button('back', 'Back', goBack);
  panel.button('whole', 'Whole step', () => {
    nextPass();
    if (update()) tell();
  });
  panel.button('reset', 'Reset', () => {
    reset();
    show();
    panel.say('Back to the weights of the chapter.');
  });

  const written = panel.reading('formula', 'formula');
  const steps = panel.reading('steps', 'steps taken');
  const before = panel.reading('cost', 'J');
  const then = panel.reading('after', 'J after the step');

  reset();
  fit(stage, draw);
});
