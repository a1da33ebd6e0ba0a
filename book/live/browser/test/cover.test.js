// Figure "cover": the curves of the native crate, one for each move or press.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { useBook } from '../support/book.js';
import { expectedOf, figureOf } from '../support/figure.js';

const book = useBook();
const { curves } = expectedOf('cover');

const open = async (options = {}) => {
  const page = await book.open('title.html', options);
  const figure = await figureOf(page, 'cover');
  const drawn = () => figure.element.locator('.pass').count();
  return { page, figure, drawn };
};

// From the middle of the picture to the right, in so many moves.
const move = async (page, figure, moves) => {
  const { x, y, width, height } = await figure.element.locator('.live-stage').boundingBox();
  await page.mouse.move(x + width / 4, y + height / 2);
  for (let i = 1; i <= moves; i += 1) await page.mouse.move(x + width / 4 + 30 * i, y + height / 2);
};

test('it opens with twenty-four curves, and each press draws the next', async () => {
  const { page, figure, drawn } = await open();
  await figure.shows('curves', '24');
  assert.equal(await drawn(), 24);
  assert.equal(curves.length, 25);
  await figure.control('another').focus();
  await page.keyboard.press('Enter');
  await figure.shows('curves', '25');
  // Every second place of the newest curve, in the units of the drawing.
  const [d, width] = await figure.element.locator('.pass').last().evaluate(path => [path.getAttribute('d'), path.ownerSVGElement.viewBox.baseVal.width]);
  const found = d.match(/[-\d.]+ [-\d.]+/g).map(pair => Number(pair.split(' ')[1]));
  const height = (width * 620) / 1600;
  const expected = curves[24].filter((_, i) => i % 2 === 0).map(y => height * (1 - (y + 3.1718) / (3.1718 + 3.3508)));
  assert.equal(found.length, expected.length);
  found.forEach((y, i) => assert.ok(Math.abs(y - expected[i]) < 0.06, `place ${i}: ${y}, not ${expected[i]}`));
  assert.deepEqual(page.complaints, []);
});

test('each move of the pointer draws another, and the band opens', async () => {
  const { page, figure, drawn } = await open();
  await figure.click('again');
  await figure.shows('curves', '1');
  const band = figure.element.locator('.band').first();
  assert.equal(await band.getAttribute('d'), '');
  const heights = [];
  for (const moves of [1, 8]) {
    await move(page, figure, moves);
    heights.push((await band.boundingBox()).height);
  }
  // The way back to the beginning is a move, too.
  assert.equal(await drawn(), 11);
  await figure.shows('curves', '11');
  assert.ok(heights[1] > heights[0], String(heights));
});

test('it is still for a reader who asked for stillness, but answers when asked', async () => {
  const { page, figure } = await open({ reducedMotion: 'reduce' });
  await move(page, figure, 8);
  await figure.shows('curves', '24');
  await figure.click('another');
  await figure.shows('curves', '25');
});

test('on paper and without scripts there is the still, and it alone', async () => {
  const { page, figure } = await open();
  await page.emulateMedia({ media: 'print' });
  assert.ok(!(await figure.element.locator('.live').isVisible()));
  assert.ok(await figure.element.locator('figure > svg').first().isVisible());
  const quiet = await book.open('title.html', { javaScriptEnabled: false });
  assert.equal(await quiet.locator('.live').count(), 0);
  assert.ok(await quiet.locator('live-figure figure > svg').first().isVisible());
});

test('two hundred curves are enough', async () => {
  const { figure, drawn } = await open();
  await figure.control('another').evaluate(button => { for (let i = 0; i < 200; i += 1) button.click(); });
  await figure.shows('curves', '200');
  assert.equal(await drawn(), 200);
  assert.match(await figure.status.textContent(), /^Two hundred are enough/);
});

test('the live cover takes the room of the still, at any width', async () => {
  for (const width of [400, 1400]) {
    const { page, figure } = await open({ viewport: { width, height: 900 } });
    const [live, still] = await page.evaluate(() => {
      const height = () => document.querySelector('main').scrollHeight;
      const [stage, drawing] = ['.live-stage', '.live-still'].map(name => document.querySelector(name));
      const live = [stage.getBoundingClientRect().height, height()];
      document.querySelector('.live').remove();
      drawing.classList.remove('live-still');
      return [live, [drawing.getBoundingClientRect().height, height()]];
    });
    assert.ok(Math.abs(live[0] - still[0]) < 2, `${live} ${still}`);
    if (width > 620) assert.ok(Math.abs(live[1] - still[1]) < 2, `${live} ${still}`);
    assert.ok(await figure.element.isVisible());
  }
});
