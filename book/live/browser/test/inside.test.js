// Figure "inside": every number and every formula, against the native crate's
// numbers and against what the chapter prints.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { useBook } from '../support/book.js';
import { expectedOf, figureOf } from '../support/figure.js';
import { ROOT } from '../support/places.js';

const book = useBook();
const { chapter, bold, wild } = expectedOf('inside');

// `chainrule --explain`: a name, the formula with the values put in, the result.
const printed = new Map(
  readFileSync(join(ROOT, 'tests/snapshots/ch02_backprop_explain.snap'), 'utf8')
    .split('\n')
    .map(line => line.match(/^ {2}(\S+) += (.+?) += +(\S+)$/))
    .filter(Boolean)
    .map(([, name, formula, result]) => [name, { formula, result }]),
);

const FORMULAS = [['z1'], ['a1'], ['z2'], ['J'], ['dz2'], ['dw2', 'db2'], ['da1'], ['dz1'], ['dw1', 'db1']];
const six = value => value.toFixed(6).replace('-', '−');
const isChosen = name => /^[xywb]/.test(name);

const open = async (options = {}) => {
  const page = await book.open('ch02_backprop.html', options);
  const figure = await figureOf(page, 'inside');
  const number = name => figure.element.locator(`[data-number="${name}"]`);
  // What each number on the drawing says, without its label.
  const seen = async () => {
    const all = await figure.element.locator('[data-number]').evaluateAll(elements =>
      elements.filter(element => element.style.display !== 'none').map(element => [element.dataset.number, element.textContent.split(' ')[1]]));
    return new Map(all);
  };
  return { page, figure, number, seen };
};

const value = text => Number(text.replace('−', '-'));

// The numbers that are seen are those of a pass, and those of its layers that
// are not yet computed are not seen.
const assertSeen = (seen, pass, taken, parameters = pass) => {
  const computed = FORMULAS.slice(0, taken).flat();
  for (const [name, expected] of Object.entries(pass)) {
    const stem = name.replace(/\[.*/, '');
    if (isChosen(name)) {
      assert.ok(Math.abs(value(seen.get(name)) - parameters[name]) < 5.1e-7, `${name}: ${seen.get(name)}`);
    } else if (computed.includes(stem)) {
      assert.equal(seen.get(name), six(expected), name);
    } else {
      assert.ok(!seen.has(name), `${name} is shown before its time`);
    }
  }
};

test('one formula after another, forward, then backward, then the update', async () => {
  const { page, figure, seen } = await open();
  await figure.shows('steps', '0');
  assertSeen(await seen(), chapter[0], 0);
  for (let taken = 1; taken <= 9; taken += 1) {
    await figure.click('next');
    assertSeen(await seen(), chapter[0], taken);
    await figure.shows('cost', taken >= 4 ? six(chapter[0].J) : '—');
  }
  await figure.click('next');
  assertSeen(await seen(), chapter[0], 9, chapter[1]);
  await figure.shows('steps', '1');
  await figure.shows('after', six(chapter[1].J));
  assert.match(await figure.status.textContent(), /^Update: .* J was 0\.603957 and is 0\.059389\.$/);
  // The next pass begins where the update has led.
  await figure.click('next');
  assertSeen(await seen(), chapter[1], 1);
  await figure.shows('after', '—');
  assert.deepEqual(page.complaints, []);
});

test('pointing at a number writes out what the chapter prints', async () => {
  const { figure, number } = await open();
  for (let i = 0; i < 9; i += 1) await figure.click('next');
  assert.equal(printed.size, 20);
  for (const [name, { formula, result }] of printed) {
    await number(name).hover();
    const written = await figure.read('formula');
    assert.ok(written.startsWith(`${name} = `) && written.endsWith(` = ${formula} = ${result}`), `${written} is not ${formula} = ${result}`);
    assert.equal(await number(name).getAttribute('aria-label'), written);
  }
});

test('a tap does too', async () => {
  const { figure, number } = await open({ hasTouch: true });
  for (let i = 0; i < 2; i += 1) await figure.click('next');
  await number('a1[2]').tap();
  assert.equal(await figure.read('formula'), 'a1[2] = σ(z1[2]) = σ(0.300000) = 0.574443');
});

test('the arrow keys go from number to number', async () => {
  const { page, figure, number } = await open();
  await figure.click('next');
  await figure.control('reset').focus();
  await page.keyboard.press('Tab');
  // The graph takes the focus once, at the number that is new.
  assert.equal(await page.evaluate(() => document.activeElement.dataset.number), 'z1[1]');
  assert.match(await figure.read('formula'), /^z1\[1\] = /);
  await page.keyboard.press('ArrowRight');
  const name = await page.evaluate(() => document.activeElement.dataset.number);
  assert.notEqual(name, 'z1[1]');
  assert.ok((await figure.read('formula')).startsWith(`${name} = `));
  await page.keyboard.press('ArrowLeft');
  assert.match(await figure.read('formula'), /^z1\[1\] = /);
  assert.equal(await figure.element.locator('[data-number][tabindex="0"]').count(), 1);
  assert.ok(await number('z1[1]').evaluate(element => getComputedStyle(element).outlineStyle !== 'none'));
  assert.match(page.url(), /ch02_backprop/);
});

test('a whole step, and another', async () => {
  const { figure, seen } = await open();
  await figure.click('whole');
  assertSeen(await seen(), chapter[0], 9, chapter[1]);
  await figure.click('whole');
  assertSeen(await seen(), chapter[1], 9, chapter[2]);
  await figure.shows('steps', '2');
  await figure.shows('cost', six(chapter[1].J));
  await figure.shows('after', six(chapter[2].J));
});

test('back, through the update of the step before', async () => {
  const { figure, seen } = await open();
  assert.ok(await figure.control('back').isDisabled());
  await figure.click('whole');
  await figure.click('next');
  assertSeen(await seen(), chapter[1], 1);
  await figure.click('back');
  assertSeen(await seen(), chapter[0], 9, chapter[1]);
  await figure.shows('steps', '1');
  await figure.click('back');
  assertSeen(await seen(), chapter[0], 9);
  await figure.shows('steps', '0');
  for (let taken = 8; taken >= 0; taken -= 1) {
    await figure.click('back');
    assertSeen(await seen(), chapter[0], taken);
  }
  assert.ok(await figure.control('back').isDisabled());
});

test('another learning rate, and back to the chapter’s weights', async () => {
  const { figure, seen } = await open();
  await figure.slide('rate', 1);
  await figure.click('whole');
  assertSeen(await seen(), bold[0], 9, bold[1]);
  await figure.shows('after', six(bold[1].J));
  await figure.slide('rate', 2);
  assert.match(await figure.read('formula'), / − 1\.0·/, 'the step that was taken was taken at 1');
  await figure.click('reset');
  assertSeen(await seen(), chapter[0], 0);
  await figure.click('whole');
  await figure.click('whole');
  assertSeen(await seen(), wild[1], 9, wild[2]);
});

test('on a narrow page the numbers are the same, and none covers another', async () => {
  for (const width of [400, 1200]) {
    const { figure, seen } = await open({ viewport: { width, height: 900 } });
    await figure.slide('rate', 2);
    await figure.click('whole');
    assertSeen(await seen(), wild[0], 9, wild[1]);
    const covered = await figure.element.locator('[data-number]').evaluateAll(elements => {
      const boxes = elements.map(element => [element.dataset.number, element.getBoundingClientRect()]);
      const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 6;
      return boxes.flatMap(([name, a], i) => boxes.slice(i + 1).filter(([, b]) => meet(a, b)).map(([other]) => `${name} and ${other}`));
    });
    assert.deepEqual(covered, [], `at ${width}`);
  }
});
