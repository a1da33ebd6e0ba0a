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
const { chapter, bold, wild, two } = expectedOf('inside');

// `chainrule --explain`: a name, the formula with the values put in, the result.
const printedBy = name => new Map(
  readFileSync(join(ROOT, `tests/snapshots/${name}.snap`), 'utf8')
    .split('\n')
    .map(line => line.match(/^ {2}(\S+) += (.+?) += +(\S+)$/))
    .filter(Boolean)
    .map(([, name, formula, result]) => [name, { formula, result }]),
);
const printed = printedBy('ch02_backprop_explain');

const FORMULAS = [['z1'], ['a1'], ['z2'], ['J'], ['dz2'], ['dw2', 'db2'], ['da1'], ['dz1'], ['dw1', 'db1']];
const decimal = (value, decimals) => value.toFixed(decimals).replace('-', '−');
const six = value => decimal(value, 6);
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
const assertSeen = (seen, pass, taken, parameters = pass, decimals = 6) => {
  const computed = FORMULAS.slice(0, taken).flat();
  for (const [name, expected] of Object.entries(pass)) {
    const stem = name.replace(/\[.*/, '');
    if (isChosen(name)) {
      assert.ok(Math.abs(value(seen.get(name)) - parameters[name]) < 0.51 * 10 ** -decimals, `${name}: ${seen.get(name)}`);
    } else if (computed.includes(stem)) {
      assert.equal(seen.get(name), decimal(expected, decimals), name);
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
  await figure.control('link').focus();
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
});

test('back keeps the focus where there is nothing to go back to', async () => {
  const { page, figure, seen } = await open();
  await figure.click('next');
  await figure.control('back').focus();
  const focused = () => page.evaluate(() => document.activeElement.dataset.control);
  for (let i = 0; i < 3; i += 1) {
    await page.keyboard.press('Enter');
    assert.equal(await focused(), 'back');
  }
  assertSeen(await seen(), chapter[0], 0);
  assert.equal(await figure.control('back').getAttribute('aria-disabled'), 'true');
  assert.equal(await figure.status.textContent(), 'This is where the example begins.');
});

test('the slider goes to any formula, on and back', async () => {
  const { figure, seen } = await open();
  for (const taken of [7, 2, 9, 0, 4]) {
    await figure.slide('formula', taken);
    assertSeen(await seen(), chapter[0], taken);
    const lit = figure.element.locator('.worked-formulas [aria-current="step"]');
    assert.equal(await lit.count(), taken ? 1 : 0);
    if (taken) assert.ok((await lit.textContent()).startsWith(`${FORMULAS[taken - 1][0]} = `));
  }
  await figure.slide('formula', 10);
  assertSeen(await seen(), chapter[0], 9, chapter[1]);
  await figure.shows('after', six(chapter[1].J));
  // The update is taken back.
  await figure.slide('formula', 9);
  assertSeen(await seen(), chapter[0], 9);
  await figure.shows('steps', '0');
  await figure.shows('after', '—');
});

test('each formula says which way it goes, and stands beside lines of the page', async () => {
  const { page, figure } = await open();
  for (let taken = 1; taken <= 10; taken += 1) {
    await figure.slide('formula', taken);
    const way = taken <= 4 ? 'Forward, ' : taken <= 9 ? 'Backward, ' : 'Update: ';
    assert.ok((await figure.status.textContent()).startsWith(way));
  }
  const listings = await page.locator('main pre code').allTextContents();
  const quoted = await figure.element.locator('.worked-formulas code').allTextContents();
  assert.equal(quoted.length, 11);
  for (const line of quoted) {
    assert.ok(line.endsWith(';') || line.startsWith('Ok('), `${line} is cut`);
    assert.ok(listings.some(listing => listing.includes(line)), `${line} is not on the page`);
  }
});

test('lanes are as thick as what they carry, and show when they carry it', async () => {
  const { figure } = await open();
  const lanes = way => figure.element.locator(`.live-stage .lane.${way}`).evaluateAll(all =>
    all.map(lane => ({
      carries: lane.style.display !== 'none' && !lane.classList.contains('waiting'),
      below: lane.classList.contains('below-zero'),
      width: Number(lane.querySelector('.line').getAttribute('stroke-width')),
    })));
  const carrying = async way => (await lanes(way)).filter(lane => lane.carries).length;
  for (const [taken, forward, backward] of [[0, 0, 0], [1, 4, 0], [3, 6, 0], [4, 7, 0], [5, 7, 1], [6, 7, 3], [7, 7, 3], [9, 7, 7]]) {
    await figure.slide('formula', taken);
    assert.deepEqual([await carrying('forward'), await carrying('backward')], [forward, backward], `formula ${taken}`);
  }
  const [from1, from2] = (await lanes('backward')).slice(4, 6);
  const [da1, da2] = [chapter[0]['da1[1]'], chapter[0]['da1[2]']];
  assert.ok(Math.abs(from2.width / from1.width - Math.abs(da2 / da1)) < 1e-9);
  assert.deepEqual([from1.below, from2.below], [true, false]);
});

test('choosing a number frames those that it is made of', async () => {
  const { figure, number } = await open();
  await figure.slide('formula', 9);
  const framed = async () => {
    const names = await figure.element.locator('.mark.feeds').evaluateAll(frames => frames.map(frame => frame.nextElementSibling.dataset.number));
    return names.sort();
  };
  const made = [
    ['z1[1]', ['b1[1]', 'w1[1,1]', 'w1[1,2]', 'x[1]', 'x[2]'], ['forward', 2]],
    ['dz1[2]', ['a1[2]', 'da1[2]'], ['forward', 0]],
    ['da1[1]', ['dz2', 'w2[1]'], ['backward', 1]],
    ['dw2[1]', ['a1[1]', 'dz2'], ['backward', 1]],
    ['w2[1]', [], ['forward', 0]],
  ];
  for (const [name, from, [way, count]] of made) {
    await number(name).hover();
    assert.deepEqual(await framed(), from, name);
    assert.equal(await figure.element.locator(`.lane.along.${way}`).count(), count, name);
    assert.deepEqual((await figure.read('fed')).split(', ').sort(), from.length ? from : ['—']);
  }
  // After the update a weight is made of its derivative.
  await figure.slide('formula', 10);
  await number('w2[2]').hover();
  assert.deepEqual(await framed(), ['dw2[2]']);
});

test('it plays by itself, pauses, and ends with the update', async () => {
  const { page, figure, seen } = await open({ reducedMotion: 'reduce' });
  await page.clock.install();
  await figure.click('play');
  for (let taken = 1; taken <= 3; taken += 1) {
    await page.clock.runFor(taken === 1 ? 100 : 3300);
    assertSeen(await seen(), chapter[0], taken);
  }
  assert.equal(await figure.control('play').textContent(), 'Pause');
  assert.equal(await figure.element.locator('.drop').count(), 0, 'nothing travels for a reader who asked for stillness');
  await figure.click('play');
  await page.clock.runFor(10_000);
  assertSeen(await seen(), chapter[0], 3);
  assert.match(await figure.status.textContent(), /^Paused/);
  await figure.click('play');
  await page.clock.runFor(40_000);
  assertSeen(await seen(), chapter[0], 9, chapter[1]);
  assert.equal(await figure.control('play').textContent(), 'Play');
});

test('two outputs: da is a sum of two', async () => {
  const { page, figure, number, seen } = await open();
  await figure.slide('formula', 9);
  await figure.select('outputs', '2');
  assertSeen(await seen(), two[0], 9);
  const lines = printedBy('ch02_backprop_sum_rule');
  assert.equal(lines.size, 6);
  for (const [name, { formula, result }] of lines) {
    await number(name).hover();
    const written = await figure.read('formula');
    assert.ok(written.endsWith(` = ${formula} = ${result}`), `${written} is not ${formula} = ${result}`);
  }
  await number('da1[1]').hover();
  assert.equal(await figure.element.locator('.lane.along.backward').count(), 2);
  assert.equal(await figure.read('fed'), 'w2[1,1], dz2[1], w2[2,1], dz2[2]');
  await figure.click('next');
  assertSeen(await seen(), two[0], 9, two[1]);
  await figure.select('outputs', '1');
  assertSeen(await seen(), chapter[0], 0);
  assert.deepEqual(page.complaints, []);
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

test('a link leads to the same place, with the steps that led there and the number that was chosen', async () => {
  const { page, figure, number } = await open();
  await figure.slide('rate', 1);
  await figure.click('whole');
  await figure.click('whole');
  await figure.slide('rate', 0.3);
  await figure.click('whole');
  await figure.slide('formula', 7);
  await figure.slide('rate', 2);
  await number('dw2[2]').focus();
  const [formula, fed, status] = [await figure.read('formula'), await figure.read('fed'), figure.status];
  await figure.click('link');
  assert.match(await status.textContent(), /The address of this page now leads/);
  const { hash } = new URL(page.url());
  // The update is taken back, and its rate with it.
  assert.equal(decodeURIComponent(hash), '#live-inside?outputs=1&formula=7&steps=2&rate=1&changes=2*rate*2&number=dw2[2]');
  const other = await book.open(`ch02_backprop.html${hash}`);
  const again = await figureOf(other, 'inside');
  await again.shows('steps', '2');
  await again.shows('formula', formula);
  await again.shows('fed', fed);
  assert.equal(await again.control('formula').inputValue(), '7');
  assert.equal(await again.control('rate').inputValue(), '2');
  assert.equal(await again.element.locator('.number.selected').getAttribute('data-number'), 'dw2[2]');
  assert.equal(await again.status.textContent(), 'The state of the link: formula 7 of 10, after 2 steps.');
  // The way back is there too.
  await again.slide('formula', 1);
  await again.click('back');
  await again.shows('cost', six(bold[1].J));
  assert.deepEqual(other.complaints, []);
});

test('by keyboard: a link after an update with two outputs, and back to the book’s example', async () => {
  const { page, figure } = await open();
  await figure.control('outputs').focus();
  await page.keyboard.press('ArrowDown');
  await figure.control('whole').focus();
  await page.keyboard.press('Enter');
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.control), 'link');
  await page.keyboard.press('Enter');
  const other = await book.open(`ch02_backprop.html${new URL(page.url()).hash}`);
  const again = await figureOf(other, 'inside');
  await again.shows('after', six(two[1].J));
  assert.equal(await again.control('outputs').inputValue(), '2');
  assert.equal(await again.element.locator('[data-number="dz2[2]"]').count(), 1);
  await again.control('book').focus();
  await other.keyboard.press('Enter');
  await again.shows('steps', '0');
  assert.equal(await again.control('outputs').inputValue(), '1');
  assert.equal(await again.control('formula').inputValue(), '0');
  assert.equal(await again.element.locator('[data-number="dz2[2]"]').count(), 0);
  assert.equal(await again.element.locator('.worked-formulas [aria-current]').count(), 0);
  assert.deepEqual([...page.complaints, ...other.complaints], []);
});

test('a link that somebody has spoilt leads to what is left of it', async () => {
  const opened = async words => {
    const page = await book.open(`ch02_backprop.html#live-inside?${words}`);
    return { page, figure: await figureOf(page, 'inside') };
  };
  const { page, figure } = await opened('outputs=3&formula=11&steps=-1&rate=0.15&changes=0*rate*9_0*move*1_x*rate*1&number=J');
  await figure.shows('steps', '0');
  await figure.shows('formula', 'x[1] = 1');
  assert.equal(await figure.control('outputs').inputValue(), '1');
  assert.equal(await figure.control('formula').inputValue(), '0');
  assert.equal(await figure.control('rate').inputValue(), '0.3');
  // No update has been taken, so there is none to stand behind.
  const { page: other, figure: second } = await opened('formula=10&number=alert');
  await second.shows('cost', '—');
  assert.equal(await second.control('formula').inputValue(), '0');
  // Steps that lead out of the finite numbers end where they do.
  const { page: third, figure: far } = await opened('steps=1000&rate=3&formula=4');
  const taken = Number(await far.read('steps'));
  assert.ok(taken > 1 && taken < 1000, `${taken} steps`);
  assert.deepEqual([...page.complaints, ...other.complaints, ...third.complaints], []);
});

test('no number covers another or lies on an arrow, at any width', async () => {
  for (const width of [340, 400, 700, 1200]) {
    for (const outputs of ['1', '2']) {
      const { figure, seen } = await open({ viewport: { width, height: 900 } });
      await figure.select('outputs', outputs);
      await figure.slide('rate', 2);
      await figure.click('whole');
      if (outputs === '1') {
        const decimals = width < 360 ? 3 : width < 600 ? 4 : 6;
        assertSeen(await seen(), wild[0], 9, wild[1], decimals);
      }
      const faults = await figure.element.locator('.live-stage').evaluate(stage => {
        const found = [];
        const frame = stage.getBoundingClientRect();
        const labels = [...stage.querySelectorAll('[data-number]')].map(label => [label.dataset.number, label.getBoundingClientRect(), label.getBBox(), getComputedStyle(label)]);
        const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 6;
        labels.forEach(([name, a, , style], i) => {
          if (Number.parseFloat(style.fontSize) < 12) found.push(`${name} is small`);
          if (a.left < frame.left - 1 || a.right > frame.right + 1 || a.top < frame.top - 1) found.push(`${name} is cut`);
          for (const [other, b] of labels.slice(i + 1)) if (meet(a, b)) found.push(`${name} covers ${other}`);
        });
        // Each line, from point to point, with its thickness; of a label, its letters.
        for (const line of stage.querySelectorAll('.lane .line')) {
          if (line.parentElement.style.display === 'none') continue;
          const half = Number(line.getAttribute('stroke-width')) / 2;
          for (let at = 0; at <= line.getTotalLength(); at += 1) {
            const { x, y } = line.getPointAtLength(at);
            for (const [name, , box] of labels) {
              if (x > box.x - half && x < box.x + box.width + half && y > box.y + 2 - half && y < box.y + box.height - 3 + half) found.push(`${name} lies on an arrow`);
            }
          }
        }
        return [...new Set(found)];
      });
      assert.deepEqual(faults, [], `${outputs} at ${width}`);
    }
  }
});

test('nothing jumps: no formula and no number makes the figure another height', async () => {
  for (const width of [400, 1400]) {
    for (const outputs of ['1', '2']) {
      const { figure } = await open({ viewport: { width, height: 900 } });
      await figure.select('outputs', outputs);
      const heights = new Map();
      const measure = async what => heights.set((await figure.element.locator('.live').boundingBox()).height, what);
      for (let taken = 0; taken <= 10; taken += 1) {
        await figure.slide('formula', taken);
        await measure(`formula ${taken}`);
      }
      for (const name of await figure.element.locator('[data-number]').evaluateAll(all => all.map(label => label.dataset.number))) {
        await figure.element.locator(`[data-number="${name}"]`).focus();
        await measure(name);
      }
      assert.equal(heights.size, 1, `${outputs} at ${width}: ${JSON.stringify([...heights])}`);
    }
  }
});
