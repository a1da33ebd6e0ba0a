// Figure "descent": every control, against the native crate's numbers.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { useBook } from '../support/book.js';
import { digits, expectedOf, figureOf } from '../support/figure.js';

const book = useBook();
const expected = expectedOf('descent');

const open = async (path = 'ch02_backprop.html', options = {}) => {
  const page = await book.open(path, options);
  const figure = await figureOf(page, 'descent');
  await figure.click('reset');
  return { page, figure };
};

const rises = losses => losses.slice(1).filter((loss, i) => loss > losses[i]).length;

// What the page shows after so many steps of a run.
const shows = async (figure, { losses }, steps) => {
  await figure.shows('step', String(steps));
  await figure.shows('loss', digits(losses[steps]));
  await figure.shows('rises', `${rises(losses.slice(0, steps + 1))} of ${steps} steps`);
};

const showsEnd = async (figure, run) => {
  await shows(figure, run, run.losses.length - 1);
  await figure.shows('answer', digits(run.answer));
};

test('starts in the middle of the run that the chapter shows', async () => {
  for (const [path, run, steps] of [['ch02_backprop.html', 'played', 600], ['ch03_network.html', 'stuck', 2000]]) {
    const figure = await figureOf(await book.open(path), 'descent');
    await shows(figure, expected[run], steps);
  }
});

test('the run of the book is back at one press', async () => {
  const { figure } = await open();
  await figure.slide('width', 26);
  await figure.type('seed', 7);
  await figure.select('rate', '0.1');
  await figure.control('log').uncheck();
  await figure.click('book');
  await shows(figure, expected.played, 600);
  assert.match(await figure.status.textContent(), /^The run of the book, after 600 steps/);
  assert.deepEqual(await Promise.all(['width', 'seed', 'rate'].map(name => figure.control(name).inputValue())), ['25', '2', '0.3']);
  assert.ok(await figure.control('log').isChecked());
});

// A sample that two presses of a key move down by 4.
const moveSample = async ({ page, figure }) => {
  await figure.slide('sample', 26);
  await figure.element.locator('.handle').focus();
  for (const key of ['ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
  assert.match(await figure.element.locator('.handle').getAttribute('aria-label'), /^Sample 26 of 100, at x = 0\.25, y = 16\.00\./);
};

test('a sample moves by the arrow keys, and is trained on', async () => {
  const { page, figure } = await open();
  await figure.click('hundred');
  await figure.shows('step', '100');
  await moveSample({ page, figure });
  assert.match(await figure.status.textContent(), /^From step 100 on, the sample is at x = 0\.25, y = 16\.00/);
  await figure.click('hundred');
  await figure.shows('step', '200');
  await figure.shows('loss', digits(expected.moved.loss));
  assert.equal(await figure.element.locator('.change').count(), 1);
  assert.match(page.url(), /ch02_backprop/);
  assert.deepEqual(page.complaints, []);
});

test('and by the mouse', async () => {
  const { page, figure } = await open();
  const handle = figure.element.locator('.handle');
  const { x, y, width, height } = await handle.boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2, y + height / 2 + 40, { steps: 4 });
  await page.mouse.up();
  const after = await handle.boundingBox();
  assert.ok(Math.abs(after.y - y - 40) < 1.5 && Math.abs(after.x - x) < 1.5, `${after.x - x}, ${after.y - y}`);
  assert.match(await figure.status.textContent(), /^From step 0 on, the sample is at/);
});

test('a link leads to the same run, with all that was changed in it', async () => {
  const { page, figure } = await open();
  await figure.click('hundred');
  await figure.shows('step', '100');
  await moveSample({ page, figure });
  await figure.click('hundred');
  await figure.shows('step', '200');
  await figure.select('rate', '0.1');
  await figure.click('hundred');
  await figure.shows('step', '300');
  const loss = await figure.read('loss');
  await figure.click('link');
  assert.match(page.url(), /#live-descent\?.*changes=100\*move\*25\*0\.25\*16_200\*rate\*0\.1$/);
  const other = await book.open(`ch02_backprop.html${new URL(page.url()).hash}`);
  const again = await figureOf(other, 'descent');
  await again.shows('step', '300');
  await again.shows('loss', loss);
  assert.equal(await again.control('rate').inputValue(), '0.1');
  assert.equal(await again.element.locator('.change').count(), 2);
  assert.deepEqual(other.complaints, []);
});

test('a link that somebody has spoilt leads to what is left of it', async () => {
  const hash = '#live-descent?width=1e9&seed=-3&rate=7&activation=step&steps=x&changes=5*move*9*9*9_a*b_7*rate*7_*_8*move*200*0*0&scale=2';
  const page = await book.open(`ch02_backprop.html${hash}`);
  const figure = await figureOf(page, 'descent');
  await shows(figure, expected.played, 600);
  assert.deepEqual(page.complaints, []);
});

test('the loss at a step can be read, on either scale', async () => {
  const { page, figure } = await open();
  await figure.click('hundred');
  await figure.shows('step', '100');
  const plane = figure.element.getByRole('slider', { name: 'The loss at each step' });
  await plane.focus();
  await page.keyboard.press('Home');
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('ArrowRight');
  const words = `step 3: ${digits(expected.steps.losses[3], 4)}`;
  assert.equal(await plane.getAttribute('aria-valuetext'), words);
  assert.ok(await figure.element.getByText(words, { exact: true }).isVisible());
  const before = await figure.element.locator('.live path.training').getAttribute('d');
  await figure.control('log').uncheck();
  assert.notEqual(await figure.element.locator('.live path.training').getAttribute('d'), before);
  assert.match(await plane.getAttribute('aria-valuetext'), /^step 3: /);
});

test('one step, and a hundred', async () => {
  const { page, figure } = await open();
  await shows(figure, expected.steps, 0);
  await figure.click('step');
  await shows(figure, expected.steps, 1);
  await figure.click('hundred');
  await showsEnd(figure, expected.steps);
  assert.deepEqual(page.complaints, []);
});

test('plays and pauses at the edge of stability, with the same losses', async () => {
  const { figure } = await open();
  await figure.click('play');
  assert.equal(await figure.control('play').textContent(), 'Pause');
  await figure.clickAbove('play', 'step', 400);
  assert.equal(await figure.control('play').textContent(), 'Play');
  const steps = Number(await figure.read('step'));
  await shows(figure, expected.played, steps);
  assert.match(await figure.status.textContent(), new RegExp(`^Paused after step ${steps}, at a loss of `));
});

test('draws every step: each loss is a corner of the curve', async () => {
  const { figure } = await open();
  await figure.click('hundred');
  await figure.shows('step', '100');
  const path = await figure.element.locator('.live path.training').getAttribute('d');
  const heights = [...path.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(match => Number(match[1]));
  assert.equal(heights.length, 101);
  // The axis is logarithmic: heights are log losses, up to a tenth of a unit.
  const logs = expected.steps.losses.slice(0, 101).map(Math.log10);
  const slope = (heights[50] - heights[0]) / (logs[50] - logs[0]);
  logs.forEach((log, i) => {
    const place = heights[0] + slope * (log - logs[0]);
    assert.ok(Math.abs(heights[i] - place) < 0.5, `step ${i}: ${heights[i]}, not ${place}`);
  });
});

test('the speed says how many steps a frame may take', async () => {
  for (const [speed, most] of [['1', 1], ['10', 10], ['Infinity', Infinity]]) {
    const { page, figure } = await open();
    await page.evaluate(() => {
      window.asked = [];
      const { workFor } = Live;
      Live.workFor = (budget, now, most, work) => {
        window.asked.push(most);
        return workFor(budget, now, most, work);
      };
    });
    await figure.select('speed', speed);
    await figure.click('play');
    await figure.clickAbove('play', 'step', 5);
    const asked = await page.evaluate(() => window.asked.map(String));
    assert.deepEqual(new Set(asked), new Set([String(most)]));
    const steps = Number(await figure.read('step'));
    if (speed === '1') assert.equal(steps, asked.length);
    else assert.ok(steps > asked.length && steps <= most * asked.length);
    if (steps < expected.played.losses.length) await shows(figure, expected.played, steps);
    await page.context().close();
  }
});

test('another width', async () => {
  const { figure } = await open();
  await figure.slide('width', 26);
  await shows(figure, expected.width, 0);
  await figure.click('hundred');
  await showsEnd(figure, expected.width);
});

test('another learning rate, in the middle of a run', async () => {
  const { figure } = await open();
  await figure.click('step');
  await figure.shows('step', '1');
  await figure.select('rate', '0.1');
  await figure.click('hundred');
  await showsEnd(figure, expected.rate);
});

test('another activation', async () => {
  for (const [activation, rate] of [['tanh', '0.03'], ['relu', '0.01']]) {
    const { figure } = await open();
    await figure.select('activation', activation);
    await figure.select('rate', rate);
    await figure.click('hundred');
    await showsEnd(figure, expected[activation]);
  }
});

test('another seed, and back to the start', async () => {
  const { figure } = await open();
  await figure.type('seed', 7);
  await figure.click('hundred');
  await showsEnd(figure, expected.seed);
  await figure.click('reset');
  await shows(figure, expected.seed, 0);
});

test('in chapter 3 it is the run that gets stuck', async () => {
  const { page, figure } = await open('ch03_network.html');
  await shows(figure, expected.stuck, 0);
  await figure.click('hundred');
  await shows(figure, expected.stuck, 100);
  assert.deepEqual(page.complaints, []);
});

test('a run that diverges says so, and can be started again', async () => {
  const { figure } = await open();
  await figure.select('activation', 'tanh');
  await figure.click('play');
  const { steps } = expected.diverging;
  await figure.element.locator('[role="status"]', { hasText: `Diverged after step ${steps}:` }).waitFor();
  await figure.shows('step', String(steps));
  assert.equal(await figure.control('play').textContent(), 'Play');
  await figure.click('reset');
  await figure.shows('step', '0');
});
