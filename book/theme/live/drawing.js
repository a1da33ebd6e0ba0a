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
      text(axes, left, top - 10, names.y, 'start', { class: 'name' });
    };

    return { group, frame, x: [left, right], y: [bottom, top] };
  };

  // Round numbers from 0 to at least `most`, four or five of them.
  const ticks = most => {
    const power = 10 ** Math.floor(Math.log10(most / 4));
    const step = [1, 2, 2.5, 5, 10].map(part => part * power).find(part => part * 5 >= most);
    const count = Math.ceil(most / step - 1e-9);
    return Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(6)));
  };

  // Draws now, and again whenever the room is another: draw(width) gets the
  // width in pixels, so that letters keep their size, and returns the height.
  const fit = (stage, draw) => {
    let last = null;
    const fitted = () => {
      const width = Math.min(720, Math.max(300, Math.floor(stage.parentElement.clientWidth)));
      if (width === last) return;
      last = width;
      stage.replaceChildren();
      set(stage, { viewBox: `0 0 ${width} ${draw(width)}` });
    };
    new ResizeObserver(fitted).observe(stage.parentElement);
    fitted();
  };

  Live.draw = { svg, set, text, line, linear, logarithmic, plot, ticks, fit, at };
})();
