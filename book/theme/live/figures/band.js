// The band (chapter 6): a network in training, what it answers with its coins
// on, and samples that can be moved.

Live.figure('band', ({ module, panel, stage, element, settings }) => {
  const { svg, set, line, linear, plot, fit } = Live.draw;
  const RATE = 0.1; // as in the chapter
  const FIRST = 10000; // steps, as in the chapter
  const MORE = 3000; // steps after a sample has been moved
  const PEEK = 16; // passes that are taken for a look while it trains
  const MOST = 1000; // passes once it rests
  const [FAR, HIGHEST] = [3, 2.5]; // where a sample can be
  const run = { seed: Number(settings.seed ?? 2), drop_prob: Number(settings.drop_prob ?? 0.1), follow: true };
  let places, truth, x, y, order, held, until, diverged;

  // Pictures.
  let across, up, unscaled, parts;

  const draw = width => {
    const box = { left: 40, top: 24, width: width - 52, height: width >= 560 ? 330 : 260 };
    const made = plot(stage, box, { x: 'x', y: 'samples, truth, mean and band' });
    const ends = { x: [-3.1, 3.1], y: [-2.7, 2.7] };
    [across, up] = [linear(ends.x, made.x), linear(ends.y, made.y)];
    made.frame(across, up, [-3, -2, -1, 0, 1, 2, 3].map(tick), [-2, -1, 0, 1, 2].map(tick));
    const back = ([from, to], [low, high]) => value => low + ((value - from) / (to - from)) * (high - low);
    unscaled = [back(made.x, ends.x), back(made.y, ends.y)];
    parts = {
      band: svg('path', { class: 'band' }, made.group),
      truth: svg('path', { class: 'truth held-out', d: line(Array.from(places, (value, i) => [value, truth[i]]), across, up) }, made.group),
      answer: svg('path', { class: 'one-pass' }, made.group),
      mean: svg('path', { class: 'fit' }, made.group),
      samples: Array.from(x, () => svg('circle', { class: 'sample', r: 3.2 }, made.group)),
      handle: svg('circle', { class: 'handle', r: 9, tabindex: 0, role: 'application' }, made.group),
    };
    parts.handle.addEventListener('keydown', byKey);
    // A finger needs more room than a sample has.
    const touch = svg('g', { class: 'touch' }, made.group);
    parts.touch = Array.from(x, (_, i) => {
      const circle = svg('circle', { r: 12 }, touch);
      circle.addEventListener('pointerdown', event => drag(event, i));
      // A finger on a sample moves the sample, not the page. (The style sheet
      // cannot say so: touch-action is not for parts of a drawing.)
      circle.addEventListener('touchstart', event => event.preventDefault(), { passive: false });
      return circle;
    });
    showSamples();
    show();
    return box.height + 66;
  };

  const tick = value => [value, String(value).replace('-', '−')];
  const clamped = value => up(Math.max(-2.7, Math.min(2.7, value)));

  // Where the samples are, and which of them is held.
  const showSamples = () => {
    [x, y] = [module.read(module.band_x()), module.read(module.band_y())];
    x.forEach((value, i) => {
      for (const circle of [parts.samples[i], parts.touch[i]]) set(circle, { cx: across(value), cy: up(y[i]) });
    });
    set(parts.handle, { cx: across(x[held]), cy: up(y[held]), 'aria-label': `Sample ${order.indexOf(held) + 1} of ${x.length}, at ${place(held)}. The arrow keys move it.` });
  };

  const show = () => {
    // While it trains the band is made of a few passes, always the same coins.
    if (clock.runs && module.band_passes() === 0 && module.band_steps() > 0) for (let t = 0; t < PEEK; t += 1) module.band_pass();
    const [low, high, mean, answer] = ['low', 'high', 'mean', 'answer'].map(name => module.read(module[`band_${name}`]()));
    const points = values => Array.from(values, (value, i) => [places[i], value]);
    set(parts.band, { d: low.length ? `${line(points(low), across, clamped)}${line(points(high).reverse(), across, clamped).replace('M', 'L')}Z` : '' });
    set(parts.mean, { d: line(points(mean), across, clamped) });
    set(parts.answer, { d: points(answer).filter((_, i) => i % 4 === 0).map(([a, b]) => `M${across(a)} ${clamped(b)}h0`).join('') });

    step.value = module.band_steps();
    loss.value = Live.digits(module.band_loss());
    passes.value = module.band_passes();
    widths.forEach((width, region) => (width.value = Live.digits(module.band_width(region), 3)));
    // x = 0.5 is place 140 of −3, −2.975, …
    middle.value = Live.digits(mean[140] ?? NaN, 3).replace('-', '−');
    set(stage, { role: 'group', 'aria-label': `After ${step.value} steps and ${passes.value} passes, the mean width of the band is ${widths[0].value} among the data, ${widths[1].value} in the gap and ${widths[2].value} beyond.` });
  };

  const place = i => `x = ${tick(x[i].toFixed(2))[1]}, y = ${tick(y[i].toFixed(2))[1]}`;

  // Training first, then passes.
  const advance = () => {
    if (module.band_steps() < until) {
      diverged = Number.isNaN(module.band_step(RATE));
      panel.sayNowAndThen(`Step ${module.band_steps()}, still training.`);
      return !diverged;
    }
    return ask();
  };

  const ask = () => {
    panel.sayNowAndThen(`${module.band_passes()} passes so far.`);
    return module.band_pass() > 0 && module.band_passes() < MOST;
  };

  const clock = new Live.Clock(element, {
    show: () => show(),
    ended: () => {
      train.textContent = 'Train';
      if (diverged) return panel.say(`Diverged after step ${step.value}. Reset.`);
      panel.say(`${step.value} steps, ${passes.value} passes. Width of the band: ${widths[0].value} among the data, ${widths[1].value} in the gap, ${widths[2].value} beyond.`);
    },
  });

  // Slowly at first, while each pass still moves the band.
  const pace = () => (module.band_steps() < until ? Infinity : Math.ceil((module.band_passes() + 1) / 20));

  const trainUntil = steps => {
    until = steps;
    train.textContent = 'Pause';
    clock.start(advance, pace);
  };

  const begin = () => {
    module.band_start(run.seed, run.drop_prob);
    [places, truth, x, y] = ['places', 'truth', 'x', 'y'].map(name => module.read(module[`band_${name}`]()));
    order = Array.from(x.keys()).sort((a, b) => x[a] - x[b]);
    held = module.band_nearest(0.5);
    [until, diverged] = [0, false];
  };

  const start = words => {
    clock.stop();
    begin();
    sample.value = order.indexOf(held) + 1;
    showSamples();
    show();
    panel.say(words);
  };

  // What a reader can do.
  const moveTo = (i, [a, b]) => {
    const inside = (value, most) => Math.max(-most, Math.min(most, Math.round(value * 100) / 100));
    module.band_move(i, inside(a, FAR), inside(b, HIGHEST));
    if (run.follow && module.band_steps() > 0 && !diverged) trainUntil(module.band_steps() + MORE);
    showSamples();
    loss.value = Live.digits(module.band_loss());
  };

  const hold = i => {
    held = i;
    sample.value = order.indexOf(i) + 1;
    showSamples();
  };

  const drag = (event, i) => {
    event.preventDefault();
    hold(i);
    const target = event.currentTarget;
    target.setPointerCapture(event.pointerId);
    const follow = ({ clientX, clientY }) => {
      const seen = new DOMPoint(clientX, clientY).matrixTransform(stage.getScreenCTM().inverse());
      moveTo(i, [unscaled[0](seen.x), unscaled[1](seen.y)]);
    };
    const release = () => {
      for (const type of ['pointermove', 'pointerup', 'pointercancel']) target.removeEventListener(type, type === 'pointermove' ? follow : release);
      parts.handle.focus({ preventScroll: true });
      panel.say(`The sample is at ${place(i)}.`);
    };
    target.addEventListener('pointermove', follow);
    target.addEventListener('pointerup', release);
    target.addEventListener('pointercancel', release);
  };

  const byKey = event => {
    const by = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowDown: [0, -0.1], ArrowUp: [0, 0.1] }[event.key];
    if (!by) return;
    event.preventDefault();
    moveTo(held, [x[held] + by[0], y[held] + by[1]]);
    panel.say(`The sample is at ${place(held)}.`);
  };

  panel.range('drop_prob', 'drop_prob', { min: 0.05, max: 0.5, step: 0.05, value: run.drop_prob, show: value => value.toFixed(2) }, value => {
    run.drop_prob = value;
    start(`A new network, trained and asked with drop_prob ${value.toFixed(2)}.`);
  });
  panel.whole('seed', 'seed', { min: 0, max: 2 ** 32 - 1, value: run.seed }, value => {
    run.seed = value;
    start(`Other samples and other weights, from seed ${value}.`);
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
  });
  panel.button('ask', 'Ask again', () => {
    clock.stop();
    module.band_forget();
    until = 0;
    train.textContent = 'Pause';
    clock.start(ask, pace);
  });
  panel.button('reset', 'Reset', () => start('Back to the start: the samples as they were drawn, an untrained network.'));

  const step = panel.reading('step', 'step');
  const loss = panel.reading('loss', 'loss on the samples');
  const passes = panel.reading('passes', 'passes T');
  const widths = ['among the data', 'in the gap', 'beyond'].map((words, region) => panel.reading(`width-${region}`, `width s ${words}`));
  const middle = panel.reading('middle', 'mean at x = 0.5');

  begin();
  sample.value = order.indexOf(held) + 1;
  fit(stage, draw);
});
