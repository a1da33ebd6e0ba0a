// Inside back-propagation (chapter 2): the worked example, one formula at a
// time. Values travel forward and blame comes back, along arrows as thick as
// what they carry; choosing a number shows which ones it is made of.

Live.figure('inside', ({ module, panel, stage, element, settings }) => {
  const { svg, set, text, fit } = Live.draw;
  const example = new Live.WorkedExample(module);
  const { LAST } = Live.WorkedExample;
  const RADIUS = 22;
  const BEAT = 3200; // ms a formula while it plays
  const RATES = { min: 0.1, max: 3, step: 0.1 };
  const MOST_STEPS = 1000;
  const BOOK = { outputs: '1', formula: '0', steps: '0', rate: '0.3', changes: '', number: '', ...settings };

  // The drawing. On a wide page the layers stand side by side, on a narrow one
  // below each other, and there with four decimals. Nothing stands on an arrow:
  // the words of one that lies askew stand in a gap of it.
  const wide = width => {
    const [top, bottom] = [92, 312];
    const middle = (top + bottom) / 2;
    const columns = [60, 0.4 * width, 0.72 * width, width - 46];
    const rows = example.outputs === 1 ? [middle] : [top, bottom];
    return {
      height: 400,
      decimals: 6,
      at: (layer, i) => [columns[layer], layer === 2 ? rows[i] : layer === 3 ? middle : [top, bottom][i]],
      gap: [86, 44],
      share: 0.29,
      // Above the upper nodes and below the lower ones: values left, what
      // comes back right. The one output has them above and below.
      stack: ([x, y], values, back) => {
        const lines = (names, side, anchor, from, by) => names.map((name, k) => [name, x + side, y + from + by * k, anchor]);
        const above = (names, side, anchor, clear) => lines([...names].reverse(), side, anchor, -clear, -18);
        if (y === middle) return [...above(values, 0, 'middle', back.length ? 40 : 48), ...lines(back, 0, 'middle', 52, 18)];
        if (!back.length) return y < middle ? above(values, 0, 'middle', 32) : lines(values, 0, 'middle', 42, 18);
        if (y < middle) return [...above(values, -5, 'end', 32), ...above(back, 5, 'start', 32)];
        return [...lines(values, -5, 'end', 44, 18), ...lines(back, 5, 'start', 44, 18)];
      },
      // [the gap of an arrow or none, where its two lines of words stand]
      words: ([x0, y0], [x1, y1], share) => {
        const [x, y] = [x0 + share * (x1 - x0), y0 + share * (y1 - y0)];
        if (y0 === y1) return [null, [[(x0 + x1) / 2, y - 16, 'middle'], [(x0 + x1) / 2, y + 26, 'middle']]];
        return [[x, y], [[x, y - 4, 'middle'], [x, y + 14, 'middle']]];
      },
    };
  };

  const narrow = width => {
    const rows = [40, 232, 430, 560];
    const edge = width < 330 ? 84 : 94;
    const [left, right] = [edge, width - edge];
    const middle = width / 2;
    return {
      height: example.outputs === 1 ? 592 : 612,
      decimals: width < 330 ? 3 : 4,
      at: (layer, i) => [layer === 3 || (layer === 2 && example.outputs === 1) ? middle : [left, right][i], rows[layer]],
      gap: [66, 44],
      share: width < 330 ? 0.27 : 0.29,
      stack: ([x, y], values, back) => {
        const beside = (names, side, anchor, dy) => names.map((name, k) => [name, x + side * (RADIUS + 6), y + dy + 5 + 16 * (k - (names.length - 1) / 2), anchor]);
        if (x !== middle) return beside([...values, ...back], x < middle ? -1 : 1, x < middle ? 'end' : 'start', 0);
        if (back.length) return [...beside(values, -1, 'end', 0), ...beside(back, 1, 'start', 0)];
        if (example.outputs === 1) return beside(values, 1, 'start', 0);
        return values.map(name => [name, x, y + RADIUS + 18, 'middle']);
      },
      words: ([x0, y0], [x1, y1], share) => {
        const [x, y] = [x0 + share * (x1 - x0), y0 + share * (y1 - y0)];
        if (x0 === x1) {
          const [side, anchor] = x0 < middle ? [-1, 'end'] : [1, 'start'];
          return [null, [[x + side * 16, y + 6, anchor], [x + side * 16, y + 22, anchor]]];
        }
        return [[x, y], [[x, y - 4, 'middle'], [x, y + 12, 'middle']]];
      },
    };
  };

  const places = new Map(); // a number's name → its element and its frame
  let arrows = []; // lanes, and what each of them carries
  let decimals = 6;
  let selected = example.numbers[0];

  // The arrows: from where, to where, what goes forward and from which formula
  // on, what comes back as far as the words and what all the way, and the
  // numbers that each makes.
  const graph = () => {
    const here = () => example.pass;
    const units = [0, 1];
    const ends = units.slice(0, example.outputs);
    const first = units.flatMap(i => units.map(j => ({
      from: [0, j],
      to: [1, i],
      words: [`w1[${i + 1},${j + 1}]`, `dw1[${i + 1},${j + 1}]`],
      forward: { since: 1, value: () => here()[1].w[2 * i + j] * here().x[j], makes: [`z1[${i + 1}]`] },
      meets: { since: 9, value: () => here()[1].dw[2 * i + j], makes: [`dw1[${i + 1},${j + 1}]`] },
    })));
    const second = ends.flatMap(k => units.map(i => ({
      from: [1, i],
      to: [2, k],
      words: [`w2${example.arrow(k, i)}`, `dw2${example.arrow(k, i)}`],
      forward: { since: 3, value: () => here()[2].w[2 * k + i] * here()[1].a[i], makes: [`z2${example.output(k)}`] },
      meets: { since: 6, value: () => here()[2].dw[2 * k + i], makes: [`dw2${example.arrow(k, i)}`] },
      backward: { since: 7, value: () => here()[2].w[2 * k + i] * here()[2].dz[k], makes: [`da1[${i + 1}]`] },
    })));
    const third = ends.map(k => ({
      from: [2, k],
      to: [3, 0],
      words: [],
      forward: { since: 4, value: () => here()[2].z[k], makes: ['J'] },
      backward: { since: 5, value: () => here()[2].dz[k], makes: [`dz2${example.output(k)}`] },
    }));
    return [...first, ...second, ...third];
  };

  // The nodes: where, their name, their values, and what comes back to them.
  const nodes = () => {
    const o = k => example.output(k);
    const ends = [0, 1].slice(0, example.outputs);
    return [
      ...[0, 1].map(i => [[0, i], `x[${i + 1}]`, [`x[${i + 1}]`], []]),
      ...[1, 2].map(u => [[1, u - 1], `a1[${u}]`, [`b1[${u}]`, `z1[${u}]`, `a1[${u}]`], [`da1[${u}]`, `dz1[${u}]`, `db1[${u}]`]]),
      ...ends.map(k => [[2, k], ends.length === 1 ? 'out' : `out ${k + 1}`, [`b2${o(k)}`, `z2${o(k)}`, `y${o(k)}`], [`dz2${o(k)}`, `db2${o(k)}`]]),
      [[3, 0], 'J', ['J'], []],
    ];
  };

  let redraw = () => {};
  const draw = width => {
    redraw = () => set(stage, { viewBox: `0 0 ${width} ${drawn(width)}` });
    return drawn(width);
  };
  const drawn = width => {
    stage.replaceChildren();
    const layout = (width >= 560 ? wide : narrow)(width);
    stage.classList.add('worked');
    stage.classList.toggle('narrow', width < 560);
    decimals = layout.decimals;
    const lanes = svg('g', {}, stage);
    const labels = []; // [name, x, y, anchor]
    arrows = graph().map(arrow => {
      const [from, to] = [layout.at(...arrow.from), layout.at(...arrow.to)];
      const isSteep = arrow.from[0] === 1 && example.outputs === 1;
      const [gap, words] = arrow.words.length ? layout.words(from, to, isSteep ? 0.44 : layout.share) : [null, []];
      arrow.words.forEach((name, k) => labels.push([name, ...words[k]]));
      return { ...arrow, lanes: new Live.Lanes(lanes, from, to, { radius: RADIUS, gap: gap && [gap, ...layout.gap] }) };
    });
    for (const [where, name, values, back] of nodes()) {
      const [x, y] = layout.at(...where);
      svg('circle', { class: 'node', cx: x, cy: y, r: RADIUS }, stage);
      text(stage, x, y + 5, name, 'middle', { class: 'name' });
      labels.push(...layout.stack([x, y], values, back));
    }
    places.clear();
    labels.forEach(place);
    show();
    return layout.height;
  };

  const INK = { w: 'learned', b: 'learned', z: 'sum', a: 'handed', x: 'handed' };
  const place = ([name, x, y, anchor]) => {
    const number = example.named.get(name);
    const kind = number.label.startsWith('d') ? 'blame' : (INK[number.label] ?? 'goal');
    const frame = svg('rect', { class: 'mark', rx: 3 }, stage);
    const label = text(stage, x, y, '', anchor, { class: `number ${kind}`, role: 'img' });
    label.dataset.number = name;
    label.addEventListener('pointerenter', () => select(number));
    label.addEventListener('click', () => label.focus());
    label.addEventListener('focus', () => select(number));
    label.addEventListener('keydown', event => walk(event, number));
    places.set(name, { label, frame, x, y, anchor });
  };

  // The graph takes the focus once; the arrow keys go from number to number, in
  // the order of computation.
  const walk = (event, number) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const visible = example.numbers.filter(other => example.isVisible(other));
    const next = visible[(visible.indexOf(number) + by + visible.length) % visible.length];
    places.get(next.name).label.focus();
  };

  // Frames the numbers that feed the chosen one, and marks the arrows between.
  const select = number => {
    selected = number;
    const feeding = example.feeds(number);
    for (const [name, { label, frame }] of places) {
      const [isChosen, feeds] = [name === number.name, feeding.includes(name)];
      label.classList.toggle('selected', isChosen);
      frame.classList.toggle('feeds', feeds);
      frame.classList.toggle('chosen', isChosen);
      if (isChosen || feeds) around(places.get(name));
      set(label, { tabindex: isChosen ? 0 : -1 });
    }
    const makes = part => Boolean(part?.makes.includes(number.name)) && !number.isChosen;
    for (const { lanes, forward, meets, backward } of arrows) {
      lanes.mark('forward', makes(forward));
      lanes.mark('backward', makes(meets) || makes(backward));
    }
    written.value = example.formula(number);
    fed.value = feeding.length ? feeding.join(', ') : '—';
  };

  const around = ({ label, frame }) => {
    const box = label.getBBox();
    set(frame, { x: box.x - 3, y: box.y - 0.5, width: box.width + 6, height: box.height + 1 });
  };

  // Draws what the present formula leaves; `travels` lets its numbers travel.
  const show = (travels = false) => {
    const { taken } = example;
    for (const number of example.numbers) {
      const { label, frame } = places.get(number.name);
      const isVisible = example.isVisible(number);
      for (const part of [label, frame]) part.style.display = isVisible ? '' : 'none';
      label.textContent = isVisible ? `${number.label} ${example.shown(number, decimals)}` : '';
      label.classList.toggle('fresh', example.isFresh(number));
      set(label, { 'aria-label': isVisible ? example.formula(number) : '' });
    }
    for (const { lanes, forward, meets, backward } of arrows) {
      lanes.show('forward', taken >= forward.since ? forward.value() : null);
      const back = [backward, meets].find(part => part && taken >= part.since);
      lanes.show('backward', back ? back.value() : null, { half: back === meets });
      if (!travels || Live.wantsStillness()) continue;
      if (taken === forward.since) lanes.travel('forward');
      if (taken === meets?.since || taken === backward?.since) lanes.travel('backward');
    }
    select(example.isVisible(selected) ? selected : example.numbers[0]);
    for (const [i, row] of rows.entries()) {
      if (i + 1 === taken) row.setAttribute('aria-current', 'step');
      else row.removeAttribute('aria-current');
    }
    scrub.value = taken;
    steps.value = module.inside_steps();
    [before.value, then.value] = example.costs;
    back.setAttribute('aria-disabled', String(taken === 0 && module.inside_steps() === 0));
    set(stage, { role: 'group', 'aria-label': `The worked example, ${example.position}. The arrow keys go from number to number.` });
  };

  // What a reader can do.
  const arrived = done => {
    if (!done) {
      scrub.value = example.taken;
      return panel.say('The next step leads out of the finite numbers, or is one too many. Go back, or reset.');
    }
    selected = firstFresh();
    show(true);
    panel.say(example.story);
  };
  const firstFresh = () => example.numbers.find(number => example.isFresh(number)) ?? example.numbers[0];
  // Where a reader is who has not come here step by step.
  const position = () => {
    const taken = module.inside_steps();
    return taken ? `${example.position}, after ${taken === 1 ? 'one step' : `${taken} steps`}` : example.position;
  };
  const by = act => () => {
    clock.stop();
    act();
  };
  const onward = () => arrived(example.next(rate.value));

  const outputs = panel.select('outputs', 'outputs', { options: [{ text: 'one', value: '1' }, { text: 'two', value: '2' }], value: '1' }, value => {
    clock.stop();
    const { taken } = example;
    example.start(Number(value));
    selected = example.numbers[0];
    if (taken && taken < LAST) example.go(taken);
    list();
    redraw();
    panel.say(example.outputs === 1 ? 'One output, as in the chapter’s example.' : 'Two outputs: each hidden unit feeds both, and its da is a sum of two.');
  });
  const rate = panel.range('rate', 'learning rate η', { ...RATES, value: 0.3, show: value => value.toFixed(1) }, value => {
    panel.say(`The next update uses a learning rate of ${value.toFixed(1)}.`);
  });
  const scrub = panel.range('formula', 'formula', { min: 0, max: LAST, step: 1, value: 0, show: value => `${value} of ${LAST}` }, value => {
    clock.stop();
    arrived(example.go(value, rate.value));
  });
  const play = panel.button('play', 'Play', () => {
    if (clock.runs) {
      clock.stop();
      return panel.say(`Paused, ${example.position}.`);
    }
    if (example.after) example.nextPass();
    due = 0;
    play.textContent = 'Pause';
    clock.start(beat, () => 1);
  });
  const back = panel.button('back', 'Back', by(() => {
    if (back.getAttribute('aria-disabled') === 'true') return panel.say('This is where the example begins.');
    arrived(example.back());
  }));
  panel.button('next', 'Next', by(onward));
  panel.button('whole', 'Whole step', by(() => arrived(example.whole(rate.value))));
  panel.button('reset', 'Reset', by(() => {
    example.reset();
    arrived(true);
  }));
  panel.button('book', 'The book’s example', by(() => {
    restore(BOOK);
    redraw();
    panel.say(`The example of the book, ${position()}.`);
  }));
  Live.link(panel, 'inside', () => ({ ...example.state(rate.value), number: selected.name }));

  // One formula a beat, up to the update.
  let due = 0;
  const beat = () => {
    if (performance.now() < due) return true;
    onward();
    due = performance.now() + BEAT;
    return example.taken < LAST && example.taken > 0;
  };
  const clock = new Live.Clock(element, { show: () => {}, ended: () => { play.textContent = 'Play'; } });

  // The formulas, each beside the lines of the plain program that compute it;
  // those are quoted from the page, where they stand further down.
  const formulas = Object.assign(document.createElement('ol'), { className: 'worked-formulas' });
  formulas.setAttribute('aria-label', 'The ten formulas, and the lines of the plain program that compute them');
  let rows = [];
  const list = () => {
    rows = example.formulas.map(({ written, code, way }, i) => {
      const row = document.createElement('li');
      row.className = way;
      row.append(Object.assign(document.createElement('span'), { textContent: written }));
      for (const line of code) row.append(Object.assign(document.createElement('code'), { textContent: quoted(line) }));
      row.addEventListener('click', by(() => arrived(example.go(i + 1, rate.value))));
      return row;
    });
    formulas.replaceChildren(...rows);
  };
  const listings = [...document.querySelectorAll('main pre code')].filter(code => code.textContent.includes('fn '));
  const quoted = start => {
    for (const listing of listings) {
      const line = listing.textContent.split('\n').find(line => line.trim().startsWith(start));
      if (line) return line.trim().replace(/\s*\/\/.*$/, '');
    }
    return start;
  };

  const legend = Object.assign(document.createElement('p'), { className: 'worked-legend' });
  const key = (way, words) => {
    const mark = svg('svg', { viewBox: '0 0 34 10', width: 34, height: 10, class: 'worked-key', 'aria-hidden': 'true' });
    const lane = svg('g', { class: `lane ${way.split(' ')[0]} ${way.includes('below') ? 'below-zero' : ''}` }, mark);
    const [start, end, tip] = way.startsWith('forward') ? [1, 25, 33] : [33, 9, 1];
    svg('path', { class: 'line', d: `M${start} 5H${end}`, 'stroke-width': 3 }, lane);
    svg('path', { class: 'tip', d: `M${tip} 5L${end} 0.5V9.5Z` }, lane);
    const item = document.createElement('span');
    item.append(mark, ` ${words}`);
    legend.append(item);
  };
  key('forward', 'forward: weight times value');
  key('backward', 'backward: the blame');
  key('forward below', 'below 0. Thicker is further from 0.');

  const written = panel.reading('formula', 'formula', { wide: true });
  const fed = panel.reading('fed', 'made of', { wide: true });
  const steps = panel.reading('steps', 'steps taken');
  const before = panel.reading('cost', 'J');
  const then = panel.reading('after', 'J after the step');

  const restore = state => {
    const { number, among, words } = Live.stated(state, BOOK);
    const isRate = value => value >= RATES.min && value <= RATES.max && Math.round(value * 10) / 10 === value;
    const changes = new Live.Changes(words('changes'));
    changes.list = changes.list.filter(([, what, value]) => what === 'rate' && isRate(value));
    rate.value = example.restore({
      outputs: Number(among('outputs', [1, 2])),
      formula: number('formula', { min: 0, max: LAST }),
      steps: number('steps', { min: 0, max: MOST_STEPS }),
      rate: number('rate', RATES),
      changes,
    });
    outputs.value = String(example.outputs);
    const chosen = example.named.get(words('number'));
    selected = chosen && example.isVisible(chosen) ? chosen : firstFresh();
    list();
  };

  const linked = Live.linked('inside');
  restore(linked ?? BOOK);
  stage.after(legend, formulas);
  fit(stage, draw);
  panel.say(linked ? `The state of the link: ${position()}.` : example.story);
});
