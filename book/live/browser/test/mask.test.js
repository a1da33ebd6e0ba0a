// Figure "the mask": every control, against the native crate's numbers.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { useBook } from '../support/book.js';
import { digits, expectedOf, figureOf } from '../support/figure.js';

const book = useBook();
const expected = expectedOf('mask');

const open = async () => {
  const page = await book.open('ch01_dropout.html');
  return { page, figure: await figureOf(page, 'mask') };
};

// What the page shows in a case, reading by reading.
const shows = async (figure, { drawn, scale, rescaled, mean, variance, formula }) => {
  await figure.shows('drawn', String(drawn));
  await figure.shows('scale', digits(scale));
  await figure.shows('rescaled', rescaled.map(value => digits(value)).join(' '));
  await figure.shows('mean', `${digits(mean)}, formula 10`);
  await figure.shows('variance', `${digits(variance)}, formula ${digits(formula)}`);
};

const cells = figure => figure.element.locator('.live .cell + text').allTextContents();

test('starts with the mask of the chapter', async () => {
  const { page, figure } = await open();
  await shows(figure, expected.start);
  const found = await cells(figure);
  assert.deepEqual(found.slice(0, 10), ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
  assert.equal(found.slice(10, 20).join(' '), '0 0 1 0 1 0 0 1 0 1');
  assert.equal(found.slice(20, 30).join(' '), '0 0 3 0 5 0 0 8 0 10');
  assert.deepEqual(found.slice(30), expected.start.rescaled.map(value => String(Number(value.toPrecision(4)))));
  assert.deepEqual(page.complaints, []);
});

test('draws again', async () => {
  const { page, figure } = await open();
  await figure.click('again');
  await shows(figure, expected.again);
  assert.match(await figure.status.textContent(), /Another mask/);
  assert.deepEqual(page.complaints, []);
});

test('draws a thousand more', async () => {
  const { figure } = await open();
  await figure.click('thousand');
  await shows(figure, expected.thousand);
});

test('slides the probability', async () => {
  const { figure } = await open();
  await figure.slide('drop_prob', 0.45);
  await shows(figure, expected.prob);
  assert.equal(await figure.control('drop_prob').getAttribute('aria-valuetext'), '0.45');
  await figure.slide('drop_prob', 0.95);
  await shows(figure, expected.edge);
});

test('takes another seed, and refuses what is none', async () => {
  const { figure } = await open();
  await figure.type('seed', 12);
  await shows(figure, expected.seed);
  for (const bad of ['', '-1', '1.5', '4294967296']) {
    await figure.type('seed', bad);
    assert.equal(await figure.control('seed').inputValue(), '12', bad);
    assert.match(await figure.status.textContent(), /it is still 12/);
    await shows(figure, expected.seed);
  }
});

test('keeps drawing until it is told to pause, and goes back', async () => {
  const { figure } = await open();
  await figure.click('run');
  assert.equal(await figure.control('run').textContent(), 'Pause');
  await figure.clickAbove('run', 'drawn', 5);
  assert.equal(await figure.control('run').textContent(), 'Keep drawing');
  const drawn = await figure.read('drawn');
  assert.match(await figure.status.textContent(), new RegExp(`^Paused after ${drawn} masks`));
  await figure.click('reset');
  await shows(figure, expected.start);
});

test('the scale that is said is that of the probability that was chosen', async () => {
  const { figure } = await open();
  await figure.slide('drop_prob', 0.9);
  assert.match(await figure.status.textContent(), /multiplied by 10\. Counting/);
  await figure.shows('scale', '10');
});

test('the mask of the book is back at one press', async () => {
  const { figure } = await open();
  await figure.slide('drop_prob', 0.45);
  await figure.type('seed', 12);
  await figure.click('thousand');
  await figure.shows('drawn', '1001');
  await figure.click('book');
  await shows(figure, expected.start);
  assert.equal(await figure.control('seed').inputValue(), '3077');
  assert.equal(await figure.control('drop_prob').inputValue(), '0.4');
});

test('a link leads to as many masks of the same seed', async () => {
  const { page, figure } = await open();
  await figure.type('seed', 12);
  await figure.click('thousand');
  await figure.shows('drawn', '1001');
  const mean = await figure.read('mean');
  await figure.click('link');
  assert.match(page.url(), /#live-mask\?/);
  await page.reload();
  const again = await figureOf(page, 'mask');
  await again.shows('drawn', '1001');
  await again.shows('mean', mean);
});

test('a bar can be read', async () => {
  const { page, figure } = await open();
  await figure.click('thousand');
  await figure.shows('drawn', '1001');
  const plane = figure.element.getByRole('slider', { name: 'The mean of each entry' });
  await plane.focus();
  await page.keyboard.press('End');
  const words = `entry 10: mean ${digits(expected.thousand.mean, 4)}, formula 10`;
  assert.equal(await plane.getAttribute('aria-valuetext'), words);
  assert.ok(await figure.element.getByText(words, { exact: true }).isVisible());
});
