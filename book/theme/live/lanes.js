// An arrow of a graph as two lanes: what goes forward, and what comes back. A
// lane is as thick as the number that it carries is far from 0, and dashed where
// that is below 0.

(() => {
  const { svg, set, at } = Live.draw;

  const FORWARD = 5; // from the middle of the arrow to the middle of a lane
  const PER_ONE = 3.2; // the thickness of a 1
  const [THIN, THICK] = [1.4, 9];
  const thickness = value => Math.min(THICK, Math.max(THIN, PER_ONE * Math.abs(value)));

  // Between two circles of a radius. `gap` = [centre, width, height] is room on
  // the arrow for words: the lanes are broken there.
  Live.Lanes = class {
    constructor(parent, from, to, { radius, gap = null }) {
      const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
      const length = Math.hypot(dx, dy);
      Object.assign(this, { from, unit: [dx / length, dy / length], ends: [radius + 2, length - radius - 2] });
      this.group = svg('g', {}, parent);
      this.hole = gap && this.through(gap, length);
      this.lanes = { forward: this.lane('forward'), backward: this.lane('backward') };
      this.show('forward', null);
    }

    // The piece of the arrow within a box of words.
    through([[cx, cy], width, height], length) {
      const middle = (cx - this.from[0]) * this.unit[0] + (cy - this.from[1]) * this.unit[1];
      const half = Math.min(...[width, height].map((size, i) => size / 2 / Math.max(1e-9, Math.abs(this.unit[i]))));
      return [Math.max(0, middle - half), Math.min(length, middle + half)];
    }

    // A point so far along the arrow, on one of its sides.
    point(along, side) {
      const [ux, uy] = this.unit;
      return [at(this.from[0] + ux * along + uy * side), at(this.from[1] + uy * along - ux * side)];
    }

    lane(way) {
      const group = svg('g', { class: `lane ${way}` }, this.group);
      return { group, halo: svg('path', { class: 'halo' }, group), line: svg('path', { class: 'line' }, group), tip: svg('path', { class: 'tip' }, group) };
    }

    // Puts a number on a lane, null for none yet. `half` ends it where the words
    // are, or in the middle: what comes back goes no further.
    show(way, value, { half = false } = {}) {
      const { group, halo, line, tip } = this.lanes[way];
      const isForward = way === 'forward';
      group.style.display = value === null && !isForward ? 'none' : '';
      group.classList.toggle('waiting', value === null);
      group.classList.toggle('below-zero', value !== null && value < 0);
      const side = isForward ? FORWARD : -FORWARD;
      const width = value === null ? THIN : thickness(value);
      const middle = (this.ends[0] + this.ends[1]) / 2;
      let [start, end] = isForward ? this.ends : [...this.ends].reverse();
      if (half) end = this.hole ? this.hole[1] : middle;
      const back = Math.sign(end - start);
      const [long, wide] = [width + 5, width / 2 + 3];
      const neck = end - back * long;
      const whole = this.hole && !half ? [[start, this.hole[isForward ? 0 : 1]], [this.hole[isForward ? 1 : 0], neck]] : [[start, neck]];
      const pieces = whole.filter(([a, b]) => Math.sign(b - a) === back);
      const d = pieces.map(([a, b]) => `M${this.point(a, side)}L${this.point(b, side)}`).join('');
      for (const path of [halo, line]) set(path, { d });
      set(line, { 'stroke-width': width });
      set(halo, { 'stroke-width': width + 7 });
      set(tip, { d: `M${this.point(end, side)}L${this.point(neck, side - wide)}L${this.point(neck, side + wide)}Z` });
      this.lanes[way].way = { start: this.point(start, side), end: this.point(end, side), width };
    }

    // Whether a lane is of those that make the number that a reader has chosen.
    mark(way, on) {
      this.lanes[way].group.classList.toggle('along', on);
    }

    // Three drops travel along a lane, once.
    travel(way) {
      const { group, way: { start, end, width } } = this.lanes[way];
      for (const drop of group.querySelectorAll('.drop')) drop.remove();
      for (let i = 0; i < 3; i += 1) {
        const drop = svg('circle', { class: 'drop', cx: start[0], cy: start[1], r: width / 2 + 2.5 }, group);
        drop.style.setProperty('--dx', `${end[0] - start[0]}px`);
        drop.style.setProperty('--dy', `${end[1] - start[1]}px`);
        drop.style.animationDelay = `${i * 0.16}s`;
        drop.addEventListener('animationend', () => drop.remove());
      }
    }
  };
})();
