// Drawing: SVG elements, scales and axes. A caller says what a thing is by its
// class, and the style sheet says what it looks like in each theme.

(() => {
  const NAMESPACE = 'http://www.w3.org/2000/svg';

  // svg('path', { class: 'fit', d: '…' }, parent)
  const svg = (name, attributes = {}, parent = null) => {
    const element = document.createElementNS(NAMESPACE, name);
    set(element, attributes);
    parent?.append(element);
    return element;
  };

  const set = (element, attributes) => {
    for (const [name, value] of Object.entries(attributes)) {
      element.setAttribute(name, value);
    }
  };

  // A tenth of a unit is finer than any screen, and shorter than sixteen digits.
  const at = value => Math.round(value * 10) / 10;

  // From numbers to places: [0, 1] onto [40, 600], say.
  const linear = ([from, to], [start, end]) => value => at(start + ((value - from) / (to - from)) * (end - start));

  // The same in powers of ten.
  const logarithmic = ([from, to], places) => {
    const scale = linear([Math.log10(from), Math.log10(to)], places);
    return value => scale(Math.log10(value));
  };

  // Text at a place; `anchor` is start, middle or end.
  const text = (parent, x, y, words, anchor = 'start', attributes = {}) => {
    const element = svg('text', { x: at(x), y: at(y), 'text-anchor': anchor, ...attributes }, parent);
    element.textContent = words;
    return element;
  };

  // A tick and its label, as the book writes numbers: −20, 0.5, 12,000.
  const tick = value => {
    const [whole, part] = String(Math.abs(value)).split('.');
    const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole;
    return [value, `${value < 0 ? '−' : ''}${grouped}${part ? `.${part}` : ''}`];
  };

  // The path through [[x, y], …], in numbers of the two scales.
  const line = (points, x, y) => points.map(([a, b], i) => `${i ? 'L' : 'M'}${x(a)} ${y(b)}`).join('');

  // A plot: a frame of two axes with ticks and names, which can be moved.
  // box = { left, top, width, height } in units of the drawing.
  const plot = (parent, box, names) => {
    const group = svg('g', { class: 'plot' }, parent);
    const axes = svg('g', { class: 'axes' }, group);
    const { left, top, width, height } = box;
    const right = left + width;
    const bottom = top + height;

    // ticks = [[value, label], …] for each axis.
    const frame = (x, y, xTicks, yTicks) => {
      axes.replaceChildren();
      for (const [value, label] of xTicks) {
        svg('line', { class: 'grid', x1: x(value), x2: x(value), y1: top, y2: bottom }, axes);
        text(axes, x(value), bottom + 18, label, 'middle');
      }
      for (const [value, label] of yTicks) {
        svg('line', { class: 'grid', x1: left, x2: right, y1: y(value), y2: y(value) }, axes);
        text(axes, left - 6, y(value) + 4.5, label, 'end');
      }
      svg('path', { class: 'axis', d: `M${left} ${top}V${bottom}H${right}` }, axes);
      text(axes, right, bottom + 36, names.x, 'end', { class: 'name' });
      text(axes, left, top - 10, names.y, 'start', { class: 'name of-y' });
    };

    return { group, frame, x: [left, right], y: [bottom, top] };
  };

  // 1, 2 or 5 times a power of ten: the least of which five reach `most`.
  const round = most => {
    const power = 10 ** Math.floor(Math.log10(most / 5));
    return [1, 2, 5, 10].map(part => part * power).find(part => part * 5 * (1 + 1e-9) >= most);
  };

  const multiples = (step, count) => Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(6)));

  // Round numbers from 0 to at least `most`, three to six of them.
  const ticks = most => multiples(round(most), Math.ceil(most / round(most) - 1e-9));

  // Those up to `most`, for an axis that ends where it ends.
  const ticksWithin = most => multiples(round(most), Math.floor(most / round(most) + 1e-9));

  // Where a run was changed: a line at each place, and its words beside it, below
  // each other where they are close. changes = [[x, words], …] from left to
  // right, in units.
  const changes = (parent, made, list) => {
    const [bottom, top] = made.y;
    const [wide, rows] = [64, 4];
    let [last, row] = [-Infinity, 0];
    parent.replaceChildren();
    for (const [x, words] of list) {
      svg('line', { class: 'change', x1: x, x2: x, y1: top, y2: bottom }, parent);
      row = x - last < wide ? row + 1 : 0;
      last = x;
      const isLate = x > made.x[1] - wide;
      if (row < rows) text(parent, x + (isLate ? -4 : 4), top + 13 + 15 * row, words, isLate ? 'end' : 'start');
    }
  };

  // What the lines and marks of a plot mean: [[class, shape, words], …], below
  // it and beside the name of its x. Returns how many rows it took.
  const legend = (parent, { left, top, width }, items) => {
    const ROW = 20;
    const group = svg('g', { class: 'legend' }, parent);
    let [x, row] = [left, 0];
    for (const [name, shape, words] of items) {
      // Letters are not measured, so that the drawing is the same everywhere.
      const wide = 26 + 6.8 * words.length + 12;
      if (x > left && x + wide > left + width) [x, row] = [left, row + 1];
      const y = top + ROW * row;
      if (shape === 'line') svg('path', { class: name, d: `M${at(x)} ${at(y - 4.5)}h20` }, group);
      if (shape === 'dot') svg('circle', { class: name, cx: at(x + 10), cy: at(y - 4.5), r: 3.2 }, group);
      if (shape === 'box') svg('rect', { class: name, x: at(x + 2), y: at(y - 11), width: 16, height: 12 }, group);
      text(group, x + 26, y, words);
      x += wide;
    }
    return row + 1;
  };

  // Draws now, and again whenever the room is another: draw(width) gets the
  // width in pixels, so that letters keep their size, and returns the height.
  const fit = (stage, draw) => {
    const frame = stage.parentElement;
    let last = null;
    const fitted = () => {
      if (!frame.isConnected) return; // taken out, it has no width
      // Between the paddings: a unit is a pixel, and letters are as large as they say.
      const { paddingLeft, paddingRight } = getComputedStyle(frame);
      const inside = frame.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
      const width = Math.min(720, Math.max(300, Math.floor(inside)));
      if (width === last) return;
      last = width;
      stage.replaceChildren();
      set(stage, { viewBox: `0 0 ${width} ${draw(width)}` });
    };
    new ResizeObserver(fitted).observe(frame);
    fitted();
  };

  Live.draw = { svg, set, text, line, linear, logarithmic, plot, tick, ticks, ticksWithin, changes, legend, fit, at };
})();
