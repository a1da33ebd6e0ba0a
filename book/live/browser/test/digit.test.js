// Figure "digit": drawn by mouse, finger and keys, against the native crate's
// numbers.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { frames, useBook } from '../support/book.js';
import { expectedOf, figureOf } from '../support/figure.js';

const book = useBook();
const expected = expectedOf('digit');
const EXAMPLES = expected.examples;
const FIRST = 3; // the example that it opens with

const short = value => (value > 0.995 && value < 1 ? '>0.99' : value.toFixed(2));
const best = values => values.indexOf(Math.max(...values));
const answer = values => `${best(values)}, ${short(Math.max(...values))}`;
const band = ({ mean, spread }) => `${answer(mean)} ± ${spread[best(mean)].toFixed(2)}`;

const open = async (options = {}) => {
  const page = await book.open('ch08_digits.html', options);
  const figure = await figureOf(page, 'digit');
  return { page, figure, paper: figure.element.locator('.live .paper'), sheet: figure.element.locator('.live .sheet') };
};

// What the page shows of a drawing: its blocks, and the answers to them.
const shows = async (figure, drawing, dropout = false) => {
  await figure.shows('whole', answer(drawing.p));
  await figure.shows('passes', dropout ? band(drawing) : '—');
  const counts = await figure.element.locator('.live .count').allTextContents();
  assert.deepEqual(counts.map(Number), drawing.blocks);
  const values = dropout ? drawing.mean : drawing.p;
  for (const [digit, value] of values.entries()) await figure.shows(`probability-${digit}`, short(value));
};

// Where a place of the canvas is on the screen.
const place = async (sheet, [x, y]) => {
  const box = await sheet.boundingBox();
  return [box.x + (x * box.width) / 32, box.y + (y * box.height) / 32];
};

const SEVEN = [[[8.3, 4.4], [23.2, 4.4], [12.1, 28.3]], [[11.2, 16.3], [22.4, 16.3]]];

// A browser rounds where a mouse is, so here and there a cell is another.
const isNearly = async (figure, drawing) => {
  const counts = (await figure.element.locator('.live .count').allTextContents()).map(Number);
  const apart = counts.map((count, i) => Math.abs(count - drawing.blocks[i]));
  assert.ok(Math.max(...apart) <= 4, apart.join(' '));
  assert.equal((await figure.read('whole'))[0], String(best(drawing.p)));
};

const drawSeven = async (page, sheet) => {
  for (const [from, ...others] of SEVEN) {
    await page.mouse.move(...(await place(sheet, from)));
    await page.mouse.down();
    for (const to of others) await page.mouse.move(...(await place(sheet, to)));
    await page.mouse.up();
  }
};

test('opens with a digit of the data, and its answer', async () => {
  const { page, figure } = await open();
  await shows(figure, EXAMPLES[FIRST]);
  assert.equal(await figure.control('example').inputValue(), String(FIRST));
  assert.match(await figure.status.textContent(), /^The digit of the book\. The answer is 3,/);
  assert.deepEqual(page.complaints, []);
});

test('every example, without dropout and with it', async () => {
  const { page, figure } = await open();
  for (const dropout of [false, true]) {
    await figure.control('dropout').setChecked(dropout);
    for (const [digit, drawing] of EXAMPLES.entries()) {
      await figure.select('example', String(digit));
      await shows(figure, drawing, dropout);
      assert.match(await figure.status.textContent(), new RegExp(`^From the data: a ${digit}\\. The answer is ${best(dropout ? drawing.mean : drawing.p)}, with probability`));
    }
  }
  assert.deepEqual(page.complaints, []);
});

test('one example after another, and then what is no digit', async () => {
  const { figure } = await open();
  for (const digit of [4, 5, 6, 7, 8, 9]) {
    await figure.click('next');
    assert.equal(await figure.control('example').inputValue(), String(digit));
    await shows(figure, EXAMPLES[digit]);
  }
  await figure.click('next');
  assert.match(await figure.status.textContent(), /^No digit: /);
  assert.equal(await figure.control('example').inputValue(), 'H');
});

// What the page says of them.
test('of three that are no digits, dropout gives away two', async () => {
  const { figure } = await open();
  await figure.control('dropout').check();
  for (const [stranger, least, most] of [['H', 0.25, 0.5], ['heart', 0.25, 0.5], ['star', 0, 0.1]]) {
    await figure.select('example', stranger);
    const [, spread] = (await figure.read('passes')).match(/ ± ([\d.]+)$/);
    assert.ok(least <= Number(spread) && Number(spread) <= most, `${stranger}: ${spread}`);
  }
});

test('a mouse draws a 7', async () => {
  const { page, figure, sheet } = await open();
  await figure.click('clear');
  await shows(figure, expected.empty);
  assert.match(await figure.status.textContent(), /^The canvas is empty\. Nothing is drawn, and even so the answer is/);
  await drawSeven(page, sheet);
  await isNearly(figure, expected.seven);
  assert.match(await figure.status.textContent(), new RegExp(`^The answer is ${best(expected.seven.p)}, `));
  assert.deepEqual(page.complaints, []);
});

test('so does it on a telephone, where a finger draws and the page stays', async () => {
  const { page, figure, sheet } = await open({ viewport: { width: 400, height: 800 }, hasTouch: true });
  await figure.click('clear');
  await drawSeven(page, sheet);
  await isNearly(figure, expected.seven);
  await figure.click('clear');
  await sheet.scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => window.scrollY);
  const session = await page.context().newCDPSession(page);
  const touch = async (type, at) => {
    const points = at ? [await place(sheet, at)] : [];
    await session.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y]) => ({ x, y })) });
  };
  for (const [from, ...others] of SEVEN) {
    await touch('touchStart', from);
    for (const to of others) await touch('touchMove', to);
    await touch('touchEnd');
  }
  await shows(figure, expected.seven);
  await figure.control('dropout').check();
  await shows(figure, expected.seven, true);
  await figure.control('dropout').uncheck();
  await shows(figure, expected.seven);
  assert.equal(await page.evaluate(() => window.scrollY), before);
});

test('a click alone is a point, and another button does nothing', async () => {
  const { page, figure, sheet } = await open();
  await figure.click('clear');
  await page.mouse.click(...(await place(sheet, [8.3, 8.4])), { button: 'right' });
  await shows(figure, expected.empty);
  await page.keyboard.press('Escape');
  await page.mouse.click(...(await place(sheet, [8.3, 8.4])));
  await isNearly(figure, expected.point);
  const counts = (await figure.element.locator('.live .count').allTextContents()).map(Number);
  assert.ok(counts.some(count => count > 0));
});

// From the last of the controls into the canvas.
const tabIntoCanvas = async (page, figure) => {
  await figure.control('link').focus();
  await page.keyboard.press('Tab');
  assert.ok(await page.evaluate(() => document.activeElement.classList.contains('paper')));
};

const press = async (page, key, times) => {
  for (let i = 0; i < times; i += 1) await page.keyboard.press(key);
};

test('by keys alone', async () => {
  const { page, figure, paper } = await open();
  await figure.click('clear');
  await tabIntoCanvas(page, figure);
  assert.match(await paper.getAttribute('aria-label'), /Arrow keys move the pen/);
  assert.notEqual(await paper.evaluate(element => getComputedStyle(element).outlineStyle), 'none');
  const pen = figure.element.locator('.live .pen');
  assert.ok(await pen.isVisible());

  const scrolled = await page.evaluate(() => window.scrollY);

  // From the middle to the top, without drawing.
  await press(page, 'Shift+ArrowUp', 3);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowDown');
  await shows(figure, expected.empty);
  await page.keyboard.press('Space');
  assert.equal(await figure.status.textContent(), 'The pen is down, at row 4, column 17.');
  await page.keyboard.press('ArrowDown');
  await press(page, 'Shift+ArrowDown', 5);
  await press(page, 'ArrowDown', 3);
  await page.keyboard.press('Space');
  assert.match(await figure.status.textContent(), /^The pen is lifted, at row 28, column 17\. The answer is/);
  // The line of the native crate begins a cell lower.
  const counts = (await figure.element.locator('.live .count').allTextContents()).map(Number);
  assert.ok(counts[4] > expected.line.blocks[4]);

  // What is moved with the pen up draws nothing; Delete clears.
  await press(page, 'Shift+ArrowLeft', 2);
  assert.deepEqual((await figure.element.locator('.live .count').allTextContents()).map(Number), counts);
  await page.keyboard.press('Delete');
  await shows(figure, expected.empty);

  // No further than the edge, and the very line.
  await press(page, 'Shift+ArrowUp', 9);
  await press(page, 'Shift+ArrowLeft', 9);
  await press(page, 'Shift+ArrowDown', 1);
  await press(page, 'Shift+ArrowRight', 4);
  await page.keyboard.press('Space');
  await press(page, 'ArrowDown', 23);
  await page.keyboard.press('Escape');
  await shows(figure, expected.line);
  // Keys that draw do not turn the page, nor move it.
  assert.match(page.url(), /ch08_digits/);
  assert.equal(await page.evaluate(() => window.scrollY), scrolled);
});

test('the pen is lifted when the focus goes', async () => {
  const { page, figure } = await open();
  const counts = () => figure.element.locator('.live .count').allTextContents();
  await tabIntoCanvas(page, figure);
  await page.keyboard.press('Delete');
  await page.keyboard.press('Space');
  const point = await counts();
  await tabIntoCanvas(page, figure);
  await press(page, 'ArrowDown', 3);
  assert.deepEqual(await counts(), point);
});

test('what is drawn on an example is no example any more', async () => {
  const { page, figure } = await open();
  await tabIntoCanvas(page, figure);
  assert.equal(await figure.control('example').inputValue(), String(FIRST));
  await page.keyboard.press('Space');
  assert.equal(await figure.control('example').inputValue(), '');
});

test('another answer is said once it has lasted, and not cell by cell', async () => {
  const { page, figure } = await open();
  await figure.click('clear');
  await page.evaluate(() => {
    window.heard = [];
    const status = document.querySelector('live-figure[name="digit"] [role="status"]');
    new MutationObserver(() => window.heard.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
  });
  await tabIntoCanvas(page, figure);
  // Time goes on as it is told to, so that no press takes longer than another.
  await page.clock.install();
  await press(page, 'Shift+ArrowUp', 3);
  await page.keyboard.press('Space');
  for (let i = 0; i < 24; i += 1) {
    await page.keyboard.press('ArrowDown');
    await page.clock.runFor(40);
  }
  await page.clock.runFor(900);
  const heard = await page.evaluate(() => window.heard);
  assert.ok(heard.length <= 3, heard.join('\n'));
  assert.match(heard.at(-1), /^The answer is \d/);
});

test('the label of the drawing says what is seen', async () => {
  const { figure } = await open();
  const stage = figure.element.locator('.live .live-stage');
  assert.match(await stage.getAttribute('aria-label'), new RegExp(`The answer is ${best(EXAMPLES[FIRST].p)}`));
  await figure.control('dropout').check();
  assert.match(await stage.getAttribute('aria-label'), /± \d\.\d\d over 50 passes; with all units on it is/);
});

test('with dropout each pass has its mark, and each bar its spread', async () => {
  const { figure } = await open();
  const marks = () => figure.element.locator('.live .answer .each').evaluateAll(paths => paths.map(path => (path.getAttribute('d').match(/M/g) ?? []).length));
  assert.deepEqual(await marks(), Array(10).fill(0));
  await figure.select('example', 'star');
  await figure.control('dropout').check();
  assert.deepEqual(await marks(), Array(10).fill(50));
  await figure.select('example', '8');
  const { mean, spread } = EXAMPLES[8];
  const found = await figure.element.locator('.live .answer').nth(8).evaluate(group => {
    const bar = group.querySelector('.bar');
    const [, from, to] = group.querySelector('.whisker').getAttribute('d').match(/^M([\d.]+) [\d.]+H([\d.]+)/).map(Number);
    const start = Number(bar.getAttribute('x'));
    return { width: Number(bar.getAttribute('width')), from: from - start, to: to - start };
  });
  const one = found.width / mean[8];
  assert.ok(Math.abs(found.from / one - Math.max(0, mean[8] - spread[8])) < 0.01, JSON.stringify(found));
  assert.ok(Math.abs(found.to / one - Math.min(1, mean[8] + spread[8])) < 0.01, JSON.stringify(found));
});

test('nothing moves below it while one draws', async () => {
  const { page, figure, sheet } = await open();
  await figure.control('dropout').check();
  const height = () => figure.element.locator('.live').evaluate(live => live.getBoundingClientRect().height);
  const before = await height();
  for (const [from, ...others] of SEVEN) {
    await page.mouse.move(...(await place(sheet, from)));
    await page.mouse.down();
    for (const to of others) {
      await page.mouse.move(...(await place(sheet, to)), { steps: 6 });
      await frames(page, 1);
      assert.equal(await height(), before);
    }
    await page.mouse.up();
  }
});

test('weights are on the pages that need them alone', async () => {
  const files = ['ch06_uncertainty', 'ch08_digits', 'title'];
  for (const path of [...files, 'ch01_dropout', 'ch04_regularize']) {
    const page = await book.open(`${path}.html`);
    for (const file of files) {
      const count = await page.locator(`script[src*="${file}-"]`).count();
      assert.equal(count, file === path ? 1 : 0, `${file} on ${path}`);
    }
  }
});

test('the digit of the book is back at one press', async () => {
  const { figure } = await open();
  await figure.select('example', 'star');
  await figure.control('dropout').check();
  await figure.click('book');
  await shows(figure, EXAMPLES[FIRST]);
  assert.ok(!(await figure.control('dropout').isChecked()));
});

test('a link leads to the same strokes, and to dropout', async () => {
  const { page, figure, sheet } = await open();
  await figure.click('clear');
  for (const [from, ...others] of SEVEN) {
    await page.mouse.move(...(await place(sheet, from)));
    await page.mouse.down();
    for (const to of others) await page.mouse.move(...(await place(sheet, to)));
    await page.mouse.up();
  }
  await figure.control('dropout').check();
  const ink = await figure.element.locator('.live .paper path.data').getAttribute('d');
  const said = await figure.read('passes');
  await figure.click('link');
  const other = await book.open(`ch08_digits.html${new URL(page.url()).hash}`);
  const again = await figureOf(other, 'digit');
  assert.equal(await again.element.locator('.live .paper path.data').getAttribute('d'), ink);
  assert.equal(await again.read('passes'), said);
  assert.deepEqual(other.complaints, []);
});

test('weights that are none leave the drawing', async () => {
  const page = await book.open('ch08_digits.html', {
    prepare: `window.liveFiles = {};
      Object.defineProperty(window.liveFiles, 'weights', { get: () => '${gzipSync(Buffer.alloc(3)).toString('base64')}', set() {} });`,
  });
  await page.locator('live-figure[data-state="failed"]').waitFor();
  assert.ok(await page.locator('live-figure figure > svg').isVisible());
});
