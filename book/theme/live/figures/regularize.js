// Dropout against overfitting (chapter 4): a run whose dropout can be switched
// on and off, its two errors, and the units that its last step dropped.

Live.figure('regularize', ({ module, panel, stage, element, settings }) => {
  const { svg, set, text, line, linear, plot, fit } = Live.draw;
  const RATE = 0.03; // as in the chapter
  const LONGEST = 30000; // steps
  const EVERY = 50; // steps from one look at the errors to the next
  const SPEED = 30; // steps a frame
  const FLICKER = 300; // ms from one mask that is drawn to the next, while it runs
  const run = {
    seed: Number(settings.seed ?? 16),
    width: Number(settings.width ?? 50),
    on: false,
    drop_prob: Number(settings.drop_prob ?? 0.2),
  };
  const errors = { training: new Live.Envelope(500), heldOut: new Live.Envelope(500) };
  let spells = []; // of dropout: [from, to, drop_prob]
  let x, y, heldX, heldY, loss, diverged;

  const dropProb = () => (run.on ? run.drop_prob : 0);

  // Pictures.
  let answer, curves, units, lastMask;

  const draw = width => {
    const beside = width >= 560;
    const share = beside ? width * 0.4 : width;
    const height = beside ? 220 : 180;
    answer = fitPlot({ left: 40, top: 24, width: share - 52, height });
    const below = beside ? 24 : height + 100;
    curves = errorPlot({ left: beside ? share + 40 : 40, top: below, width: (beside ? width - share : width) - 106, height });
    units = unitGrid({ left: 40, top: below + height + 76, width: width - 52, height: 120 });
    lastMask = -Infinity;
    show();
    return below + height + 200;
  };

  const fitPlot = box => {
    const made = plot(stage, box, { x: 'x', y: 'samples, truth and fit' });
    const [across, up] = [linear([-6.4, 6.4], made.x), linear([-36, 36], made.y)];
    made.frame(across, up, [-6, 0, 6].map(tick), [-30, 0, 30].map(tick));
    const points = (xs, ys) => Array.from(xs, (value, i) => [value, Math.max(-36, Math.min(36, ys[i]))]);
    const truth = svg('path', { class: 'truth' }, made.group);
    const samples = svg('g', { class: 'data' }, made.group);
    const path = svg('path', { class: 'fit', d: '' }, made.group);
    return answers => {
      set(truth, { d: line(points(heldX, heldY), across, up) });
      samples.replaceChildren(...points(x, y).map(([a, b]) => svg('circle', { cx: across(a), cy: up(b), r: 3 })));
      set(path, { d: line(points(heldX, answers).slice(0, answers.length), across, up) });
    };
  };

  const tick = value => [value, String(value).replace('-', '−')];

  const errorPlot = box => {
    const made = plot(stage, box, { x: 'step', y: 'error, all units on' });
    const up = linear([0, 60], made.y);
    const shades = svg('g', { class: 'spells' }, made.group);
    const lines = { training: svg('path', { class: 'training' }, made.group), heldOut: svg('path', { class: 'held-out' }, made.group) };
    const names = { training: text(made.group, 0, 0, 'training'), heldOut: text(made.group, 0, 0, 'held out') };
    const clamped = value => up(Math.min(60, value));
    return steps => {
      const most = [2000, 6000, 12000, LONGEST].find(end => steps <= end);
      const across = linear([0, most], made.x);
      made.frame(across, up, [0, most / 2, most].map(value => [value, value]), [0, 20, 40, 60].map(value => [value, value]));
      shades.replaceChildren(...spells.map(([from, to]) =>
        svg('rect', { x: across(from), width: Math.max(0, across(to ?? steps) - across(from)), y: up(60), height: up(0) - up(60) })));
      const last = { training: module.regularize_training(), heldOut: module.regularize_held_out() };
      // The names stand at the heads of the lines, and not on top of each other.
      const near = 16 - Math.abs(clamped(last.training) - clamped(last.heldOut));
      const shift = near > 0 ? (last.training < last.heldOut ? near / 2 : -near / 2) : 0;
      for (const [which, by] of [['training', shift], ['heldOut', -shift]]) {
        const drawn = Number.isFinite(last[which]) && steps > 0;
        const end = drawn ? `${errors[which].count ? 'L' : 'M'}${across(steps)} ${clamped(last[which])}` : '';
        set(lines[which], { d: errors[which].path(i => across(i * EVERY), clamped) + end });
        set(names[which], { x: across(steps) + 5, y: clamped(last[which]) + 5 + by, visibility: drawn ? 'visible' : 'hidden' });
      }
    };
  };

  // The hidden layer, once for each sample: a row of squares, one for a unit.
  const unitGrid = box => {
    text(stage, box.left, box.top - 10, 'the hidden units in the last step: a row for each sample', 'start', { class: 'name' });
    const paths = { on: svg('path', { class: 'unit' }, stage), off: svg('path', { class: 'unit dropped' }, stage) };
    return kept => {
      const [wide, high] = [box.width / run.width, box.height / x.length];
      const [across, down] = [wide - 1.4, high - 1.4].map(Live.draw.at);
      const marks = { on: '', off: '' };
      kept.forEach((on, i) => {
        const [unit, sample] = [Math.floor(i / x.length), i % x.length];
        marks[on ? 'on' : 'off'] += `M${Live.draw.at(box.left + unit * wide)} ${Live.draw.at(box.top + sample * high)}h${across}v${down}h${-across}z`;
      });
      set(paths.on, { d: marks.on });
      set(paths.off, { d: marks.off });
    };
  };

  const show = () => {
    const steps = module.regularize_steps();
    answer(module.read(module.regularize_answer()));
    curves(steps);
    const kept = module.read(module.regularize_kept());
    if (!clock.runs || performance.now() - lastMask > FLICKER) {
      lastMask = performance.now();
      units(kept);
    }
    step.value = steps;
    training.value = Live.digits(module.regularize_training());
    heldOut.value = Live.digits(module.regularize_held_out());
    masked.value = Live.digits(loss);
    dropped.value = `${kept.filter(on => !on).length} of ${kept.length}`;
    set(stage, { 'aria-label': `After ${steps} steps the training error is ${training.value} and the held-out error ${heldOut.value}. The last step dropped ${dropped.value} units.` });
  };

  // What a reader can do.
  const advance = () => {
    if (module.regularize_steps() % EVERY === 0) {
      errors.training.push(module.regularize_training());
      errors.heldOut.push(module.regularize_held_out());
    }
    loss = module.regularize_step(RATE, dropProb());
    diverged = Number.isNaN(loss);
    panel.sayNowAndThen(`Step ${module.regularize_steps()}, still running.`);
    return !diverged && module.regularize_steps() < LONGEST;
  };

  const summary = () => {
    if (diverged) return `Diverged after step ${step.value}. Reset.`;
    const full = module.regularize_steps() === LONGEST ? ' This is as long as a run can be; reset it.' : '';
    return `Step ${step.value}: training error ${training.value}, held-out error ${heldOut.value}.${full}`;
  };

  const clock = new Live.Clock(element, {
    show: () => show(),
    ended: () => {
      play.textContent = 'Play';
      panel.say(summary());
    },
  });

  const begin = () => {
    module.regularize_start(run.seed, run.width);
    [x, y, heldX, heldY] = ['x', 'y', 'held_x', 'held_y'].map(name => module.read(module[`regularize_${name}`]()));
    [loss, diverged] = [NaN, false];
    errors.training.clear();
    errors.heldOut.clear();
    spells = run.on ? [[0, null, run.drop_prob]] : [];
  };

  const start = words => {
    clock.stop();
    begin();
    lastMask = -Infinity;
    show();
    panel.say(words);
  };

  // From this step on the coins are others.
  const switchTo = words => {
    const now = module.regularize_steps();
    const open = spells.at(-1);
    if (open && open[1] === null) open[1] = now;
    if (run.on) spells.push([now, null, run.drop_prob]);
    if (!clock.runs) show();
    panel.say(words);
  };

  const steps = count => {
    let left = count;
    clock.start(() => advance() && (left -= 1) > 0);
  };

  const playOrPause = () => {
    if (clock.runs) return clock.stop();
    play.textContent = 'Pause';
    clock.start(advance, () => SPEED);
  };

  panel.checkbox('dropout', 'dropout', { value: run.on }, on => {
    run.on = on;
    switchTo(on ? `From step ${module.regularize_steps()} on, each unit is dropped with probability ${run.drop_prob.toFixed(2)}.` : `From step ${module.regularize_steps()} on, no unit is dropped.`);
  });
  panel.range('drop_prob', 'drop_prob', { min: 0.05, max: 0.8, step: 0.05, value: run.drop_prob, show: value => value.toFixed(2) }, value => {
    run.drop_prob = value;
    switchTo(run.on ? `From step ${module.regularize_steps()} on, each unit is dropped with probability ${value.toFixed(2)}.` : `drop_prob is ${value.toFixed(2)}, once dropout is switched on.`);
  });
  panel.range('width', 'hidden units', { min: 10, max: 100, step: 10, value: run.width }, value => {
    run.width = value;
    start(`A new network, [1, ${value}, 1].`);
  });
  panel.whole('seed', 'seed', { min: 0, max: 2 ** 32 - 1, value: run.seed }, value => {
    run.seed = value;
    start(`Other samples and other weights, from seed ${value}.`);
  });
  const play = panel.button('play', 'Play', playOrPause);
  panel.button('step', 'Step', () => steps(1));
  panel.button('thousand', '1000 steps', () => steps(1000));
  panel.button('reset', 'Reset', () => start('Back to the start.'));

  const step = panel.reading('step', 'step');
  const training = panel.reading('training', 'training error');
  const heldOut = panel.reading('held-out', 'held-out error');
  const masked = panel.reading('masked', 'loss with units dropped');
  const dropped = panel.reading('dropped', 'units dropped');

  begin();
  fit(stage, draw);
});
