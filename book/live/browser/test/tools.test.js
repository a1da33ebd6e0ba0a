// The tools of the figures: the budget of a frame, and the curve of any length.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import vm from 'node:vm';

import { ROOT } from '../support/places.js';

const load = (files, page = {}) => {
  const context = vm.createContext({ Map, Math, document: {}, window: {}, ...page });
  const scripts = ['live', ...files].map(file => readFileSync(`${ROOT}/book/theme/live/${file}.js`, 'utf8'));
  return vm.runInContext(`${scripts.join('\n')}; Live`, context);
};

test('work stays within its budget, by one piece at most', () => {
  const { workFor } = load(['clock']);
  for (const [piece, most, expected] of [[1, Infinity, 8], [3, Infinity, 3], [100, Infinity, 1], [0.1, 5, 5], [0, 10, 10]]) {
    let time = 0;
    let done = 0;
    const more = workFor(8, () => time, most, () => {
      time += piece;
      done += 1;
      return true;
    });
    assert.deepEqual([more, done], [true, expected], `pieces of ${piece} ms, at most ${most}`);
  }
});

test('work that is over says so', () => {
  const { workFor } = load(['clock']);
  let left = 3;
  assert.equal(workFor(8, () => 0, Infinity, () => (left -= 1) > 0), false);
  assert.equal(left, 0);
});

test('what is started begins at once, and goes on in the next frame', () => {
  const frames = [];
  const listener = { addEventListener: () => {} };
  const { Clock } = load(['clock'], {
    document: listener,
    window: listener,
    IntersectionObserver: class { observe() {} },
    performance: { now: () => 0 },
    matchMedia: () => ({ matches: false }),
    requestAnimationFrame: frame => frames.push(frame),
  });
  const told = [];
  const clock = new Clock(null, { show: () => told.push(clock.runs), ended: () => told.push('ended') });
  let left = 2;
  clock.start(() => (left -= 1) > 0, () => 1);
  assert.deepEqual([left, told], [1, [true]]);
  frames[0]();
  assert.deepEqual([left, told, frames.length], [0, [true, false, 'ended'], 1]);
});

test('a short curve goes through every value', () => {
  const { Envelope } = load(['envelope']);
  const curve = new Envelope(4);
  for (const value of [3, 1, 2]) curve.push(value);
  assert.equal(curve.path(x => x * 10, y => y), 'M0 3L10 1L20 2');
});

test('a long one keeps the lowest and the highest of every column', () => {
  const { Envelope } = load(['envelope']);
  // A run that shakes, with a spike of a single step.
  const values = Array.from({ length: 100_000 }, (_, i) => (i === 77_777 ? 1000 : 10 + (i % 7) - i / 20_000));
  const curve = new Envelope(600);
  for (const value of values) curve.push(value);
  assert.ok(curve.parts.length <= 600);
  assert.ok(curve.capacity >= values.length && curve.capacity < 2 * values.length);
  curve.parts.forEach((part, i) => {
    const column = values.slice(i * curve.width, (i + 1) * curve.width);
    assert.deepEqual({ ...part }, {
      first: column[0],
      low: Math.min(...column),
      high: Math.max(...column),
      last: column.at(-1),
    });
  });
});

test('ticks are round, few, and reach far enough', () => {
  const { draw } = load(['drawing']);
  for (let most = 0.013; most < 1e6; most *= 1.37) {
    const ticks = [...draw.ticks(most)];
    assert.ok(ticks[0] === 0 && ticks.at(-1) >= most && ticks.at(-2) < most, `${most}: ${ticks}`);
    assert.ok(ticks.length >= 3 && ticks.length <= 6, `${most}: ${ticks}`);
  }
});
