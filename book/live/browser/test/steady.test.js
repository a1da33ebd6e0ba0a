// Nothing moves while a figure plays: the page keeps its height, and every
// control and reading its place.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { useBook } from '../support/book.js';
import { figureOf } from '../support/figure.js';

const book = useBook();
const SECONDS = 3;

// A page, its figure, and the button that starts and stops it.
const FIGURES = [
  ['ch01_dropout', 'mask', 'run'],
  ['ch02_backprop', 'descent', 'play'],
  ['ch03_network', 'descent', 'play'],
  ['ch04_regularize', 'regularize', 'play'],
  ['ch06_uncertainty', 'band', 'train'],
];

// Runs in the page: notes at every frame where everything stands.
const watch = name => {
  const live = document.querySelector(`live-figure[name="${name}"] .live`);
  const shape = () => {
    const parts = live.querySelectorAll('[data-control], [data-reading], .live-status, .live-stage');
    const places = [...parts].flatMap(part => {
      const { left, top, width, height } = part.getBoundingClientRect();
      const words = part.dataset.control ?? part.dataset.reading ?? part.getAttribute('class');
      return [[`${words} left`, left + scrollX], [`${words} top`, top + scrollY], [`${words} width`, width], [`${words} height`, height]];
    });
    return [['page height', document.documentElement.scrollHeight], ...places];
  };
  const before = shape();
  window.moved = new Set();
  window.looks = 0;
  const look = () => {
    window.looks += 1;
    shape().forEach(([what, value], i) => {
      if (Math.abs(value - before[i][1]) > 0.01) window.moved.add(`${what}: ${before[i][1]}, then ${value}`);
    });
    requestAnimationFrame(look);
  };
  look();
};

for (const [path, name, button] of FIGURES) {
  for (const width of [1400, 400]) {
    test(`${path}: ${name}, at ${width} px`, async () => {
      const page = await book.open(`${path}.html`, { viewport: { width, height: 1000 } });
      const figure = await figureOf(page, name);
      await page.evaluate(() => document.fonts.ready);
      await page.evaluate(watch, name);
      await figure.click(button);
      assert.equal(await figure.control(button).textContent(), 'Pause');
      await page.waitForTimeout(1000 * SECONDS);
      await figure.click(button);
      await page.waitForTimeout(100);
      assert.ok(await page.evaluate(() => window.looks) > 10);
      assert.deepEqual(await page.evaluate(() => [...window.moved]), []);
    });
  }
}

test('what is said has room, and so have letters', async () => {
  for (const [path, name] of [...FIGURES, ['ch08_digits', 'digit']]) {
    for (const [width, least] of [[1400, 14], [400, 12]]) {
      const page = await book.open(`${path}.html`, { viewport: { width, height: 1000 } });
      const { element } = await figureOf(page, name);
      const sizes = await element.locator('.live').evaluate(live => {
        const scale = live.querySelector('.live-stage').getScreenCTM().a;
        const inside = [...live.querySelectorAll('.live-stage text')].map(text => scale * parseFloat(getComputedStyle(text).fontSize));
        const beside = [...live.querySelectorAll('label, button, dt, dd, output, select, input[type="number"], p')].map(text => parseFloat(getComputedStyle(text).fontSize));
        return [Math.min(...inside), Math.min(...beside)];
      });
      assert.ok(Math.min(...sizes) >= least - 0.2, `${path}, ${name}, ${width} px: ${sizes}`);
      await page.context().close();
    }
  }
});
