// Dropout against overfitting (chapter 4): a run whose dropout can be switched
// on and off, its two errors, and the units that its last step dropped.

Live.figure('regularize', ({ module, panel, stage, element, settings }) => {
  const { svg, set, text, line, linear, logarithmic, plot, tick, ticksWithin, legend, fit, at } = Live.draw;
  const RATE = 0.03; // as in the chapter
  const LONGEST = 30000; // steps
  const EVERY = 50; // steps from one look at the errors to the next
  const SPEED = 30; // steps a frame
  const SAVED = 11999; // steps of the book's run that the native crate has taken
  const FLICKER = 300; // ms from one mask that is drawn to the next, while it runs
  // The run of the chapter, whose dropout is switched on late.
  const BOOK = { seed: '16', width: '50', drop_prob: '0.2', steps: '12000', changes: '6000*p*0.2', scale: 'linear', ...settings };
  const run = { on: false };
  const errors = { training: new Live.Envelope(500), heldOut: new Live.Envelope(500) };
  let changes; // of dropout: its probability from a step on, 0 for none
  let x, y, heldX, heldY, loss, diverged;
  let ending; // what is said at the end of a run to a state

  const dropProb = () => (run.on ? run.drop_prob : 0);

  // Pictures.
  let answer, curves, units, lastMask;

  const draw = width => {
    const beside = width >= 560;
    const share = beside ? width * 0.4 : width;
    const height = beside ? 220 : 180;
    const box = { left: 40, top: 24, width: share - 52, height };
    const rows = legend(stage, { left: box.left, top: height + 60, width: box.width - 18 }, [['data', 'dot', 'samples'], ['fit', 'line', 'fit'], ['truth', 'line', 'truth']]);
    answer = fitPlot(box);
    const below = beside ? 24 : height + 80 + 20 * rows;
    curves = errorPlot({ left: beside ? share + 40 : 40, top: below, width: (beside ? width - share : width) - 106, height });
    const foot = below + height + 40 + 20 * (beside ? rows : 1);
    units = unitGrid({ left: 40, top: foot + 16, width: width - 52, height: 120 });
    legend(stage, { left: 40, top: foot + 160, width: width - 52 }, [['unit', 'box', 'kept'], ['unit dropped', 'box', 'dropped']]);
    lastMask = -Infinity;
    show();
    return foot + 170;
  };

  const fitPlot = box => {
    const made = plot(stage, box, { x: 'x', y: 'samples, truth and fit' });
    const [across, up] = [linear([-6.4, 6.4], made.x), linear([-36, 36], made.y)];
    made.frame(across, up, [-6, -3, 0, 3, 6].map(tick), [-20, 0, 20].map(tick));
    const points = (xs, ys) => Array.from(xs, (value, i) => [value, Math.max(-36, Math.min(36, ys[i]))]);
    const truth = svg('path', { class: 'truth' }, made.group);
    const samples = svg('g', { class: 'data' }, made.group);
    const path = svg('path', { class: 'fit', d: '' }, made.group);
    let seen = [];
    const probe = Live.probe(stage, made, 'The fit at each held-out x', {
      count: () => seen.length,
      place: i => across(heldX[i]),
      tell: i => ({
        words: `x = ${Live.fixed(heldX[i], 1)}: truth ${Live.fixed(heldY[i], 1)}, fit ${Live.fixed(seen[i], 1)}`,
        dots: [['truth', up(heldY[i])], ['fit', up(seen[i])]],
      }),
    });
    return answers => {
      seen = answers;
      set(truth, { d: line(points(heldX, heldY), across, up) });
      samples.replaceChildren(...points(x, y).map(([a, b]) => svg('circle', { cx: across(a), cy: up(b), r: 3 })));
      set(path, { d: line(points(heldX, answers).slice(0, answers.length), across, up) });
      probe.refresh();
    };
  };

  const errorPlot = box => {
    const made = plot(stage, box, { x: 'step', y: 'error, all units on' });
    const shades = svg('g', { class: 'spells' }, made.group);
    const marks = svg('g', { class: 'marks' }, made.group);
    const lines = { training: svg('path', { class: 'training' }, made.group), heldOut: svg('path', { class: 'held-out' }, made.group) };
    const names = { training: text(made.group, 0, 0, 'training'), heldOut: text(made.group, 0, 0, 'held out') };
    let [across, up, last] = [() => box.left, () => box.top, {}];

    const columns = () => errors.training.parts.length;
    const stepAt = i => (i < columns() ? i * errors.training.width * EVERY : module.regularize_steps());
    const valueAt = (which, i) => (i < columns() ? errors[which].parts[i].first : last[which]);
    const probe = Live.probe(stage, made, 'Both errors at each step', {
      count: () => columns() + 1,
      place: i => across(stepAt(i)),
      tell: i => {
        const [training, heldOut] = ['training', 'heldOut'].map(which => valueAt(which, i));
        return {
          words: `step ${stepAt(i)}: training ${Live.digits(training, 3)}, held out ${Live.digits(heldOut, 3)}`,
          dots: [['training', up(training)], ['held-out', up(heldOut)]],
        };
      },
    });

    return steps => {
      const most = [2000, 6000, 12000, LONGEST].find(end => steps <= end);
      across = linear([0, most], made.x);
      last = { training: module.regularize_training(), heldOut: module.regularize_held_out() };
      let rounds = [0, 20, 40, 60].map(tick);
      let ends = [0, 60];
      if (run.scale === 'log') {
        const lows = [...errors.training.parts, ...errors.heldOut.parts].map(({ low }) => low).concat(Object.values(last).filter(Number.isFinite));
        const low = Math.max(-4, Math.floor(Math.log10(Math.min(10, ...lows))));
        rounds = [-4, -3, -2, -1, 0, 1, 2, 3].filter(power => power >= low).map(power => [10 ** power, power < 0 ? (10 ** power).toFixed(-power) : tick(10 ** power)[1]]);
        ends = [10 ** low, 1000];
      }
      const scale = (run.scale === 'log' ? logarithmic : linear)(ends, made.y);
      up = value => scale(Math.max(ends[0], Math.min(ends[1], value)));
      made.frame(across, up, ticksWithin(most).map(tick), rounds);
      spells(steps);
      // The names stand at the heads of the lines, and not on top of each other.
      const near = 16 - Math.abs(up(last.training) - up(last.heldOut));
      const shift = near > 0 ? (last.training < last.heldOut ? near / 2 : -near / 2) : 0;
      for (const [which, by] of [['training', shift], ['heldOut', -shift]]) {
        const drawn = Number.isFinite(last[which]) && steps > 0;
        const end = drawn ? `${errors[which].count ? 'L' : 'M'}${across(steps)} ${up(last[which])}` : '';
        set(lines[which], { d: errors[which].path(i => across(i * EVERY), up) + end });
        set(names[which], { x: across(steps) + 5, y: at(up(last[which]) + 5 + by), visibility: drawn ? 'visible' : 'hidden' });
      }
      probe.refresh();
    };

    // Steps with dropout are shaded, and where it changed there is a line.
    function spells(steps) {
      const [bottom, top] = made.y;
      const { list } = changes;
      shades.replaceChildren();
      list.forEach(([step, , p], i) => {
        const end = Math.min(steps, list[i + 1]?.[0] ?? steps);
        if (p > 0) svg('rect', { x: across(step), width: Math.max(0, at(across(end) - across(step))), y: top, height: bottom - top }, shades);
      });
      Live.draw.changes(marks, made, list.filter(([step]) => step > 0 && step <= steps).map(([step, , p]) => [across(step), `p = ${p}`]));
    }
  };

  // The hidden layer, once for each sample: a row of squares, one for a unit.
  const unitGrid = box => {
    text(stage, box.left, box.top - 10, 'the hidden units in the last step: a row for each sample', 'start', { class: 'name' });
    const paths = { on: svg('path', { class: 'unit' }, stage), off: svg('path', { class: 'unit dropped' }, stage) };
    return kept => {
      const [wide, high] = [box.width / run.width, box.height / x.length];
      const [across, down] = [wide - 1.4, high - 1.4].map(at);
      const marks = { on: '', off: '' };
      kept.forEach((on, i) => {
        const [unit, sample] = [Math.floor(i / x.length), i % x.length];
        marks[on ? 'on' : 'off'] += `M${at(box.left + unit * wide)} ${at(box.top + sample * high)}h${across}v${down}h${-across}z`;
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
    set(stage, { role: 'group', 'aria-label': `After ${steps} steps the training error is ${training.value} and the held-out error ${heldOut.value}. The last step dropped ${dropped.value} units.` });
  };

  // What a reader can do.
  const change = () => {
    for (const [, what, p] of changes.before(module.regularize_steps())) if (what === 'p') setProb(p);
  };

  const setProb = p => {
    run.on = dropout.value = p > 0;
    if (p > 0) run.drop_prob = probability.value = p;
  };

  const advance = () => {
    const steps = module.regularize_steps();
    if (steps >= LONGEST) return false;
    change();
    if (steps % EVERY === 0) {
      errors.training.push(module.regularize_training());
      errors.heldOut.push(module.regularize_held_out());
    }
    loss = module.regularize_step(RATE, dropProb());
    diverged = Number.isNaN(loss);
    return !diverged;
  };

  const told = () => {
    const words = ending;
    ending = null;
    if (diverged) return `Diverged after step ${step.value}. Start again.`;
    if (words) return `${words}, after ${step.value} steps.`;
    if (module.regularize_steps() >= LONGEST) return 'This is as long as a run can be; start again.';
    return `Paused after step ${step.value}: training error ${training.value}, held-out error ${heldOut.value}.`;
  };

  const clock = new Live.Clock(element, {
    show: () => show(),
    ended: () => {
      play.textContent = 'Play';
      panel.say(told());
    },
  });

  const begin = () => {
    module.regularize_start(run.seed, run.width);
    [x, y, heldX, heldY] = ['x', 'y', 'held_x', 'held_y'].map(name => module.read(module[`regularize_${name}`]()));
    [loss, diverged] = [NaN, false];
    errors.training.clear();
    errors.heldOut.clear();
    changes = new Live.Changes();
    if (run.on) changes.add(0, 'p', [run.drop_prob]);
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
    changes.add(module.regularize_steps(), 'p', [dropProb()]);
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
    panel.say(`Training, from step ${module.regularize_steps()} on.`);
    clock.start(advance, () => SPEED);
  };

  const dropout = panel.checkbox('dropout', 'dropout', { value: false }, on => {
    run.on = on;
    switchTo(on ? `From step ${module.regularize_steps()} on, each unit is dropped with probability ${run.drop_prob.toFixed(2)}.` : `From step ${module.regularize_steps()} on, no unit is dropped.`);
  });
  const probability = panel.range('drop_prob', 'drop_prob', { min: 0.05, max: 0.8, step: 0.05, value: 0.2, show: value => value.toFixed(2) }, value => {
    run.drop_prob = value;
    if (!run.on) return panel.say(`drop_prob is ${value.toFixed(2)}, once dropout is switched on.`);
    switchTo(`From step ${module.regularize_steps()} on, each unit is dropped with probability ${value.toFixed(2)}.`);
  });
  const width = panel.range('width', 'hidden units', { min: 10, max: 100, step: 10, value: 50 }, value => {
    run.width = value;
    start(`A new network, [1, ${value}, 1].`);
  });
  const seed = panel.whole('seed', 'seed', { min: 0, max: 2 ** 32 - 1, value: 0 }, value => {
    run.seed = value;
    start(`Other samples and other weights, from seed ${value}.`);
  });
  const scale = panel.checkbox('log', 'logarithmic', { value: false }, on => {
    run.scale = on ? 'log' : 'linear';
    show();
    panel.say(on ? 'Each line of the errors’ axis is ten times the one below.' : 'The axis of the errors begins at 0.');
  });
  const play = panel.button('play', 'Play', playOrPause, 'Pause');
  panel.button('step', 'Step', () => steps(1));
  panel.button('thousand', '1000 steps', () => steps(1000));
  panel.button('reset', 'Start again', () => start('Back to step 0.'));
  panel.button('book', 'The book’s run', () => {
    clock.stop();
    const ahead = restore(BOOK);
    ending = 'The run of the book';
    clock.start(ahead);
  });
  Live.link(panel, 'regularize', () => ({ seed: run.seed, width: run.width, drop_prob: run.drop_prob, scale: run.scale, steps: module.regularize_steps(), changes }));

  const step = panel.reading('step', 'step');
  const training = panel.reading('training', 'training error');
  const heldOut = panel.reading('held-out', 'held-out error');
  const masked = panel.reading('masked', 'loss with units dropped');
  const dropped = panel.reading('dropped', 'units dropped');

  // What was changed before the saved run ends.
  const early = changes => changes.list.filter(([step]) => step < SAVED);

  // Goes to where the native crate has left the book's run.
  const resume = () => {
    module.write(module.room(Live.weights().length), Live.weights());
    if (module.regularize_resume() !== 0) throw new Error('this is no run of the network');
    const past = module.read(module.regularize_past());
    past.subarray(0, past.length / 2).forEach(error => errors.training.push(error));
    past.subarray(past.length / 2).forEach(error => errors.heldOut.push(error));
    for (const [, , p] of early(changes)) setProb(p);
  };

  // Sets everything to a state but for the steps; what it returns takes one of
  // them, and says whether there is another.
  const restore = state => {
    const { number, among, words } = Live.stated(state, BOOK);
    run.seed = seed.value = number('seed', { min: 0, max: 2 ** 32 - 1 });
    run.width = width.value = number('width', { min: 10, max: 100, step: 10 });
    run.drop_prob = probability.value = number('drop_prob', { min: 0.05, max: 0.8, step: 0.05 });
    run.scale = among('scale', ['log', 'linear']);
    scale.value = run.scale === 'log';
    run.on = dropout.value = false;
    begin();
    changes = new Live.Changes(words('changes'));
    changes.list = changes.list.filter(([, what, p]) => what === 'p' && p >= 0 && p <= 0.8);
    const until = number('steps', { min: 0, max: LONGEST });
    const isBook = ['seed', 'width'].every(key => run[key] === Number(BOOK[key]));
    if (isBook && until >= SAVED && String(early(changes)) === String(early(new Live.Changes(BOOK.changes)))) resume();
    return () => {
      if (module.regularize_steps() < until && advance()) return true;
      change();
      return false;
    };
  };

  return Live.open('regularize', BOOK, restore, words => {
    fit(stage, draw);
    ending = words;
    panel.say(told());
  });
});
