// The mask (chapter 1): ten numbers, a mask on them, and what becomes of their
// mean and variance over many masks.

Live.figure('mask', ({ module, panel, stage, element, settings }) => {
  const { svg, set, text, line, linear, plot, ticks, fit } = Live.draw;
  const at = { seed: Number(settings.seed ?? 3077), drop_prob: Number(settings.drop_prob ?? 0.4) };
  const x = Array.from({ length: 10 }, (_, i) => i + 1);

  // Pictures.
  let rows, moments, digits;

  const draw = width => {
    const beside = width >= 560;
    digits = beside ? 4 : 3;
    const top = beside ? cells(width, 84, 44, 0) : cells(width, 0, 60, 18);
    const plots = { width: (beside ? width / 2 : width) - 46, height: 150 };
    moments = [
      bars({ left: 42, top: top + 36, ...plots }, 'mean over the masks so far'),
      bars({ left: beside ? width / 2 + 46 : 42, top: top + (beside ? 36 : 262), ...plots, width: plots.width - (beside ? 4 : 0) }, 'variance'),
    ];
    show();
    return top + (beside ? 232 : 458);
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

  const bars = (box, name) => {
    const made = plot(stage, box, { x: 'x', y: name });
    const across = linear([0.4, 10.6], made.x);
    const rects = x.map(value => svg('rect', { class: 'measured', x: across(value - 0.32), width: across(0.64) - across(0) }, made.group));
    const formula = svg('path', { class: 'formula' }, made.group);
    return (measured, expected) => {
      const marks = ticks(Math.max(...measured, ...expected, 1));
      const up = linear([0, marks.at(-1)], made.y);
      made.frame(across, up, x.map(value => [value, value]), marks.map(value => [value, value]));
      rects.forEach((rect, i) => set(rect, { y: up(measured[i]), height: Math.max(0, up(0) - up(measured[i])) }));
      set(formula, { d: line(x.map((value, i) => [value, expected[i]]), across, up) });
    };
  };

  const show = () => {
    const kept = module.read(module.mask_kept());
    const [masked, rescaled] = [module.read(module.mask_masked()), module.read(module.mask_rescaled())];
    [x, kept, masked, rescaled].forEach((values, r) => {
      rows[r].forEach(({ rect, label }, i) => {
        rect.classList.toggle('gone', r > 0 && !kept[i]);
        rect.classList.toggle('grown', r === 3 && Boolean(kept[i]));
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
    set(stage, { 'aria-label': `The mask keeps ${kept.filter(Boolean).length} of the ten numbers.` });
  };

  // What a reader can do.
  const clock = new Live.Clock(element, {
    show,
    ended: () => {
      run.textContent = 'Keep drawing';
      panel.say(`${module.mask_drawn()} masks drawn. ${summary()}`);
    },
  });
  const summary = () => `The last entry has mean ${means.value}, and variance ${variances.value}.`;

  const start = words => {
    clock.stop();
    module.mask_start(at.seed, at.drop_prob);
    show();
    panel.say(words);
  };

  const more = count => {
    const until = module.mask_drawn() + count;
    clock.start(() => module.mask_next() === 0 && module.mask_drawn() < until);
  };

  // Slowly at first, while each mask still moves the bars.
  const keepDrawing = () => {
    if (clock.runs) return clock.stop();
    run.textContent = 'Pause';
    clock.start(() => {
      panel.sayNowAndThen(`${module.mask_drawn()} masks so far.`);
      return module.mask_next() === 0 && module.mask_drawn() < 1e6;
    }, () => Math.ceil(module.mask_drawn() / 30));
  };

  panel.range('drop_prob', 'drop_prob', { min: 0, max: 0.95, step: 0.05, value: at.drop_prob, show: value => value.toFixed(2) }, value => {
    at.drop_prob = value;
    start(`drop_prob is ${value.toFixed(2)}; kept entries are multiplied by ${Live.digits(module.mask_scale())}. Counting starts again.`);
  });
  panel.whole('seed', 'seed', { min: 0, max: 2 ** 32 - 1, value: at.seed }, value => {
    at.seed = value;
    start(`The first mask of seed ${value}.`);
  });
  panel.button('again', 'Draw again', () => {
    clock.stop();
    module.mask_next();
    show();
    panel.say(`Another mask: ${row.value}.`);
  });
  panel.button('thousand', '1000 more', () => more(1000));
  const run = panel.button('run', 'Keep drawing', keepDrawing);
  panel.button('reset', 'Reset', () => start('Back to the first mask.'));

  const drawn = panel.reading('drawn', 'masks drawn');
  const scale = panel.reading('scale', 'scale 1/(1−p)');
  const row = panel.reading('rescaled', 'rescaled');
  const means = panel.reading('mean', 'mean of the last entry');
  const variances = panel.reading('variance', 'its variance');

  module.mask_start(at.seed, at.drop_prob);
  fit(stage, draw);
});
