// Descent (chapters 2 and 3): a network learns the sine, and its loss is drawn
// at every step.

Live.figure('descent', ({ module, panel, stage, element, settings }) => {
  const { svg, set, text, line, linear, logarithmic, plot, fit, at } = Live.draw;
  const ACTIVATIONS = ['sigmoid', 'tanh', 'relu'];
  const RATES = [0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.8, 1];
  const SPEEDS = [['1 a frame', 1], ['10 a frame', 10], ['all there is time for', Infinity]];
  const run = {
    width: Number(settings.width ?? 25),
    rate: settings.rate ?? '0.3',
    seed: Number(settings.seed ?? 2),
    activation: settings.activation ?? 'sigmoid',
    speed: settings.speed ?? '10',
    taken: Number(settings.steps ?? 0), // before the reader comes
  };
  const losses = new Live.Envelope(600);
  let x, y, diverged;

  // Pictures.
  let answer, curve;

  const draw = width => {
    const beside = width >= 560;
    const share = beside ? width * 0.4 : width;
    const height = beside ? 230 : 180;
    answer = fitPlot({ left: 40, top: 24, width: share - 52, height });
    curve = lossPlot({
      left: beside ? share + 46 : 48,
      top: beside ? 24 : height + 100,
      width: beside ? width - share - 66 : width - 70,
      height,
    });
    show();
    return beside ? height + 66 : 2 * height + 142;
  };

  const fitPlot = box => {
    const made = plot(stage, box, { x: 'x', y: 'data and fit' });
    const [across, up] = [linear([0, 1], made.x), linear([-30, 30], made.y)];
    made.frame(across, up, [[0, 0], [0.5, 0.5], [1, 1]], [-20, 0, 20].map(value => [value, String(value).replace('-', '−')]));
    y.forEach((value, i) => svg('circle', { class: 'data', cx: across(x[i]), cy: up(value), r: 1.8 }, made.group));
    const path = svg('path', { class: 'fit', d: '' }, made.group);
    // What leaves the frame runs along its edge.
    const edge = value => up(Math.max(-32, Math.min(32, value)));
    return answers => set(path, { d: line(Array.from(answers, (a, i) => [x[i], a]), across, edge) });
  };

  const lossPlot = box => {
    const made = plot(stage, box, { x: 'step', y: 'loss, at every step' });
    const path = svg('path', { class: 'training', d: '' }, made.group);
    const head = svg('circle', { class: 'head', r: 3.5 }, made.group);
    const powers = Array.from({ length: 9 }, (_, i) => i - 4);
    let decades = [0, 0];
    return (loss, steps) => {
      const seen = losses.parts.flatMap(({ low, high }) => [low, high]).concat(Number.isFinite(loss) ? loss : []);
      // The axis holds what was seen, within reason, and does not shrink.
      const low = Math.max(-6, Math.floor(Math.log10(Math.min(...seen, 1))));
      const high = Math.min(8, Math.ceil(Math.log10(Math.max(...seen, 100))));
      decades = [low, high];
      const up = logarithmic(decades.map(power => 10 ** power), made.y);
      const clamped = value => up(Math.max(10 ** low, Math.min(10 ** high, value)));
      const across = linear([0, losses.capacity], made.x);
      const shown = powers.filter(power => power >= low && power <= high);
      made.frame(across, up, [0, 0.5, 1].map(part => [part * losses.capacity, part * losses.capacity]), shown.map(power => [10 ** power, powerOfTen(power)]));
      const end = Number.isFinite(loss) ? `${losses.count ? 'L' : 'M'}${across(steps)} ${clamped(loss)}` : '';
      set(path, { d: losses.path(across, clamped) + end });
      if (end) set(head, { cx: across(steps), cy: clamped(loss) });
    };
  };

  const powerOfTen = power => (power >= 0 ? String(10 ** power) : (10 ** power).toFixed(-power));

  const show = () => {
    const [loss, steps] = [module.descent_loss(), module.descent_steps()];
    answer(module.read(module.descent_fit()));
    curve(loss, steps);
    step.value = steps;
    now.value = Live.digits(loss);
    rises.value = `${module.descent_rises()} of ${steps} steps`;
    at0.value = Live.digits(module.read(module.descent_fit())[25]);
    set(stage, { 'aria-label': `After ${steps} steps the loss is ${now.value}; it rose on ${rises.value}.` });
  };

  // What a reader can do.
  const advance = () => {
    const loss = module.descent_step(Number(run.rate));
    if (Number.isNaN(loss)) {
      diverged = true;
      return false;
    }
    losses.push(loss);
    return true;
  };

  const told = () => diverged
    ? `Diverged after step ${step.value}: the next one leads out of the finite numbers. Reset, and take a smaller learning rate.`
    : `Step ${step.value}: the loss is ${now.value}, and rose on ${rises.value}.`;

  const clock = new Live.Clock(element, {
    show,
    ended: () => {
      play.textContent = 'Play';
      panel.say(told());
    },
  });

  const start = words => {
    clock.stop();
    module.descent_start(run.seed, run.width, ACTIVATIONS.indexOf(run.activation));
    diverged = false;
    losses.clear();
    show();
    panel.say(`${words} The loss is ${now.value}.`);
  };

  const steps = count => {
    let left = count;
    clock.start(() => advance() && (left -= 1) > 0, () => Infinity);
  };

  const playOrPause = () => {
    if (clock.runs) return clock.stop();
    play.textContent = 'Pause';
    clock.start(() => {
      const more = advance();
      panel.sayNowAndThen(`Step ${module.descent_steps()}, still running.`);
      return more;
    }, () => Number(run.speed));
  };

  panel.range('width', 'hidden units', { min: 1, max: 100, step: 1, value: run.width }, value => {
    run.width = value;
    start(`A new network, [1, ${value}, 1].`);
  });
  panel.select('rate', 'learning rate', { options: RATES.map(rate => ({ text: rate, value: rate })), value: run.rate }, value => {
    run.rate = value;
    panel.say(`From here on the learning rate is ${value}.`);
  });
  panel.select('activation', 'activation', { options: ACTIVATIONS.map(name => ({ text: name, value: name })), value: run.activation }, value => {
    run.activation = value;
    start(`A new network with ${value}.`);
  });
  panel.whole('seed', 'seed', { min: 0, max: 2 ** 32 - 1, value: run.seed }, value => {
    run.seed = value;
    start(`New initial weights, from seed ${value}.`);
  });
  panel.select('speed', 'steps', { options: SPEEDS.map(([words, value]) => ({ text: words, value })), value: run.speed }, value => {
    run.speed = value;
    panel.say('The speed has changed.');
  });
  const play = panel.button('play', 'Play', playOrPause);
  panel.button('step', 'Step', () => {
    clock.stop();
    advance();
    show();
    panel.say(told());
  });
  panel.button('hundred', '100 steps', () => steps(100));
  panel.button('reset', 'Reset', () => start('Back to the start.'));

  const step = panel.reading('step', 'step');
  const now = panel.reading('loss', 'loss');
  const rises = panel.reading('rises', 'the loss rose on');
  const at0 = panel.reading('answer', 'answer at x = 0.25');

  module.descent_start(run.seed, run.width, ACTIVATIONS.indexOf(run.activation));
  [x, y] = [module.read(module.descent_x()), module.read(module.descent_y())];
  for (let i = 0; i < run.taken; i += 1) advance();
  fit(stage, draw);
});
