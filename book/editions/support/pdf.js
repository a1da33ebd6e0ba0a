// Reads the PDFs that Chromium writes: plain objects one after the other, and
// streams that are deflated. That is all there is to be read here.

import { inflateSync } from 'node:zlib';

const number = text => Number(text);
const numbers = text => text.trim().split(/\s+/).map(number);

// What an affine map does to a point, and one map after another.
const IDENTITY = [1, 0, 0, 1, 0, 0];
const times = ([a, b, c, d, e, f], [A, B, C, D, E, F]) => [
  a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F,
];
const at = ([a, b, c, d, e, f], [x, y]) => [a * x + c * y + e, b * x + d * y + f];

const EMPTY = { left: Infinity, right: -Infinity, low: Infinity, high: -Infinity };
const around = points => points.reduce(({ left, right, low, high }, [x, y]) => ({
  left: Math.min(left, x), right: Math.max(right, x), low: Math.min(low, y), high: Math.max(high, y),
}), EMPTY);
const both = (one, other) => ({
  left: Math.max(one.left, other.left), right: Math.min(one.right, other.right),
  low: Math.max(one.low, other.low), high: Math.min(one.high, other.high),
});
const corners = ([x, y, width, height]) => [[x, y], [x + width, y], [x, y + height], [x + width, y + height]];

export class Pdf {
  constructor(bytes) {
    // One character a byte, so that places are the same in both.
    this.text = bytes.toString('latin1');
    this.bytes = bytes;
    this.objects = new Map(this.#starts().map(([id, start, end]) => [id, this.#object(start, end)]));
    this.pages = this.#pages();
    this.number = new Map(this.pages.map((id, index) => [id, index + 1]));
  }

  // Each object's number, where it begins, and where the next thing does.
  #starts() {
    const table = Number(this.text.match(/startxref\n(\d+)\n%%EOF\s*$/)[1]);
    const entries = this.text.slice(table).match(/^\d{10} \d{5} [nf]/gm);
    const starts = entries.map((entry, id) => [id, Number(entry.slice(0, 10))]).filter(([id]) => id > 0 && entries[id].endsWith('n'));
    starts.sort(([, one], [, other]) => one - other);
    return starts.map(([id, start], index) => [id, start, starts[index + 1]?.[1] ?? table]);
  }

  #object(start, end) {
    const begin = this.text.indexOf('obj\n', start) + 'obj\n'.length;
    const text = this.text.slice(begin, end);
    const stream = text.indexOf('stream\n');
    if (stream < 0) return { dictionary: text.slice(0, text.lastIndexOf('endobj')) };
    const dictionary = text.slice(0, stream);
    return { dictionary, from: begin + stream + 'stream\n'.length, length: Number(dictionary.match(/\/Length (\d+)/)[1]) };
  }

  dictionary(id) { return this.objects.get(id)?.dictionary ?? ''; }

  stream(id) {
    const { dictionary, from, length } = this.objects.get(id);
    const bytes = this.bytes.subarray(from, from + length);
    return (dictionary.includes('/FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1');
  }

  // The one object whose dictionary has these words.
  #one(words) {
    for (const [id, { dictionary }] of this.objects) if (words.test(dictionary)) return id;
    return undefined;
  }

  references(id, key) {
    const list = this.dictionary(id).match(new RegExp(`/${key} \\[([^\\]]*)\\]`))?.[1] ?? '';
    return [...list.matchAll(/(\d+) 0 R/g)].map(found => Number(found[1]));
  }

  reference(id, key) {
    const found = this.dictionary(id).match(new RegExp(`/${key} (\\d+) 0 R`));
    return found ? Number(found[1]) : undefined;
  }

  #pages() {
    const below = id => (/\/Type \/Pages\b/.test(this.dictionary(id)) ? this.references(id, 'Kids').flatMap(below) : [id]);
    return below(this.reference(this.#one(/\/Type \/Catalog/), 'Pages'));
  }

  // Width and height of each page, in points.
  get sizes() {
    return this.pages.map(id => numbers(this.dictionary(id).match(/\/MediaBox \[([^\]]*)\]/)[1]).slice(2));
  }

  // Where the names lie that links lead to: page, and height above its foot.
  get places() {
    const places = new Map();
    const names = this.dictionary(this.reference(this.#one(/\/Type \/Catalog/), 'Dests'));
    for (const [, name, id, , y] of names.matchAll(/\/(\S+) \[(\d+) 0 R \/XYZ (\S+) (\S+)/g)) {
      const plain = name.replace(/#([0-9a-fA-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
      places.set(Buffer.from(plain, 'latin1').toString('utf8'), { page: this.number.get(Number(id)), y: Number(y) });
    }
    return places;
  }

  // The bookmarks, with the page that each leads to.
  get bookmarks() {
    const marks = [];
    for (const { dictionary } of this.objects.values()) {
      const found = dictionary.match(/^<<\/Title (\(.*\)|<[^>]*>)\n\/Dest \[(\d+) 0 R/s);
      if (found) marks.push({ title: found[1], page: this.number.get(Number(found[2])) });
    }
    return marks;
  }

  // Kind and name of each font.
  get fonts() {
    return [...this.objects.values()]
      .filter(({ dictionary }) => dictionary.includes('/Type /Font\n') && !dictionary.includes('/Subtype /CIDFont'))
      .map(({ dictionary }) => {
        const kind = dictionary.match(/\/Subtype \/(\w+)/)[1];
        const described = this.dictionary(Number(dictionary.match(/\/FontDescriptor (\d+) 0 R/)?.[1]));
        const name = dictionary.match(/\/BaseFont \/(\S+)/)?.[1] ?? described.match(/\/FontName \/(\S+)/)?.[1];
        return { kind, name: name?.replace(/^\/?\w+\+/, '') };
      });
  }

  get isTagged() { return /\/MarkInfo <<[^>]*\/Marked true/.test(this.dictionary(this.#one(/\/Type \/Catalog/))); }

  // Between which heights there is ink on a page, apart from what lies outside
  // of `box`: running head and page number.
  ink(page, box) {
    const found = { low: Infinity, high: -Infinity };
    this.#look(page, ({ low, high }) => {
      if (high <= box.low || low >= box.high) return;
      found.low = Math.min(found.low, Math.max(low, box.low));
      found.high = Math.max(found.high, Math.min(high, box.high));
    });
    return found;
  }

  // Between which sides there is ink, text apart, whose letters are not measured
  // here: its lines begin where the boxes around them do.
  width(page) {
    const found = { left: Infinity, right: -Infinity };
    this.#look(page, ({ left, right }) => {
      found.left = Math.min(found.left, left);
      found.right = Math.max(found.right, right);
    });
    return found;
  }

  // Tells of every shape on a page where it can be seen.
  #look(page, tell) {
    const id = this.pages[page - 1];
    const all = { left: -Infinity, right: Infinity, low: -Infinity, high: Infinity };
    this.#draw(this.reference(id, 'Contents'), this.dictionary(id), IDENTITY, all, (shape, clip) => {
      const seen = both(shape, clip);
      if (seen.low <= seen.high && seen.left <= seen.right) tell(seen);
    });
  }

  #form(dictionary, name) {
    const found = dictionary.match(new RegExp(`/${name} (\\d+) 0 R`));
    return found ? Number(found[1]) : undefined;
  }

  // Follows the drawing of a page or of a form on it, and marks what is inked.
  #draw(id, resources, outer, bounds, mark) {
    const stack = [];
    let state = { map: outer, clip: bounds, white: false };
    let points = [];
    let clips = false;
    let text = IDENTITY;
    let words = [];
    const painted = fills => {
      const shape = around(points);
      if (!(fills && state.white)) mark(shape, state.clip);
      ended();
    };
    const ended = () => {
      if (clips) state.clip = both(state.clip, around(points));
      [points, clips] = [[], false];
    };
    const point = (x, y) => points.push(at(state.map, [Number(x), Number(y)]));
    for (const [word] of this.stream(id).matchAll(/\((?:\\.|[^\\)])*\)|<[0-9a-fA-F\s]*>|[^\s\[\]<>()]+/g)) {
      switch (word) {
        case 'q': stack.push({ ...state }); break;
        case 'Q': state = stack.pop() ?? state; break;
        case 'cm': state.map = times(words.slice(-6).map(number), state.map); break;
        case 'g': state.white = Number(words.at(-1)) > 0.995; break;
        case 'rg': state.white = words.slice(-3).every(it => Number(it) > 0.995); break;
        case 'm': case 'l': point(...words.slice(-2)); break;
        case 'c': for (const at of [-6, -4, -2]) point(...words.slice(at, at + 2 || undefined)); break;
        case 'v': case 'y': for (const at of [-4, -2]) point(...words.slice(at, at + 2 || undefined)); break;
        case 're': points.push(...corners(words.slice(-4).map(number)).map(it => at(state.map, it))); break;
        case 'W': case 'W*': clips = true; break;
        case 'n': ended(); break;
        case 'f': case 'f*': painted(true); break;
        case 'S': case 's': case 'B': case 'B*': case 'b': case 'b*': painted(false); break;
        case 'BT': text = IDENTITY; break;
        case 'Tm': text = words.slice(-6).map(number); break;
        case 'Tj': case 'TJ': {
          // The baseline alone: a line of text hardly hangs below it.
          const [x, y] = at(times(text, state.map), [0, 0]);
          if (!state.white) mark({ left: x, right: x, low: y, high: y }, state.clip);
          break;
        }
        case 'Do': {
          const form = this.#form(resources, words.at(-1).slice(1));
          const dictionary = this.dictionary(form);
          if (dictionary.includes('/Subtype /Form')) this.#draw(form, dictionary, state.map, state.clip, mark);
          else mark(around(corners([0, 0, 1, 1]).map(it => at(state.map, it))), state.clip);
          break;
        }
        default: words.push(word); continue;
      }
      words = [];
    }
  }
}
