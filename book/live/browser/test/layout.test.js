// How a page is laid out: what stands where, at the widths of a desk and of a
// telephone, and that nothing ends out of sight without saying so.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';

import { useBook } from '../support/book.js';
import { BOOK } from '../support/places.js';

const book = useBook();
const CHAPTERS = readdirSync(BOOK).filter(name => /^ch\d\d_.*\.html$/.test(name));
const OTHERS = readdirSync(BOOK).filter(name => name.endsWith('.html') && !/^(ch\d|print|toc|404|index)/.test(name));
const PAGES = [...CHAPTERS, ...OTHERS];

const open = async (path, width, options = {}) => {
  const page = await book.open(path, { viewport: { width, height: 1000 }, ...options });
  await page.evaluate(() => document.fonts.ready);
  return page;
};

test('there are chapters', () => assert.ok(CHAPTERS.length >= 9));

test('at 1400 pixels no code is wider than its column, or it has a switch', async () => {
  for (const path of CHAPTERS) {
    const page = await open(path, 1400);
    const cut = await page.evaluate(() => [...document.querySelectorAll('main pre > code')]
      .filter(code => code.offsetParent && code.scrollWidth > code.clientWidth + 1)
      .map(code => code.textContent.slice(0, 60)));
    assert.deepEqual(cut, [], path);
    await page.context().close();
  }
});

test('text, lists, code, outputs, tables and figures end at one edge', async () => {
  for (const path of CHAPTERS) {
    const page = await open(path, 1400);
    const beyond = await page.evaluate(() => {
      const measure = 680;
      const { left } = document.querySelector('main h1').getBoundingClientRect();
      const all = 'p, ul, ol, .listing, .output, .table-wrapper, figure, .live, .quiz, details';
      return [...document.querySelectorAll('main')].flatMap(main => [...main.querySelectorAll(all)])
        .filter(element => element.offsetParent && !element.matches('[data-wide], .pair *, .titlepage *'))
        .map(element => [element, element.getBoundingClientRect().right - left])
        .filter(([, right]) => right > measure + 1)
        .map(([element, right]) => `${element.className || element.localName} ${right.toFixed(0)}`);
    });
    assert.deepEqual(beyond, [], path);
    await page.context().close();
  }
});

test('two languages stand side by side from 1400 pixels on, uncut, or one at a time', async () => {
  for (const width of [1300, 1400, 1600]) {
    let together = 0;
    for (const path of CHAPTERS) {
      const page = await open(path, width);
      const pairs = await page.locator('.pair').evaluateAll(all => all.map(pair => {
        const items = [...pair.querySelectorAll('.pair-item')].filter(item => item.offsetParent);
        const tops = items.map(item => item.getBoundingClientRect().top);
        const cut = items.map(item => item.querySelector('pre > code')).filter(code => code.scrollWidth > code.clientWidth + 1);
        return { classes: pair.className, items: items.length, level: Math.max(...tops) - Math.min(...tops) < 1, tabs: Boolean(pair.querySelector('.switch')?.offsetParent), cut: cut.length };
      }));
      for (const { classes, items, level, tabs, cut } of pairs) {
        const beside = width >= 1400 && classes === 'pair beside';
        const one = width < 1400 || classes === 'pair switched';
        assert.ok(beside || one, classes);
        assert.deepEqual([items, level, tabs, cut], [beside ? 2 : 1, true, !beside, 0], `${path} at ${width}: ${classes}`);
        together += Number(beside);
      }
      await page.context().close();
    }
    assert.equal(together >= 10, width >= 1400, `${together} pairs are side by side at ${width}`);
  }
});

test('the switch turns every pair, by keyboard too, and is remembered', async () => {
  const page = await open('ch02_backprop.html', 1000);
  const shown = () => page.locator('.pair .pair-item:not([hidden]) .pair-label').allTextContents();
  assert.ok((await shown()).every(label => label === 'Rust'));
  await page.locator('.pair [role="tab"]', { hasText: 'NumPy' }).first().click();
  assert.ok((await shown()).every(label => label === 'NumPy'));
  await page.reload();
  assert.ok((await shown()).every(label => label === 'NumPy'));
  await page.locator('.pair [role="tab"][aria-selected="true"]').first().focus();
  await page.keyboard.press('ArrowRight');
  assert.ok((await shown()).every(label => label === 'Rust'));
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Rust');
  assert.match(page.url(), /ch02_backprop/);
  await page.context().close();
});

test('without scripts both languages are there', async () => {
  const page = await open('ch02_backprop.html', 1000, { javaScriptEnabled: false });
  for (const item of await page.locator('.pair-item').all()) assert.ok(await item.isVisible());
  await page.context().close();
});

test('notes and sources stand in the margin from 1200 pixels on, and not on each other', async () => {
  for (const width of [1200, 1400, 1600]) {
    for (const path of CHAPTERS) {
      const page = await open(path, width);
      const { count, wrong } = await page.evaluate(() => {
        const text = document.querySelector('main h1').getBoundingClientRect().left + 680;
        const notes = [...document.querySelectorAll('main .note, main .listing:not([data-wide]) > .where')].filter(it => it.offsetParent && !it.closest('.pair'));
        const boxes = notes.map(it => it.getBoundingClientRect());
        const wide = [...document.querySelectorAll('main [data-wide], main .pair.beside')].map(it => it.getBoundingClientRect());
        const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
        const wrong = boxes.flatMap((box, i) => [
          ...(box.left < text || box.right > innerWidth ? [`${notes[i].textContent} out of the margin`] : []),
          ...(boxes.some((other, j) => j > i && meet(box, other)) || wide.some(other => meet(box, other)) ? [`${notes[i].textContent} on another`] : []),
        ]);
        return { count: notes.length, wrong };
      });
      assert.deepEqual(wrong, [], `${path} at ${width}`);
      assert.ok(count > 5, path);
      await page.context().close();
    }
  }
});

test('shapes stand in the margin, and on a narrow page below what they are about', async () => {
  for (const width of [400, 1400]) {
    for (const path of ['ch02_backprop.html', 'ch03_network.html', 'ch08_digits.html']) {
      const page = await open(path, width);
      const places = await page.locator('.shapes').evaluateAll(all => all.map(note => {
        const box = note.getBoundingClientRect();
        const about = note.parentElement.querySelector(':scope > pre, :scope > math:last-of-type').getBoundingClientRect();
        return { beside: box.left > about.right && box.top < about.bottom, below: box.top >= about.bottom - 1 && box.right <= innerWidth, text: note.textContent };
      }));
      assert.ok(places.length >= 1, path);
      for (const { beside, below, text } of places) {
        assert.deepEqual([beside, below], [width === 1400, width === 400], `${path} at ${width}: ${text}`);
        assert.match(text, /^rows × columns.+ × /);
      }
      await page.context().close();
    }
  }
});

test('a number in a sentence leads to the line that it comes from', async () => {
  let count = 0;
  for (const path of CHAPTERS) {
    const page = await open(path, 1400);
    const wrong = await page.evaluate(() => [...document.querySelectorAll('main a.number')].flatMap(link => {
      const line = document.getElementById(link.getAttribute('href').slice(1));
      // As the output writes it: 6.1e-6 for 6.1 × 10⁻⁶.
      const raised = text => [...text].map(c => '⁰¹²³⁴⁵⁶⁷⁸⁹'.includes(c) ? '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(c) : '-').join('');
      const number = link.textContent.replace(/\s×\s10(.+)/, (_, power) => `e${raised(power)}`).replace('−', '-');
      return line?.closest('.output') && line.textContent.replaceAll('−', '-').includes(number) ? [] : [`${link.textContent}: ${line?.textContent}`];
    }));
    assert.deepEqual(wrong, [], path);
    count += await page.locator('a.number').count();
    await page.context().close();
  }
  assert.ok(count > 50, `${count} numbers`);
});

test('outputs do not look like source', async () => {
  const page = await open('ch02_backprop.html', 1400);
  const ground = selector => page.locator(selector).first().evaluate(code => getComputedStyle(code).backgroundColor);
  assert.notEqual(await ground('.output pre > code'), await ground('.listing pre > code'));
  const weight = await page.locator('.output .command').first().evaluate(command => getComputedStyle(command).fontWeight);
  assert.equal(weight, '700');
  for (const path of CHAPTERS) {
    const other = await open(path, 1400);
    assert.equal(await other.locator('code.nohighlight:not(.output *)').count(), 0, path);
    await other.context().close();
  }
  await page.context().close();
});

test('in the code of the network a symbol has the colour that it has in formulas', async () => {
  const page = await open('ch02_backprop.html', 1400);
  const listing = page.locator('.listing', { has: page.locator('.where a[href*="plain.html"]') }).filter({ hasText: 'let da = transposed_product' }).first();
  await listing.locator('.symbol-dz').first().waitFor({ state: 'attached' });
  const ink = locator => locator.first().evaluate(it => getComputedStyle(it).color);
  for (const name of ['w', 'a', 'dz']) {
    assert.equal(await ink(listing.locator(`.symbol-${name}`)), await ink(page.locator(`math mi.${name}`)), name);
  }
  const words = new Set(await listing.locator('[class^="symbol-"]').allTextContents());
  for (const word of words) assert.match(word, /^(w|z|a|d[wbza]|masks?)\d?$/);
  assert.equal(await listing.locator('.hljs-comment [class^="symbol-"]').count(), 0);
  // Elsewhere an `a` is any letter.
  const other = page.locator('.listing', { has: page.locator('.where a[href*="valley.html"]') });
  await other.locator('.hljs-keyword').first().waitFor({ state: 'attached' });
  assert.equal(await other.locator('[class^="symbol-"]').count(), 0);
  await page.context().close();
});

test('at 400 pixels what ends out of sight has a shadow there, and takes the focus', async () => {
  for (const path of PAGES) {
    const page = await open(path, 400);
    const mute = await page.evaluate(() => [...document.querySelectorAll('main *')]
      .filter(box => box.offsetParent && box.scrollWidth > box.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(box).overflowX))
      .filter(box => !(getComputedStyle(box).backgroundAttachment.includes('scroll') && getComputedStyle(box).backgroundImage.includes('linear-gradient') && box.tabIndex === 0))
      .map(box => `${box.localName}.${box.className} ${box.textContent.slice(0, 40)}`));
    assert.deepEqual(mute, [], path);
    await page.context().close();
  }
});

test('at 400 pixels a table of words stacks, under the heads of its columns', async () => {
  const page = await open('preface.html', 400);
  const table = page.locator('.stacks').first();
  const box = await table.locator('.table-wrapper').evaluate(it => [it.scrollWidth, it.clientWidth]);
  assert.ok(box[0] <= box[1], String(box));
  const heads = await table.locator('tbody tr').first().locator('td').evaluateAll(cells => cells.map(cell => getComputedStyle(cell, '::before').content.match(/"([^"]*)"/)[1]));
  assert.deepEqual(heads, (await table.locator('th').allTextContents()).map(head => `${head}: `));
  const widths = await table.locator('tbody td').evaluateAll(cells => cells.map(cell => cell.clientWidth));
  assert.ok(Math.min(...widths) > 300, String(widths));
  await page.context().close();
});

test('the first stop of the Tab key leads to the text', async () => {
  for (const path of ['ch01_dropout.html', 'source/src/lib.html']) {
    const page = await open(path, 1200);
    await page.keyboard.press('Tab');
    const first = await page.evaluate(() => document.activeElement.textContent);
    assert.equal(first, 'Skip to the text');
    assert.ok(await page.locator('.skip').evaluate(it => it.getBoundingClientRect().top >= 0));
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => Boolean(document.activeElement.closest('main'))));
    await page.context().close();
  }
});

test('the sidebar is switched by keyboard', async () => {
  const page = await open('ch01_dropout.html', 1200);
  const toggle = page.locator('#mdbook-sidebar-toggle');
  const sidebar = page.locator('#mdbook-sidebar');
  assert.equal(await toggle.getAttribute('aria-expanded'), 'true');
  await toggle.focus();
  await page.keyboard.press('Enter');
  await sidebar.waitFor({ state: 'hidden' });
  assert.equal(await toggle.getAttribute('aria-expanded'), 'false');
  await page.keyboard.press('Space');
  await sidebar.waitFor({ state: 'visible' });
  await page.context().close();
});

test('every page has a title and a description of its own, one h1, and arrows that say where to', async () => {
  const titles = new Set();
  for (const path of PAGES) {
    const page = await book.open(path, { javaScriptEnabled: false });
    const title = await page.title();
    assert.ok(!titles.has(title) && title.includes('chainrule'), title);
    titles.add(title);
    for (const name of ['meta[name="description"]', 'meta[property="og:description"]']) {
      const text = await page.locator(`head ${name}`).getAttribute('content');
      assert.ok(text.length >= 25 && text.length <= 205 && !text.includes('`'), `${path}: ${text}`);
    }
    assert.equal(await page.locator('h1').count(), 1, path);
    for (const arrow of await page.locator('.nav-chapters').all()) assert.match(await arrow.getAttribute('title'), /: \S/);
    await page.context().close();
  }
  assert.ok(titles.has('2. Back-propagation as functions – chainrule'), [...titles].join('\n'));
});

test('a search shows sentences, and no numbers of an axis', async () => {
  const page = await open('ch01_dropout.html', 1200);
  await page.waitForFunction(() => window.search?.hasFocus);
  await page.keyboard.press('/');
  await page.keyboard.type('learning rate curve');
  await page.waitForFunction(() => document.querySelectorAll('#mdbook-searchresults li').length > 0);
  const found = await page.locator('#mdbook-searchresults').textContent();
  assert.doesNotMatch(found, /\d+ \d+ \d+ \d+ \d+/);
  assert.doesNotMatch(found, /[\uE000\uE001]/);
  await page.context().close();
});
