// Every page of the book: quiet, from this host alone, and open to everybody in
// every theme. What scripts and styles do is the same on all pages of source,
// so of those a few stand for the rest.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { relative } from 'node:path';
import { test } from 'node:test';

import { useBook } from '../support/book.js';
import { BOOK } from '../support/places.js';

const book = useBook();
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const THEMES = ['light', 'rust', 'coal', 'navy', 'ayu'];

const files = readdirSync(BOOK, { recursive: true, withFileTypes: true })
  .filter(file => file.isFile() && file.name.endsWith('.html'))
  .map(file => relative(BOOK, `${file.parentPath}/${file.name}`).replaceAll('\\', '/'))
  // The whole book on one page, which opens the printer's window; and a frame
  // that a page without scripts holds.
  .filter(file => !['print.html', 'toc.html', 'source/print.html'].includes(file));
const source = files.filter(file => file.startsWith('source/'));
const pages = files.filter(file => !file.startsWith('source/')).concat(source.slice(0, 2));

const violations = async (page, options) => {
  const found = await page.evaluate(options => axe.run(document, options), options);
  return found.violations
    .flatMap(({ id, nodes }) => nodes.map(node => `${id} ${node.target.join(' ')}`));
};

test('there are pages', () => assert.ok(pages.length > 10, pages.join(' ')));

for (const path of pages) {
  test(path, async () => {
    const page = await book.open(path);
    const figures = await page.locator('live-figure').count();
    await page.waitForFunction(count => document.querySelectorAll('live-figure[data-state="ready"]').length === count, figures);
    // Colours in code come last.
    await page.waitForFunction(() => [...document.querySelectorAll('main pre > code[class*="language-"]')].every(block => block.result));
    await page.evaluate(AXE);
    assert.deepEqual(await violations(page, {}), [], 'light');
    // A theme is colours, and nothing else.
    for (const theme of THEMES.slice(1)) {
      await page.evaluate(([themes, theme]) => {
        document.documentElement.classList.remove(...themes);
        document.documentElement.classList.add(theme);
      }, [THEMES, theme]);
      assert.deepEqual(await violations(page, { runOnly: ['color-contrast', 'link-in-text-block'] }), [], theme);
    }
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
}

test('pages of source are quiet too', async () => {
  for (const path of source) {
    const page = await book.open(path);
    assert.deepEqual(page.complaints, [], path);
    await page.context().close();
  }
});

test('no page is wider than a phone', async () => {
  for (const path of pages) {
    const page = await book.open(path, { viewport: { width: 400, height: 800 } });
    await page.evaluate(() => document.fonts.ready);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 400, `${path} is ${width} wide`);
    await page.context().close();
  }
});
