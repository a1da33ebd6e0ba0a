// Figure "band": every control, against the native crate's numbers.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { useBook } from '../support/book.js';
import { digits, expectedOf, figureOf } from '../support/figure.js';

const book = useBook();
const expected = expectedOf('band');
const three = value => digits(value, 3);

const open = async (options = {}) => {
  const page = await book.open('ch06_uncertainty.html', options);
  const figure = await figureOf(page, 'band');
  return { page, figure, handle: figure.element.locator('.handle') };
};

// An untrained network.
const openFresh = async (options = {}) => {
  const opened = await open(options);
  await opened.figure.click('reset');
  return opened;
};

const WIDTHS = [0, 1, 2].map(region => `width-${region}`);

// What the page shows once a thousand passes have been added up.
const shows = async (figure, { loss, widths, middle }, steps) => {
  await figure.shows('passes', '1000', 120_000);
  await figure.shows('step', String(steps));
  await figure.shows('loss', digits(loss));
  for (const [region, name] of WIDTHS.entries()) await figure.shows(name, three(widths[region]));
  await figure.shows('middle', three(middle));
};

const position = async handle => {
  const [, x, y] = (await handle.getAttribute('aria-label')).match(/x = (−?[\d.]+), y = (−?[\d.]+)\./);
  return [x, y].map(text => Number(text.replace('−', '-')));
};

const twoDecimals = values => values.map(value => Number(value.toFixed(2)));

test('an untrained network, asked a thousand times', async () => {
  const { page, figure, handle } = await openFresh();
  await figure.shows('passes', '0');
  for (const name of [...WIDTHS, 'middle']) await figure.shows(name, '—');
  assert.deepEqual(await position(handle), twoDecimals(expected.start.held));
  await figure.click('ask');
  await shows(figure, expected.start, 0);
  // The same passes again.
  await figure.click('ask');
  await shows(figure, expected.start, 0);
  assert.deepEqual(page.complaints, []);
});

// As the chapter left it: the numbers are those of the run that is trained in
// the page, below.
const showsBook = async figure => {
  await figure.shows('passes', '200');
  await figure.shows('step', '10000');
  await figure.shows('loss', digits(expected.trained.loss));
  const { middle } = expected.trained;
  const found = Number((await figure.read('middle')).replace('−', '-'));
  assert.ok(Math.abs(found - middle) < 0.05, `${found}, not about ${middle}`);
};

test('opens trained, with thinned networks as curves, and asks a thousand times', async () => {
  const { page, figure } = await open();
  await showsBook(figure);
  assert.match(await figure.status.textContent(), /^The run of the book: 10000 steps, 200 passes/);
  const curves = await figure.element.locator('.plot .one-pass').evaluateAll(paths => paths.map(path => path.getAttribute('d').match(/[ML]/g).length));
  assert.deepEqual(curves, Array(8).fill(241));
  await figure.click('ask');
  await shows(figure, expected.trained, 10_000);
  assert.deepEqual(page.complaints, []);
});

test('the run of the book is back at one press', async () => {
  const { figure } = await openFresh();
  await figure.slide('drop_prob', 0.15);
  await figure.type('seed', 7);
  await figure.click('book');
  await showsBook(figure);
  assert.equal(await figure.control('seed').inputValue(), '2');
  assert.equal(await figure.control('drop_prob').inputValue(), '0.1');
});

test('a link leads to the sample that was moved', async () => {
  const { page, figure, handle } = await open();
  await figure.control('follow').uncheck();
  await handle.focus();
  await page.keyboard.press('ArrowUp');
  const loss = await figure.read('loss');
  const place = await handle.getAttribute('aria-label');
  await figure.click('link');
  const other = await book.open(`ch06_uncertainty.html${new URL(page.url()).hash}`);
  const again = await figureOf(other, 'band');
  await again.shows('passes', '200');
  await again.shows('loss', loss);
  assert.equal(await again.element.locator('.handle').getAttribute('aria-label'), place);
  assert.deepEqual(other.complaints, []);
});

test('the band can be read at each x', async () => {
  const { page, figure } = await open();
  const plane = figure.element.getByRole('slider', { name: 'Mean and band at each x' });
  await plane.focus();
  await page.keyboard.press('Home');
  for (let i = 0; i < 10; i += 1) await page.keyboard.press('PageUp');
  assert.match(await plane.getAttribute('aria-valuetext'), /^x = 3\.00: truth −?0\.00, mean −?\d\.\d\d, 2s \d\.\d\d$/);
});

test('goes on when a sample has moved, from the state that it opened in', async () => {
  const { page, figure, handle } = await open();
  await handle.focus();
  await page.keyboard.press('ArrowUp');
  await figure.shows('step', '13000', 120_000);
  await shows(figure, expected.moved, 13_000);
});

test('trains for as long as the chapter, asks, and goes on when a sample has moved', async () => {
  const { page, figure, handle } = await openFresh();
  await figure.click('train');
  assert.equal(await figure.control('train').textContent(), 'Pause');
  await shows(figure, expected.trained, 10_000);
  assert.equal(await figure.control('train').textContent(), 'Train');
  assert.match(await figure.status.textContent(), /^10000 steps, 1000 passes\. Width of the band/);

  const before = await figure.element.locator('path.band').getAttribute('d');
  await handle.focus();
  await page.keyboard.press('ArrowUp');
  assert.deepEqual(await position(handle), twoDecimals(expected.moved.held));
  await figure.shows('step', '13000', 120_000);
  await shows(figure, expected.moved, 13_000);
  assert.notEqual(await figure.element.locator('path.band').getAttribute('d'), before);
  assert.match(page.url(), /ch06_uncertainty/);
  assert.deepEqual(page.complaints, []);
});

test('pauses, and trains on for 3000 steps after the first 10000', async () => {
  const { figure } = await openFresh();
  await figure.click('train');
  await figure.clickAbove('train', 'step', 100);
  assert.ok(Number(await figure.read('step')) < 10_000);
  await figure.click('train');
  await shows(figure, expected.trained, 10_000);
  await figure.click('train');
  await figure.shows('step', '13000', 120_000);
  await shows(figure, expected.more, 13_000);
});

test('another probability, another seed, and back', async () => {
  const { figure, handle } = await openFresh();
  await figure.slide('drop_prob', 0.15);
  await figure.click('ask');
  await shows(figure, expected.prob, 0);
  await figure.slide('drop_prob', 0.1);
  await figure.type('seed', 7);
  assert.deepEqual(await position(handle), twoDecimals(expected.seed.held));
  await figure.click('ask');
  await shows(figure, expected.seed, 0);
  await figure.click('reset');
  await figure.shows('passes', '0');
});

test('every arrow key moves the sample, while the network stays as it is', async () => {
  const { page, figure, handle } = await openFresh();
  await figure.control('follow').uncheck();
  await handle.focus();
  const [x, y] = expected.start.held;
  for (const [key, right, up] of [['ArrowUp', 0, 1], ['ArrowRight', 1, 1], ['ArrowDown', 1, 0], ['ArrowLeft', 0, 0]]) {
    await page.keyboard.press(key);
    const [foundX, foundY] = await position(handle);
    assert.ok(Math.abs(foundX - x - 0.1 * right) < 0.011 && Math.abs(foundY - y - 0.1 * up) < 0.011, `${key}: ${foundX}, ${foundY}`);
    assert.match(await figure.status.textContent(), /^The sample is at x = /);
  }
  // No further than the edge.
  for (let i = 0; i < 40; i += 1) await page.keyboard.press('ArrowUp');
  assert.equal((await position(handle))[1], 2.5);
  await figure.shows('step', '0');
});

test('another sample can be chosen', async () => {
  const { figure, handle } = await open();
  const seen = [];
  for (const sample of [1, 80]) {
    await figure.slide('sample', sample);
    assert.match(await handle.getAttribute('aria-label'), new RegExp(`^Sample ${sample} of 80`));
    seen.push((await position(handle))[0]);
  }
  assert.ok(seen[0] < -1.8 && seen[1] > 1.8, String(seen));
});

// From a sample to the middle of the gap.
const there = async figure => {
  const box = await figure.element.locator('.live .axis').first().boundingBox();
  return [box.x + ((0.5 + 3.1) / 6.2) * box.width, box.y + ((2.7 - 1) / 5.4) * box.height];
};

test('a sample is dragged by the mouse', async () => {
  const { page, figure, handle } = await openFresh();
  await figure.control('follow').uncheck();
  const from = await handle.boundingBox();
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  const [x, y] = await there(figure);
  await page.mouse.move(x, y, { steps: 4 });
  await page.mouse.up();
  await page.mouse.move(x - 80, y + 80);
  const found = await position(handle);
  assert.ok(Math.abs(found[0] - 0.5) < 0.03 && Math.abs(found[1] - 1) < 0.03, String(found));
  await figure.shows('step', '0');
});

test('and by a finger', async () => {
  const { page, figure, handle } = await openFresh({ hasTouch: true, viewport: { width: 400, height: 900 } });
  await figure.control('follow').uncheck();
  const client = await page.context().newCDPSession(page);
  const touch = (type, x, y) => client.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
  await handle.scrollIntoViewIfNeeded();
  const from = await handle.boundingBox();
  await touch('touchStart', from.x + from.width / 2, from.y + from.height / 2);
  const [x, y] = await there(figure);
  for (const part of [0.3, 0.7, 1]) await touch('touchMove', from.x + (x - from.x) * part, from.y + (y - from.y) * part);
  await touch('touchEnd');
  const found = await position(handle);
  assert.ok(Math.abs(found[0] - 0.5) < 0.06 && Math.abs(found[1] - 1) < 0.06, String(found));
});
