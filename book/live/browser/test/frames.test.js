// How long frames take, measured and reported. Times differ from machine to
// machine, so nothing here fails on one; what bounds them is tested in
// tools.test.js.

import { test } from 'node:test';

import { useBook } from '../support/book.js';
import { figureOf } from '../support/figure.js';

const book = useBook();
const SECONDS = 3;

// Runs in the page, before its scripts: notes when frames begin, and how long
// each keeps the page.
const watch = () => {
  window.begun = [];
  window.held = [];
  const { requestAnimationFrame } = window;
  window.requestAnimationFrame = work => requestAnimationFrame.call(window, time => {
    const start = performance.now();
    work(time);
    window.begun.push(start);
    window.held.push(performance.now() - start);
  });
  // The browser's own measure, which has layout and painting in it.
  window.long = [];
  new PerformanceObserver(list => window.long.push(...list.getEntries().map(entry => entry.duration))).observe({ entryTypes: ['longtask'] });
};

const measure = async (t, path, name, settings, start = 'play') => {
  const page = await book.open(path, { prepare: watch });
  const figure = await figureOf(page, name);
  await settings(figure);
  await figure.click(start);
  await page.evaluate(() => { window.begun.length = window.held.length = window.long.length = 0; });
  await page.waitForFunction(seconds => performance.now() - window.begun[0] > seconds * 1000, SECONDS);
  const { begun, held, long } = await page.evaluate(() => ({ begun: window.begun, held: window.held, long: window.long }));
  await figure.click(start);
  const rate = (1000 * (begun.length - 1)) / (begun.at(-1) - begun[0]);
  const longest = Math.max(...held, ...long);
  t.diagnostic(`${rate.toFixed(1)} frames a second; scripts held the page for ${Math.max(...held).toFixed(1)} ms at most, the longest block was ${long.length ? longest.toFixed(0) : 'under 50'} ms`);
};

test('training [1, 25, 1], ten steps a frame', t => measure(t, 'ch02_backprop.html', 'descent', async () => {}));

test('training [1, 25, 1], as fast as it goes', t => measure(t, 'ch02_backprop.html', 'descent', figure => figure.select('speed', 'Infinity')));

test('training the widest on offer, as fast as it goes', t => measure(t, 'ch02_backprop.html', 'descent', async figure => {
  await figure.slide('width', 100);
  await figure.select('activation', 'tanh');
  await figure.select('rate', '0.001');
  await figure.select('speed', 'Infinity');
}));

test('drawing masks', t => measure(t, 'ch01_dropout.html', 'mask', async () => {}, 'run'));

test('training with dropout, the widest on offer', t => measure(t, 'ch04_regularize.html', 'regularize', async figure => {
  await figure.slide('width', 100);
  await figure.control('dropout').check();
}));

test('training the network of the band', t => measure(t, 'ch06_uncertainty.html', 'band', async () => {}, 'train'));

test('adding up passes', t => measure(t, 'ch06_uncertainty.html', 'band', async () => {}, 'ask'));

test('drawing a digit, with fifty passes at every move', async t => {
  const page = await book.open('ch08_digits.html');
  const figure = await figureOf(page, 'digit');
  await figure.control('dropout').check();
  const times = await page.evaluate(() => {
    const sheet = document.querySelector('live-figure[name="digit"] .sheet');
    const { left, top, width, height } = sheet.getBoundingClientRect();
    sheet.setPointerCapture = () => {}; // there is no such pointer
    const send = (type, share) => {
      const at = { clientX: left + width * share, clientY: top + height * (0.5 + 0.4 * Math.sin(9 * share)) };
      const start = performance.now();
      sheet.dispatchEvent(new PointerEvent(type, { ...at, isPrimary: true, button: 0 }));
      return performance.now() - start;
    };
    send('pointerdown', 0);
    const times = Array.from({ length: 200 }, (_, i) => send('pointermove', i / 200));
    send('pointerup', 1);
    return times.sort((a, b) => a - b);
  });
  t.diagnostic(`a move of the pen takes ${times[100].toFixed(1)} ms, the longest ${times[199].toFixed(1)}`);
});
