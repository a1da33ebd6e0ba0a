// A curve of any length in a fixed number of columns, each holding the first,
// the lowest, the highest and the last of its values. So every value is drawn,
// however many there are: what a column hides is only the order within it.

Live.Envelope = class {
  constructor(columns) {
    this.columns = columns;
    this.clear();
  }

  clear() {
    this.width = 1; // values to a column
    this.count = 0;
    this.parts = [];
  }

  push(value) {
    if (this.count === this.columns * this.width) this.halve();
    if (this.count % this.width === 0) {
      this.parts.push({ first: value, low: value, high: value, last: value });
    } else {
      const part = this.parts.at(-1);
      part.low = Math.min(part.low, value);
      part.high = Math.max(part.high, value);
      part.last = value;
    }
    this.count += 1;
  }

  // Every two columns become one.
  halve() {
    const pairs = [];
    for (let i = 0; i < this.parts.length; i += 2) {
      const [a, b] = [this.parts[i], this.parts[i + 1] ?? this.parts[i]];
      pairs.push({ first: a.first, low: Math.min(a.low, b.low), high: Math.max(a.high, b.high), last: b.last });
    }
    this.parts = pairs;
    this.width *= 2;
  }

  // How many values there is room for before the columns grow wider.
  get capacity() {
    return this.columns * this.width;
  }

  // The path through all of them: value number i stands at x(i).
  path(x, y) {
    const steps = this.parts.map(({ first, low, high, last }, i) => {
      const place = x(i * this.width);
      const within = this.width === 1 ? '' : `V${y(low)}V${y(high)}V${y(last)}`;
      return `${i ? 'L' : 'M'}${place} ${y(first)}${within}`;
    });
    return steps.join('');
  }
};
