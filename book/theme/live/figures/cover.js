// The cover (title page): chapter 6's network, asked once more at each move of
// the pointer. Every answer is a curve of its own, and the band is theirs.

Live.figure('cover', ({ module, panel, stage }) => {
  const { svg, set, linear, line, fit } = Live.draw;

  // The drawing on the still, in its units, and the numbers at its edges.
  const [WIDTH, HEIGHT] = [1600, 620];
  const X = [-3.2389, 3.2389];
  const Y = [-3.1718, 3.3508];
  const FIRST = 24; // curves to begin with
  const APART = 26; // pixels that the pointer moves from curve to curve

  const bytes = Live.weights();
  module.write(module.room(bytes.length), bytes);
  if (module.cover_read() !== 0) throw new Error('the weights are not of the cover');
  const places = [...module.read(module.cover_places())];
  const samples = [module.read(module.cover_x()), module.read(module.cover_y())];
  const whole = module.read(module.cover_whole());

  let curves = [];
  let parts = null;
  const pairs = values => places.map((x, i) => [x, values[i]]).filter((_, i) => i % 2 === 0);

  const draw = width => {
    const height = (width * HEIGHT) / WIDTH;
    const [x, y] = [linear(X, [0, width]), linear(Y, [height, 0])];
    const band = k => svg('path', { class: `band by-${k}` }, stage);
    parts = { x, y, bands: [[2, band(2)], [1, band(1)]], passes: svg('g', { class: 'passes' }, stage) };
    const dots = svg('g', { class: 'data' }, stage);
    samples[0].forEach((a, i) => svg('circle', { cx: x(a), cy: y(samples[1][i]), r: width / 178 }, dots));
    parts.mean = svg('path', { class: 'mean', 'stroke-width': width / 160 }, stage);
    for (const curve of curves) add(curve);
    gather();
    return height;
  };

  const add = curve => svg('path', { class: 'pass', d: line(pairs(curve), parts.x, parts.y) }, parts.passes);

  // μ ± s and μ ± 2s of the curves there are; before there are two, the answer
  // with all units on.
  const gather = () => {
    const { x, y, bands, mean } = parts;
    const edge = k => module.read(module.cover_edge(k));
    const middle = edge(0);
    set(mean, { d: line(pairs(middle.length ? middle : whole), x, y) });
    for (const [k, band] of bands) {
      const [low, high] = [edge(-k), edge(k)];
      const around = low.length ? `${line(pairs(low), x, y)}${line(pairs(high).reverse(), x, y).replace('M', 'L')}Z` : '';
      set(band, { d: around });
    }
    count.value = String(curves.length);
    set(stage, { 'aria-label': `One trained network with its dropout left on, as ${curves.length} thinned networks: their curves and the band around their mean.` });
  };

  // Returns whether there was room for another.
  const ask = () => {
    const curve = module.read(module.cover_curve());
    if (!curve.length) return false;
    curves.push(curve);
    if (parts) {
      add(curve);
      gather();
    }
    return true;
  };
  const FULL = 'Two hundred are enough. Begin again, and see the band open.';
  const askBy = say => {
    if (!ask()) return panel.say(FULL);
    say(`Another thinned network: ${curves.length} by now.`);
  };

  panel.button('another', 'Ask again', () => askBy(words => panel.say(words)));
  panel.button('again', 'Begin again', () => {
    module.cover_start(0);
    curves = [];
    parts.passes.replaceChildren();
    ask();
    panel.say('One thinned network. The band begins with the second.');
  });
  const count = panel.reading('curves', Live.wantsStillness() ? 'thinned networks' : 'thinned networks; a move over them asks for more');

  // A move of the pointer asks too, but not for a reader who wants stillness.
  let last = null;
  stage.addEventListener('pointermove', ({ clientX, clientY }) => {
    if (Live.wantsStillness()) return;
    last ??= [clientX, clientY];
    if (Math.hypot(clientX - last[0], clientY - last[1]) < APART) return;
    last = [clientX, clientY];
    // The picture shows it; to say each would be no help.
    askBy(() => {});
  });
  stage.addEventListener('pointerleave', () => { last = null; });
  stage.addEventListener('click', () => askBy(words => panel.say(words)));

  module.cover_start(0);
  for (let i = 0; i < FIRST; i += 1) ask();
  fit(stage, draw);
});
