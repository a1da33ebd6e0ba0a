// What stands in a page without scripts is each figure as it starts.
// `npm run stills` writes the drawings anew.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { useBook } from '../support/book.js';
import { figureOf } from '../support/figure.js';
import { ROOT, STILLS } from '../support/places.js';
import { drawing } from '../support/still.js';

const book = useBook();

// The live figures of the pages: where, which, and their drawing.
const figures = readdirSync(join(ROOT, 'book/en')).flatMap(file => {
  const text = file.endsWith('.md') ? readFileSync(join(ROOT, 'book/en', file), 'utf8') : '';
  return [...text.matchAll(/<live-figure name="(\w+)".*?\((\S+\.svg)/gs)].map(([, name, path]) => ({ page: file.replace(/md$/, 'html'), name, path }));
});

for (const { page: path, name, path: still } of figures.filter(({ path }) => path.startsWith('../live/stills/'))) {
  test(`${path}: ${name}`, async () => {
    const page = await book.open(path, { viewport: { width: 1400, height: 1000 } });
    const { element } = await figureOf(page, name);
    const fresh = await element.locator('.live .live-stage').evaluate(drawing);
    const file = join(ROOT, 'book/en', still);
    if (process.env.STILLS === 'write') writeFileSync(file, fresh);
    assert.ok(readFileSync(file, 'utf8') === fresh, `${still} is not how the figure starts: npm run stills --prefix book/live/browser`);
  });
}

test('every still is on a page', () => {
  const shown = figures.map(({ path }) => path.split('/').at(-1));
  assert.deepEqual(readdirSync(STILLS).filter(file => !shown.includes(file)), []);
});
