// The mask (chapter 1): ten numbers, a mask on them, and what becomes of their
// mean and variance over many masks.

Live.figure('mask', ({ module, panel, stage, element, settings }) => {
  const { svg, set, text, line, linear, plot, tick, ticks, legend, fit } = Live.draw;
  const MOST = 1e6; // masks
  const BOOK = { drop_prob: '0.4', seed: '3077', drawn: '1', ...settings };
  const at = {};
  const x = Array.from({ length: 10 }, (_, i) => i + 1);

  // Pictures.
  let rows, moments, digits;

  const draw = width => {
    const beside = width >= 560;
    digits = beside ? 4 : 3;
    const top = beside ? cells(width, 84, 44, 0) : cells(width, 0, 60, 18);
    const plots = { width: (beside ? width / 2 : width) - 46, height: 150 };
    const below = top + (beside ? 36 : 262);
    moments = [
      bars({ left: 42, top: top + 36, ...plots }, 'mean over the masks so far', 'mean'),
      bars({ left: beside ? width / 2 + 46 : 42, top: below, ...plots, width: plots.width - (beside ? 4 : 0) }, 'variance', 'variance'),
    ];
    const foot = below + plots.height + 36;
    const taken = legend(stage, { left: 42, top: foot, width: beside ? width / 2 : width - 80 }, [['measured', 'box', 'measured'], ['formula', 'line', 'formula']]);
    show();
    return foot + 20 * taken - 10;
  };

  // Four rows of ten cells; returns where they end.
  const cells = (width, left, pitch, drop) => {
    const cell = (width - left - 2) / 10;
    rows = ['x', 'mask', 'masked', 'rescaled'].map((name, r) => {
      const y = 2 + r * pitch + drop;
      text(stage, 0, drop ? y - 5 : y + 22, name, 'start', { class: 'name' });
      return x.map((_, i) => {
        const box = { x: left + i * cell + 1, y, width: cell - 2, height: 32 };
        const rect = svg('rect', { ...box, class: 'cell' }, stage);
        return { rect, label: text(stage, box.x + box.width / 2, y + 21, '', 'middle') };
      });
    });
    return 2 + 4 * pitch;
  };

  const bars = (box, name, what) => {
    const made = plot(stage, box, { x: 'x', y: name });
    const across = linear([0.4, 10.6], made.x);
    const rects = x.map(value => svg('rect', { class: 'measured', x: across(value - 0.32), width: across(0.64) - across(0) }, made.group));
    const formula = svg('path', { class: 'formula' }, made.group);
    let [up, seen] = [() => box.top, { measured: [], expected: [] }];
    const probe = Live.probe(stage, made, `The ${what} of each entry`, {
      count: () => seen.measured.length,
      place: i => across(x[i]),
      tell: i => ({
        words: `entry ${x[i]}: ${what} ${Live.digits(seen.measured[i], 4)}, formula ${Live.digits(seen.expected[i], 4)}`,
        dots: [['formula', up(seen.expected[i])]],
      }),
    });
    return (measured, expected) => {
      const marks = ticks(Math.max(...measured, ...expected, 1));
      up = linear([0, marks.at(-1)], made.y);
      seen = { measured, expected };
      made.frame(across, up, x.map(tick), marks.map(tick));
      rects.forEach((rect, i) => set(rect, { y: up(measured[i]), height: Math.max(0, up(0) - up(measured[i])) }));
      set(formula, { d: line(x.map((value, i) => [value, expected[i]]), across, up) });
      probe.refresh();
    };
  };

  const show = () => {
    const kept = module.read(module.mask_kept());
    const [masked, rescaled] = [module.read(module.mask_masked()), module.read(module.mask_rescaled())];
    [x, kept, masked, rescaled].forEach((values, r) => {
      rows[r].forEach(({ rect, label }, i) => {
        rect.classList.toggle('gone', r > 0 && !kept[i]);
        rect.classList.toggle('kept', r > 0 && Boolean(kept[i]));
        label.textContent = Live.digits(values[i], digits);
      });
    });
    const [mean, variance] = [module.read(module.mask_mean()), module.read(module.mask_variance())];
    const expected = module.read(module.mask_expected_variance());
    moments[0](mean, x);
    moments[1](variance, expected);

    drawn.value = module.mask_drawn();
    scale.value = Live.digits(module.mask_scale());
    row.value = Array.from(rescaled, value => Live.digits(value)).join(' ');
    means.value = `${Live.digits(mean[9])}, formula 10`;
    variances.value = `${Live.digits(variance[9])}, formula ${Live.digits(expected[9])}`;
    set(stage, { role: 'group', 'aria-label': `The mask keeps ${kept.filter(Boolean).length} of the ten numbers.` });
  };

  // What a reader can do.
  const clock = new Live.Clock(element, {
    show,
    ended: () => {
      run.textContent = 'Keep drawing';
      panel.say(`Paused after ${drawn.value} masks: ${summary()}`);
    },
  });
  const summary = () => `the last entry has mean ${means.value}, and variance ${variances.value}.`;

  const begin = () => module.mask_start(at.seed, at.drop_prob);

  const start = words => {
    clock.stop();
    begin();
    show();
    panel.say(words());
  };

  const more = count => {
    const until = module.mask_drawn() + count;
    clock.start(() => module.mask_next() === 0 && module.mask_drawn() < until);
  };

  // Slowly at first, while each mask still moves the bars.
  const keepDrawing = () => {
    if (clock.runs) return clock.stop();
    run.textContent = 'Pause';
    panel.say(`Drawing on, from mask ${module.mask_drawn()}.`);
    clock.start(() => module.mask_next() === 0 && module.mask_drawn() < MOST, () => Math.ceil(module.mask_drawn() / 30));
  };

  const probability = panel.range('drop_prob', 'drop_prob', { min: 0, max: 0.95, step: 0.05, value: 0.4, show: value => value.toFixed(2) }, value => {
    at.drop_prob = value;
    start(() => `drop_prob is ${value.toFixed(2)}; kept entries are multiplied by ${Live.digits(module.mask_scale())}. Counting starts again.`);
  });
  const seed = panel.whole('seed', 'seed', { min: 0, max: 2 ** 32 - 1, value: 0 }, value => {
    at.seed = value;
    start(() => `The first mask of seed ${value}.`);
  });
  panel.button('again', 'Draw again', () => {
    clock.stop();
    module.mask_next();
    show();
    panel.say(`Another mask: ${row.value}.`);
  });
  panel.button('thousand', '1000 more', () => more(1000));
  const run = panel.button('run', 'Keep drawing', keepDrawing, 'Pause');
  panel.button('reset', 'Start again', () => start(() => 'Back to the first mask.'));
  panel.button('book', 'The book’s mask', () => {
    clock.stop();
    restore(BOOK);
    show();
    panel.say('The mask of the book, and its seed and drop_prob.');
  });
  Live.link(panel, 'mask', () => ({ drop_prob: at.drop_prob, seed: at.seed, drawn: module.mask_drawn() }));

  const drawn = panel.reading('drawn', 'masks drawn');
  const scale = panel.reading('scale', 'scale 1/(1−p)');
  const means = panel.reading('mean', 'mean of the last entry');
  const variances = panel.reading('variance', 'its variance');
  const row = panel.reading('rescaled', 'rescaled', { wide: true });

  const restore = state => {
    const { number } = Live.stated(state, BOOK);
    at.drop_prob = probability.value = number('drop_prob', { min: 0, max: 0.95, step: 0.05 });
    at.seed = seed.value = number('seed', { min: 0, max: 2 ** 32 - 1 });
    begin();
    for (let left = number('drawn', { min: 1, max: MOST }) - 1; left > 0; left -= 1) module.mask_next();
  };

  const linked = Live.linked('mask');
  restore(linked ?? BOOK);
  fit(stage, draw);
  panel.say(linked ? `The state of the link: mask ${drawn.value}.` : 'The mask of the book.');
});
