// The band (chapter 6): a trained network, what it answers with its coins on,
// and samples that can be moved.

Live.figure('band', ({ module, panel, stage, element, settings }) => {
  const { svg, set, line, linear, plot, tick, legend, fit } = Live.draw;
  const RATE = 0.1; // as in the chapter
  const FIRST = 10000; // steps, as in the chapter
  const MORE = 3000; // steps after a sample has been moved
  const LONGEST = 100_000; // steps
  const PEEK = 16; // passes that are taken for a look while it trains
  const MOST = 1000; // passes once it rests
  const THINNED = 8; // networks with units missing that are drawn
  const [FAR, HIGHEST] = [3, 2.5]; // where a sample can be
  const BOOK = { seed: '2', drop_prob: '0.1', steps: String(FIRST), passes: '200', changes: '', ...settings };
  const run = { follow: true };
  let places, truth, x, y, order, held, until, asked, diverged;
  let changes; // samples that were moved
  let ending; // what is said at the end of a run to a state

  // Pictures.
  let across, up, parts, probe, samples;

  const draw = width => {
    const box = { left: 40, top: 24, width: width - 52, height: width >= 560 ? 330 : 260 };
    const made = plot(stage, box, { x: 'x', y: 'answer' });
    const ends = { x: [-3.1, 3.1], y: [-2.7, 2.7] };
    [across, up] = [linear(ends.x, made.x), linear(ends.y, made.y)];
    made.frame(across, up, [-3, -2, -1, 0, 1, 2, 3].map(tick), [-2, -1, 0, 1, 2].map(tick));
    const points = Array.from(places, (value, i) => [value, truth[i]]);
    parts = {
      band: svg('path', { class: 'band' }, made.group),
      thinned: Array.from({ length: THINNED }, () => svg('path', { class: 'one-pass', d: '' }, made.group)),
      truth: svg('path', { class: 'truth', d: line(points, across, up) }, made.group),
      mean: svg('path', { class: 'fit', d: '' }, made.group),
      samples: Array.from(x, () => svg('circle', { class: 'sample', r: 3.2 }, made.group)),
    };
    probe = Live.probe(stage, made, 'Mean and band at each x', { count: () => places.length, place: i => across(places[i]), tell });
    const back = ([low, high], [from, to]) => place => low + ((place - from) / (to - from)) * (high - low);
    const [unacross, unup] = [back(ends.x, made.x), back(ends.y, made.y)];
    samples = Live.samples(stage, made, probe, {
      places: () => Array.from(x, (value, i) => [across(value), up(y[i])]),
      label: i => `Sample ${order.indexOf(i) + 1} of ${x.length}, at ${place(i)}.`,
      held: () => held,
      hold,
      move: (i, [a, b]) => moveTo(i, [unacross(a), unup(b)]),
      nudge: (i, by) => moveTo(i, [x[i] + 0.1 * by[0], y[i] + 0.1 * by[1]]),
      settled: i => panel.say(`The sample is at ${place(i)}.`),
    });
    const rows = legend(stage, { left: box.left, top: box.top + box.height + 36, width: box.width - 20 }, [
      ['sample', 'dot', 'samples'],
      ['truth', 'line', 'truth'],
      ['fit', 'line', 'mean'],
      ['band', 'box', 'mean ± 2s'],
      ['one-pass', 'line', 'thinned networks'],
    ]);
    showSamples();
    show();
    return box.top + box.height + 26 + 20 * rows;
  };

  const clamped = value => up(Math.max(-2.7, Math.min(2.7, value)));

  // Where the samples are, and which of them is held.
  const showSamples = () => {
    x.forEach((value, i) => set(parts.samples[i], { cx: across(value), cy: up(y[i]) }));
    samples.refresh();
  };

  const readSamples = () => {
    [x, y] = [module.read(module.band_x()), module.read(module.band_y())];
  };

  // What the probe tells of a place.
  let answers = { mean: [], high: [] };
  const tell = i => {
    const { mean, high } = answers;
    const of = mean.length ? `mean ${Live.fixed(mean[i], 2)}, 2s ${Live.fixed(high[i] - mean[i], 2)}` : 'no band yet';
    return {
      words: `x = ${Live.fixed(places[i], 2)}: truth ${Live.fixed(truth[i], 2)}, ${of}`,
      dots: [['truth', up(truth[i])], ...(mean.length ? [['fit', up(mean[i])]] : [])],
    };
  };

  let thinnedAt; // the step whose thinned networks are drawn

  const show = () => {
    // While it trains the band is made of a few passes, always the same coins.
    if (clock.runs && module.band_passes() === 0 && module.band_steps() > 0) for (let t = 0; t < PEEK; t += 1) module.band_pass();
    const [low, high, mean] = ['low', 'high', 'mean'].map(name => module.read(module[`band_${name}`]()));
    answers = { mean, high };
    const points = values => Array.from(values, (value, i) => [places[i], value]);
    set(parts.band, { d: low.length ? `${line(points(low), across, clamped)}${line(points(high).reverse(), across, clamped).replace('M', 'L')}Z` : '' });
    set(parts.mean, { d: line(points(mean), across, clamped) });
    const [steps, picture] = [module.band_steps(), parts];
    if (thinnedAt?.steps !== steps || thinnedAt.picture !== picture || mean.length === 0) {
      thinnedAt = { steps, picture };
      parts.thinned.forEach((path, i) => set(path, { d: mean.length ? line(points(module.read(module.band_thinned(i))), across, clamped) : '' }));
      if (!mean.length) thinnedAt = null;
    }

    step.value = steps;
    loss.value = Live.digits(module.band_loss());
    passes.value = module.band_passes();
    widths.forEach((width, region) => (width.value = Live.digits(module.band_width(region), 3)));
    // x = 0.5 is place 140 of −3, −2.975, …
    middle.value = Live.digits(mean[140] ?? NaN, 3);
    probe.refresh();
    set(stage, { role: 'group', 'aria-label': `After ${step.value} steps and ${passes.value} passes, the mean width of the band is ${widths[0].value} among the data, ${widths[1].value} in the gap and ${widths[2].value} beyond.` });
  };

  const place = i => `x = ${Live.fixed(x[i], 2)}, y = ${Live.fixed(y[i], 2)}`;

  // Training first, then passes.
  const change = () => {
    for (const [, what, ...numbers] of changes.before(module.band_steps())) {
      if (what === 'move' && module.band_move(...numbers) === 0) readSamples();
    }
  };

  const advance = () => {
    if (module.band_steps() < Math.min(until, LONGEST)) {
      change();
      diverged = Number.isNaN(module.band_step(RATE));
      return !diverged;
    }
    change();
    return ask();
  };

  const ask = () => module.band_passes() < asked && module.band_pass() > 0 && module.band_passes() < asked;

  const clock = new Live.Clock(element, {
    show: () => {
      showSamples();
      show();
    },
    ended: () => {
      train.textContent = 'Train';
      panel.say(told());
    },
  });

  const told = () => {
    const words = ending;
    ending = null;
    if (diverged) return `Diverged after step ${step.value}. Start again.`;
    if (words) return `${words}: ${step.value} steps, ${passes.value} passes.`;
    const width = `Width of the band: ${widths[0].value} among the data, ${widths[1].value} in the gap, ${widths[2].value} beyond.`;
    return `${step.value} steps, ${passes.value} passes. ${width}`;
  };

  // Slowly at first, while each pass still moves the band.
  const pace = () => (module.band_steps() < until ? Infinity : Math.ceil((module.band_passes() + 1) / 20));

  const trainUntil = steps => {
    [until, asked] = [steps, MOST];
    train.textContent = 'Pause';
    if (clock.runs) return; // and goes on for longer
    panel.say(`Training, from step ${module.band_steps()} on.`);
    clock.start(advance, pace);
  };

  const begin = () => {
    module.band_start(run.seed, run.drop_prob);
    [places, truth] = ['places', 'truth'].map(name => module.read(module[`band_${name}`]()));
    readSamples();
    order = Array.from(x.keys()).sort((a, b) => x[a] - x[b]);
    held = module.band_nearest(0.5);
    sample.value = order.indexOf(held) + 1;
    changes = new Live.Changes();
    [until, asked, diverged] = [0, MOST, false];
  };

  const start = words => {
    clock.stop();
    begin();
    showSamples();
    show();
    panel.say(words);
  };

  // What a reader can do.
  const moveTo = (i, [a, b]) => {
    const inside = (value, most) => Math.max(-most, Math.min(most, Math.round(value * 100) / 100));
    const to = [inside(a, FAR), inside(b, HIGHEST)];
    if (module.band_move(i, ...to) !== 0) return;
    const steps = module.band_steps();
    changes.add(steps, 'move', [i, ...to], 1);
    readSamples();
    if (run.follow && steps > 0 && !diverged) trainUntil(steps + MORE);
    showSamples();
    loss.value = Live.digits(module.band_loss());
  };

  const hold = i => {
    held = i;
    sample.value = order.indexOf(i) + 1;
    showSamples();
  };

  const probability = panel.range('drop_prob', 'drop_prob', { min: 0.05, max: 0.5, step: 0.05, value: 0.1, show: value => value.toFixed(2) }, value => {
    run.drop_prob = value;
    start(`A new network, untrained. It is trained and asked with drop_prob ${value.toFixed(2)}.`);
  });
  const seed = panel.whole('seed', 'seed', { min: 0, max: 2 ** 32 - 1, value: 0 }, value => {
    run.seed = value;
    start(`Other samples and other weights, from seed ${value}, untrained.`);
  });
  const sample = panel.range('sample', 'sample to move', { min: 1, max: 80, step: 1, value: 1 }, value => {
    hold(order[value - 1]);
    panel.say(`Sample ${value}, counted from the left, at ${place(held)}. It can be dragged, or moved by the arrow keys.`);
  });
  panel.checkbox('follow', 'train on when it moves', { value: run.follow }, on => {
    run.follow = on;
    panel.say(on ? `A sample that moves starts ${MORE} steps of training.` : 'Samples can be moved while the network stays as it is.');
  });
  const train = panel.button('train', 'Train', () => {
    if (clock.runs) return clock.stop();
    trainUntil(module.band_steps() < FIRST ? FIRST : module.band_steps() + MORE);
  }, 'Pause');
  panel.button('ask', 'Ask again', () => {
    clock.stop();
    module.band_forget();
    [until, asked] = [0, MOST];
    train.textContent = 'Pause';
    panel.say(`Asking ${MOST} times, with its coins on.`);
    clock.start(advance, pace);
  });
  panel.button('reset', 'Start again', () => start('Back to step 0: the samples as they were drawn, an untrained network.'));
  panel.button('book', 'The book’s run', () => {
    clock.stop();
    const ahead = restore(BOOK);
    ending = 'The run of the book';
    clock.start(ahead);
  });
  Live.link(panel, 'band', () => ({ seed: run.seed, drop_prob: run.drop_prob, steps: module.band_steps(), passes: module.band_passes(), changes }));

  const step = panel.reading('step', 'step');
  const loss = panel.reading('loss', 'loss on the samples');
  const passes = panel.reading('passes', 'passes T');
  const widths = ['among the data', 'in the gap', 'beyond'].map((words, region) => panel.reading(`width-${region}`, `width s ${words}`));
  const middle = panel.reading('middle', 'mean at x = 0.5');

  // Sets everything to a state but for steps and passes; what it returns takes
  // one of them, and says whether there is another. The chapter's own run has
  // been trained by the native crate.
  const restore = state => {
    const { number, words } = Live.stated(state, BOOK);
    run.seed = seed.value = number('seed', { min: 0, max: 2 ** 32 - 1 });
    run.drop_prob = probability.value = number('drop_prob', { min: 0.05, max: 0.5, step: 0.05 });
    begin();
    changes = new Live.Changes(words('changes'));
    until = number('steps', { min: 0, max: LONGEST });
    asked = number('passes', { min: 0, max: MOST });
    const isBook = ['seed', 'drop_prob'].every(key => run[key] === Number(BOOK[key]));
    if (isBook && until >= FIRST && !changes.list.some(([step]) => step < FIRST)) {
      const weights = Live.weights();
      module.write(module.room(weights.length), weights);
      if (module.band_resume() !== 0) throw new Error('this is no run of the network');
    }
    return advance;
  };

  const linked = Live.linked('band');
  const ahead = restore(linked ?? BOOK);
  // What takes more than passes is drawn as it is trained.
  const isLong = module.band_steps() < until;
  const drawn = () => {
    fit(stage, draw);
    ending = linked ? 'The state of the link' : 'The run of the book';
    if (isLong) clock.start(ahead, pace);
    else panel.say(told());
  };
  return isLong ? drawn() : Live.ahead(ahead).then(drawn);
});
