// Figure "regularize": every control, against the native crate's numbers.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { useBook } from '../support/book.js';
import { digits, expectedOf, figureOf } from '../support/figure.js';

const book = useBook();
const expected = expectedOf('regularize');

const open = async (options = {}) => {
  const page = await book.open('ch04_regularize.html', options);
  return { page, figure: await figureOf(page, 'regularize') };
};

// A run that has not begun, without dropout.
const openFresh = async (options = {}) => {
  const { page, figure } = await open(options);
  await figure.control('dropout').uncheck();
  await figure.click('reset');
  return { page, figure };
};

// What the page shows after so many steps of a run.
const shows = async (figure, run, steps, units = 50) => {
  const { training, heldOut, masked, dropped } = run[steps];
  await figure.shows('step', String(steps));
  await figure.shows('training', digits(training));
  await figure.shows('held-out', digits(heldOut));
  await figure.shows('masked', steps ? digits(masked) : '—');
  await figure.shows('dropped', `${dropped} of ${15 * units}`);
};

// How many squares are drawn in each of the two shades.
const squares = figure => figure.element.locator('.live path.unit').evaluateAll(paths =>
  paths.map(path => (path.getAttribute('d').match(/M/g) ?? []).length));

// The switch at step 6000, and what has come of it.
const showsLate = async figure => {
  const { training, heldOut, masked, dropped } = expected.late;
  await figure.shows('step', '12000');
  await figure.shows('training', digits(training));
  await figure.shows('held-out', digits(heldOut));
  await figure.shows('masked', digits(masked));
  await figure.shows('dropped', `${dropped} of 750`);
  assert.equal(await figure.element.locator('.spells rect').count(), 1);
  assert.equal(await figure.element.locator('.change').count(), 1);
  assert.ok(await figure.control('dropout').isChecked());
};

test('opens with the late switch drawn', async () => {
  const { page, figure } = await open();
  await showsLate(figure);
  assert.deepEqual(page.complaints, []);
});

test('the run of the book is back at one press', async () => {
  const { figure } = await openFresh();
  await figure.slide('width', 10);
  await figure.type('seed', 7);
  await figure.click('book');
  await showsLate(figure);
  assert.equal(await figure.control('seed').inputValue(), '16');
});

test('a link leads to the same run, with its switches', async () => {
  const { page, figure } = await openFresh();
  await figure.click('thousand');
  await figure.shows('step', '1000');
  await figure.control('dropout').check();
  await figure.click('thousand');
  await figure.shows('step', '2000');
  await figure.control('dropout').uncheck();
  await figure.click('step');
  await shows(figure, expected.switched, 2001);
  await figure.click('link');
  const other = await book.open(`ch04_regularize.html${new URL(page.url()).hash}`);
  const again = await figureOf(other, 'regularize');
  await shows(again, expected.switched, 2001);
  assert.ok(!(await again.control('dropout').isChecked()));
});

test('both errors at a step can be read, on either scale', async () => {
  const { page, figure } = await openFresh();
  await figure.click('thousand');
  await figure.shows('step', '1000');
  const plane = figure.element.getByRole('slider', { name: 'Both errors at each step' });
  await plane.focus();
  await page.keyboard.press('Home');
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('ArrowRight');
  const { training, heldOut } = expected.plain[200];
  assert.equal(await plane.getAttribute('aria-valuetext'), `step 200: training ${digits(training, 3)}, held out ${digits(heldOut, 3)}`);
  const before = await figure.element.locator('.live path.training').getAttribute('d');
  await figure.control('log').check();
  assert.notEqual(await figure.element.locator('.live path.training').getAttribute('d'), before);
});

test('one step, and a thousand', async () => {
  const { page, figure } = await openFresh();
  await shows(figure, expected.plain, 0);
  await figure.click('step');
  await shows(figure, expected.plain, 1);
  await figure.click('thousand');
  await shows(figure, expected.plain, 1001);
  assert.deepEqual(await squares(figure), [750, 0]);
  assert.deepEqual(page.complaints, []);
});

test('plays and pauses, with the same errors', async () => {
  const { figure } = await openFresh();
  await figure.click('play');
  assert.equal(await figure.control('play').textContent(), 'Pause');
  await figure.clickAbove('play', 'step', 200);
  const steps = Number(await figure.read('step'));
  await shows(figure, expected.plain, steps);
  assert.match(await figure.status.textContent(), new RegExp(`^Paused after step ${steps}: training error`));
});

test('dropout is switched on in the middle of a run, and off again', async () => {
  const { figure } = await openFresh();
  const shades = figure.element.locator('.spells rect');
  await figure.click('thousand');
  await figure.shows('step', '1000');
  assert.equal(await shades.count(), 0);
  await figure.control('dropout').check();
  assert.match(await figure.status.textContent(), /From step 1000 on, each unit is dropped with probability 0\.20/);
  await figure.click('thousand');
  await shows(figure, expected.switched, 2000);
  const { dropped } = expected.switched[2000];
  assert.deepEqual(await squares(figure), [750 - dropped, dropped]);
  await figure.control('dropout').uncheck();
  await figure.click('step');
  await shows(figure, expected.switched, 2001);
  assert.deepEqual(await squares(figure), [750, 0]);
  // The steps with dropout are shaded: a quarter of an axis that ends at 6000
  // lies between them.
  assert.equal(await shades.count(), 1);
  const [width, all] = await figure.element.locator('.spells').evaluate(group => [
    group.firstChild.width.baseVal.value,
    (group.parentNode.querySelector('.axis').getBBox().width * 1000) / 6000,
  ]);
  assert.ok(Math.abs(width - all) < 0.2, `${width}, not ${all}`);
});

test('dropped units fade', async () => {
  const { figure } = await openFresh();
  await figure.control('dropout').check();
  await figure.click('step');
  await figure.shows('step', '1');
  const opacities = await figure.element.locator('.live path.unit').evaluateAll(paths => paths.map(path => Number(getComputedStyle(path).opacity)));
  assert.ok(opacities[0] === 1 && opacities[1] < 0.5, String(opacities));
});

test('from the start of a run', async () => {
  const { figure } = await openFresh();
  await figure.control('dropout').check();
  await figure.click('thousand');
  await shows(figure, expected['from the start'], 1000);
  await figure.click('reset');
  await shows(figure, expected.plain, 0);
  assert.ok(await figure.control('dropout').isChecked());
});

test('another probability, from one step to the next', async () => {
  const { figure } = await openFresh();
  await figure.slide('drop_prob', 0.5);
  assert.match(await figure.status.textContent(), /once dropout is switched on/);
  await figure.control('dropout').check();
  await figure.click('step');
  await shows(figure, expected.half, 1);
  await figure.slide('drop_prob', 0.8);
  await figure.click('step');
  await shows(figure, expected.half, 2);
});

test('another width', async () => {
  const { figure } = await openFresh();
  await figure.slide('width', 10);
  await shows(figure, expected.narrow, 0, 10);
  await figure.click('step');
  await shows(figure, expected.narrow, 1, 10);
  await figure.slide('width', 100);
  await figure.slide('drop_prob', 0.8);
  await figure.control('dropout').check();
  await figure.click('thousand');
  await shows(figure, expected.wide, 1000, 100);
});

test('another seed, and none', async () => {
  const { figure } = await openFresh();
  await figure.type('seed', 7);
  await figure.click('thousand');
  await shows(figure, expected.seed, 1000);
  await figure.type('seed', '-1');
  assert.match(await figure.status.textContent(), /it is still 7/);
  await shows(figure, expected.seed, 1000);
});

test('both curves end at what the readings say', async () => {
  const { figure } = await openFresh();
  await figure.click('thousand');
  await figure.shows('step', '1000');
  const heights = await figure.element.locator('.live').evaluate(live => {
    const end = name => Number(live.querySelector(`path.${name}`).getAttribute('d').match(/([\d.]+)$/)[1]);
    const grid = [...live.querySelectorAll('.plot')[1].querySelectorAll('.grid')].filter(line => line.getAttribute('y1') === line.getAttribute('y2'));
    const ys = grid.map(line => Number(line.getAttribute('y1')));
    const [bottom, top] = [Math.max(...ys), Math.min(...ys)];
    return ['training', 'held-out'].map(name => (60 * (bottom - end(name))) / (bottom - top));
  });
  const { training, heldOut } = expected.plain[1000];
  assert.ok(Math.abs(heights[0] - training) < 0.1 && Math.abs(heights[1] - heldOut) < 0.1, `${heights}, not ${training}, ${heldOut}`);
});
