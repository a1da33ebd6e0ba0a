// Descent (chapters 2 and 3): a network learns the sine, and its loss is drawn
// at every step. Its samples can be moved.

Live.figure('descent', ({ module, panel, stage, element, settings }) => {
  const { svg, set, text, line, linear, logarithmic, plot, tick, ticks, ticksWithin, legend, fit, at } = Live.draw;
  const ACTIVATIONS = ['sigmoid', 'tanh', 'relu'];
  const RATES = ['0.001', '0.003', '0.01', '0.03', '0.1', '0.2', '0.3', '0.5', '0.8', '1'];
  const SPEEDS = [['1 a frame', '1'], ['10 a frame', '10'], ['all there is time for', 'Infinity']];
  const COUNT = 100; // samples
  const HIGHEST = 32; // where a sample can be, up or down
  const LONGEST = 200_000; // steps
  const BOOK = { width: '25', rate: '0.3', seed: '2', activation: 'sigmoid', speed: '10', steps: '0', scale: 'log', changes: '', ...settings };
  const run = {};
  const losses = new Live.Envelope(600);
  let x, y, order, held, changes, diverged;
  let firstRate; // the learning rate of the first step
  let ending; // what is said at the end of a run to a state

  // Pictures.
  let answer, curve;

  const draw = width => {
    const beside = width >= 560;
    const share = beside ? width * 0.4 : width;
    const height = beside ? 230 : 180;
    const box = { left: 40, top: 24, width: share - 52, height };
    const rows = legend(stage, { left: box.left, top: 60 + height, width: box.width - 18 }, [['data', 'dot', 'samples'], ['fit', 'line', 'answer']]);
    answer = fitPlot(box);
    curve = lossPlot({
      left: beside ? share + 46 : 48,
      top: beside ? 24 : height + 90 + 20 * rows,
      width: beside ? width - share - 66 : width - 70,
      height,
    });
    show();
    return beside ? height + 46 + 20 * rows : 2 * height + 132 + 20 * rows;
  };

  const fitPlot = box => {
    const made = plot(stage, box, { x: 'x', y: 'samples and answer' });
    const ends = { x: [0, 1], y: [-HIGHEST, HIGHEST] };
    const [across, up] = [linear(ends.x, made.x), linear(ends.y, made.y)];
    made.frame(across, up, [0, 0.5, 1].map(tick), [-20, 0, 20].map(tick));
    const circles = Array.from({ length: COUNT }, () => svg('circle', { class: 'data', r: 1.8 }, made.group));
    const path = svg('path', { class: 'fit', d: '' }, made.group);
    // What leaves the frame runs along its edge.
    const edge = value => up(Math.max(-HIGHEST, Math.min(HIGHEST, value)));
    let answers = [];
    const probe = Live.probe(stage, made, 'The answer at each sample', {
      count: () => answers.length,
      place: i => across(x[order[i]]),
      tell: i => ({
        words: `x = ${x[order[i]].toFixed(2)}: sample ${Live.fixed(y[order[i]], 1)}, answer ${Live.fixed(answers[order[i]], 1)}`,
        dots: [['data', up(y[order[i]])], ['fit', up(answers[order[i]])]],
      }),
    });
    const back = ([low, high], [from, to]) => place => low + ((place - from) / (to - from)) * (high - low);
    const [unacross, unup] = [back(ends.x, made.x), back(ends.y, made.y)];
    const samples = Live.samples(stage, made, probe, {
      places: () => Array.from(x, (value, i) => [across(value), up(y[i])]),
      label: i => `Sample ${order.indexOf(i) + 1} of ${COUNT}, at ${place(i)}.`,
      held: () => held,
      hold,
      move: (i, [a, b]) => moveTo(i, unacross(a), unup(b)),
      nudge: (i, [right, high]) => moveTo(i, x[i] + 0.05 * right, y[i] + 2 * high),
      settled: i => panel.say(`From step ${module.descent_steps()} on, the sample is at ${place(i)}.`),
    });
    return values => {
      answers = values;
      circles.forEach((circle, i) => set(circle, { cx: across(x[i]), cy: up(y[i]) }));
      set(path, { d: line(answers.length ? order.map(i => [x[i], answers[i]]) : [], across, edge) });
      probe.refresh();
      samples.refresh();
    };
  };

  const place = i => `x = ${x[i].toFixed(2)}, y = ${Live.fixed(y[i], 2)}`;

  const lossPlot = box => {
    const made = plot(stage, box, { x: 'step', y: 'loss, at every step' });
    const marks = svg('g', { class: 'marks' }, made.group);
    const path = svg('path', { class: 'training', d: '' }, made.group);
    const head = svg('circle', { class: 'head', r: 3.5 }, made.group);
    const powers = Array.from({ length: 15 }, (_, i) => i - 6);
    let [across, up, now] = [() => box.left, () => box.top, [NaN, 0]];

    // Every column of the curve, and then where it has come to.
    const probe = Live.probe(stage, made, 'The loss at each step', {
      count: () => losses.parts.length + 1,
      place: i => across(i < losses.parts.length ? i * losses.width : now[1]),
      tell: i => {
        const part = losses.parts[i] ?? { low: now[0], high: now[0] };
        const first = i < losses.parts.length ? i * losses.width : now[1];
        const to = Math.min(first + losses.width, losses.count) - 1;
        const [low, high] = [part.low, part.high].map(value => Live.digits(value, 4));
        return {
          words: `${to > first ? `steps ${first} to ${to}` : `step ${first}`}: ${low === high ? low : `${low} to ${high}`}`,
          dots: [['training', up(part.high)], ['training', up(part.low)]],
        };
      },
    });

    return (loss, steps) => {
      now = [loss, steps];
      const seen = losses.parts.flatMap(({ low, high }) => [low, high]).concat(Number.isFinite(loss) ? loss : []);
      const [least, most] = [Math.min(...seen, run.scale === 'log' ? 1 : 0), Math.max(...seen, 100)];
      let rounds;
      if (run.scale === 'log') {
        // The axis holds what was seen, within reason.
        const [low, high] = [Math.max(-6, Math.floor(Math.log10(least))), Math.min(8, Math.ceil(Math.log10(most)))];
        const scale = logarithmic([10 ** low, 10 ** high], made.y);
        up = value => scale(Math.max(10 ** low, Math.min(10 ** high, value)));
        rounds = powers.filter(power => power >= low && power <= high).map(power => [10 ** power, power < 0 ? (10 ** power).toFixed(-power) : tick(10 ** power)[1]]);
      } else {
        const values = ticks(Math.min(most, 1e6));
        const scale = linear([0, values.at(-1)], made.y);
        up = value => scale(Math.min(values.at(-1), value));
        rounds = values.map(tick);
      }
      across = linear([0, losses.capacity], made.x);
      made.frame(across, up, ticksWithin(losses.capacity).map(tick), rounds);
      const middle = changes.list.filter(([step]) => step > 0 && step <= steps);
      Live.draw.changes(marks, made, middle.map(([step, what, value]) => [across(step), what === 'rate' ? `rate ${value}` : 'sample']));
      const end = Number.isFinite(loss) ? `${losses.count ? 'L' : 'M'}${across(steps)} ${up(loss)}` : '';
      set(path, { d: losses.path(across, up) + end });
      if (end) set(head, { cx: across(steps), cy: up(loss) });
      probe.refresh();
    };
  };

  const show = () => {
    const [loss, steps] = [module.descent_loss(), module.descent_steps()];
    const answers = module.read(module.descent_fit());
    answer(answers);
    curve(loss, steps);
    step.value = steps;
    now.value = Live.digits(loss);
    rises.value = `${module.descent_rises()} of ${steps} steps`;
    at0.value = Live.digits(answers[25]);
    set(stage, { role: 'group', 'aria-label': `After ${steps} steps the loss is ${now.value}; it rose on ${rises.value}.` });
  };

  // What a reader can do.
  const change = () => {
    for (const [, what, ...numbers] of changes.before(module.descent_steps())) {
      if (what === 'rate') setRate(numbers[0]);
      if (what === 'move' && module.descent_move(...numbers) === 0) readSamples();
    }
  };

  const advance = () => {
    if (module.descent_steps() >= LONGEST) return false;
    change();
    const loss = module.descent_step(Number(run.rate));
    diverged = Number.isNaN(loss);
    if (!diverged) losses.push(loss);
    return !diverged;
  };

  const setRate = value => {
    const known = RATES.find(rate => Number(rate) === value);
    if (known) run.rate = rate.value = known;
  };

  const readSamples = () => {
    [x, y] = [module.read(module.descent_x()), module.read(module.descent_y())];
    order = Array.from(x.keys()).sort((a, b) => x[a] - x[b]);
  };

  const clock = new Live.Clock(element, {
    show: () => show(),
    ended: () => {
      play.textContent = 'Play';
      panel.say(told());
    },
  });

  const told = () => {
    const words = ending;
    ending = null;
    if (diverged) return `Diverged after step ${step.value}: the next one leads out of the finite numbers. Start again, with a smaller learning rate.`;
    if (words) return `${words}, after ${step.value} steps.`;
    if (module.descent_steps() >= LONGEST) return 'This is as long as a run can be; start again.';
    return `Paused after step ${step.value}, at a loss of ${now.value}.`;
  };

  // Samples that were moved stay where they are.
  const begin = moves => {
    module.descent_start(run.seed, run.width, ACTIVATIONS.indexOf(run.activation));
    changes = new Live.Changes();
    for (const [i, ...to] of moves) {
      module.descent_move(i, ...to);
      changes.add(0, 'move', [i, ...to], 1);
    }
    readSamples();
    firstRate = run.rate;
    diverged = false;
    losses.clear();
  };

  const start = words => {
    clock.stop();
    const latest = new Map(changes.list.filter(([, what]) => what === 'move').map(([, , i, ...to]) => [i, [i, ...to]]));
    begin(latest.values());
    show();
    panel.say(latest.size ? `${words} The samples that were moved stay.` : words);
  };

  const steps = count => {
    let left = count;
    clock.start(() => advance() && (left -= 1) > 0, () => Infinity);
  };

  const playOrPause = () => {
    if (clock.runs) return clock.stop();
    play.textContent = 'Pause';
    panel.say(`Training, from step ${module.descent_steps()} on.`);
    clock.start(advance, () => Number(run.speed));
  };

  function hold(i) {
    held = i;
    sample.value = order.indexOf(i) + 1;
    show();
  }

  function moveTo(i, a, b) {
    const inside = (value, low, high) => Math.max(low, Math.min(high, Math.round(value * 100) / 100));
    const to = [inside(a, 0, 1), inside(b, -HIGHEST, HIGHEST)];
    if (module.descent_move(i, ...to) !== 0) return;
    changes.add(module.descent_steps(), 'move', [i, ...to], 1);
    readSamples();
    sample.value = order.indexOf(i) + 1;
    show();
  }

  const width = panel.range('width', 'hidden units', { min: 1, max: 100, step: 1, value: 25 }, value => {
    run.width = value;
    start(`A new network, [1, ${value}, 1].`);
  });
  const rate = panel.select('rate', 'learning rate', { options: RATES.map(rate => ({ text: rate, value: rate })), value: '0.3' }, value => {
    run.rate = value;
    const steps = module.descent_steps();
    if (steps > 0) changes.add(steps, 'rate', [Number(value)]);
    else firstRate = value;
    if (!clock.runs) show();
    panel.say(`From step ${steps} on, the learning rate is ${value}.`);
  });
  const activation = panel.select('activation', 'activation', { options: ACTIVATIONS.map(name => ({ text: name, value: name })), value: 'sigmoid' }, value => {
    run.activation = value;
    start(`A new network with ${value}.`);
  });
  const seed = panel.whole('seed', 'seed', { min: 0, max: 2 ** 32 - 1, value: 0 }, value => {
    run.seed = value;
    start(`New initial weights, from seed ${value}.`);
  });
  const speed = panel.select('speed', 'steps', { options: SPEEDS.map(([words, value]) => ({ text: words, value })), value: '10' }, value => {
    run.speed = value;
    panel.say(`Steps: ${SPEEDS.find(([, of]) => of === value)[0]}.`);
  });
  const sample = panel.range('sample', 'sample to move', { min: 1, max: COUNT, step: 1, value: 1 }, value => {
    hold(order[value - 1]);
    panel.say(`Sample ${value}, counted from the left, at ${place(held)}. It can be dragged, or moved by the arrow keys.`);
  });
  const scale = panel.checkbox('log', 'logarithmic', { value: true }, on => {
    run.scale = on ? 'log' : 'linear';
    show();
    panel.say(on ? 'Each line of the loss’s axis is ten times the one below.' : 'The axis of the loss begins at 0.');
  });
  const play = panel.button('play', 'Play', playOrPause, 'Pause');
  panel.button('step', 'Step', () => steps(1));
  panel.button('hundred', '100 steps', () => steps(100));
  panel.button('reset', 'Start again', () => start('Back to step 0.'));
  panel.button('book', 'The book’s run', () => {
    clock.stop();
    const ahead = restore(BOOK);
    ending = 'The run of the book';
    clock.start(ahead);
  });
  Live.link(panel, 'descent', () => ({
    width: run.width,
    rate: firstRate,
    seed: run.seed,
    activation: run.activation,
    scale: run.scale,
    steps: module.descent_steps(),
    changes,
  }));

  const step = panel.reading('step', 'step');
  const now = panel.reading('loss', 'loss');
  const rises = panel.reading('rises', 'the loss rose on');
  const at0 = panel.reading('answer', 'answer at x = 0.25');

  // Sets everything to a state but for the steps; what it returns takes one of
  // them, and says whether there is another.
  const restore = state => {
    const { number, among, words } = Live.stated(state, BOOK);
    run.width = width.value = number('width', { min: 1, max: 100 });
    run.seed = seed.value = number('seed', { min: 0, max: 2 ** 32 - 1 });
    run.rate = rate.value = among('rate', RATES);
    run.activation = activation.value = among('activation', ACTIVATIONS);
    run.speed = speed.value = among('speed', SPEEDS.map(([, value]) => value));
    run.scale = among('scale', ['log', 'linear']);
    scale.value = run.scale === 'log';
    begin([]);
    changes = new Live.Changes(words('changes'));
    held = 25;
    sample.value = held + 1;
    const until = number('steps', { min: 0, max: LONGEST });
    return () => {
      if (module.descent_steps() < until && advance()) return true;
      change();
      return false;
    };
  };

  return Live.open('descent', BOOK, restore, words => {
    fit(stage, draw);
    ending = words;
    panel.say(told());
  });
});
