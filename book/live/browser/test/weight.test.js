// What a page weighs: over a slow line and for a slow processor. Times differ
// from machine to machine and are reported; what makes them is counted.

import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { test } from 'node:test';

import { useBook } from '../support/book.js';
import { BOOK } from '../support/places.js';
import { openSlowly, serveZipped } from '../support/slow.js';

const book = useBook();
// What a page may fetch until its figures stand, all in all, with a little air
// for its prose. At 1.6 Mb/s, 200 kB are a second.
const MOST = {
  ch01_dropout: 360_000, // bytes
  ch02_backprop: 420_000,
  ch03_network: 385_000,
  ch04_regularize: 400_000,
  ch06_uncertainty: 400_000,
  ch08_digits: 455_000,
};
const PAGES = Object.keys(MOST);
const MOST_BEFORE_PAINT = 60_000; // beside the page itself

const withServer = async work => {
  const server = await serveZipped(BOOK);
  try {
    await work(`http://127.0.0.1:${server.address().port}`);
  } finally {
    await new Promise(done => server.close(done));
  }
};

for (const name of PAGES) {
  test(name, async t => withServer(async http => {
    const context = await book.browser.newContext({ viewport: { width: 1200, height: 1000 } });
    const { paint, stood, files, bytes } = await openSlowly(context, `${http}/${name}.html`);
    t.diagnostic(`painted first after ${paint.toFixed(0)} ms, figures stood after ${stood.toFixed(0)} ms, ${files.length} files, ${(bytes / 1000).toFixed(0)} kB`);
    assert.ok(bytes < MOST[name], `${bytes} bytes`);
    const blocking = files.filter(({ url }) => /\.css$/.test(url) && !/print/.test(url));
    assert.ok(blocking.length <= 4, blocking.map(({ url }) => url).join(' '));
    assert.ok(blocking.reduce((sum, { bytes }) => sum + bytes, 0) < MOST_BEFORE_PAINT);
    // What the figures do not need comes after them.
    assert.deepEqual(files.filter(({ url }) => /highlight|elasticlunr|searchindex/.test(url)), []);
    await context.close();
  }));
}

test('the module stands once in the book, and a second page has it already', async () => withServer(async http => {
  const context = await book.browser.newContext();
  const module = ({ files }) => files.filter(({ url }) => /\/module-[0-9a-f]{8}\.js$/.test(url));
  const first = module(await openSlowly(context, `${http}/ch01_dropout.html`));
  assert.equal(first.length, 1);
  assert.ok(!first[0].cached && first[0].bytes > 10_000);
  const second = module(await openSlowly(context, `${http}/ch03_network.html`));
  assert.equal(second.length, 1);
  assert.ok(second[0].cached);
  await context.close();
  const files = readdirSync(BOOK, { recursive: true }).map(String);
  assert.equal(files.filter(name => /module-[0-9a-f]{8}\.js$/.test(name)).length, 1);
  for (const name of PAGES) assert.ok(statSync(`${BOOK}/${name}.html`).size < 600_000, name);
}));

test('a page without live figures fetches nothing of theirs', async () => {
  const page = await book.open('ch07_speed.html');
  await page.waitForFunction(() => window.search?.hasFocus);
  const names = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1)));
  assert.deepEqual(names.filter(name => /^(live|module|ch08)/.test(name)), []);
  assert.equal(names.filter(name => /^searchindex/.test(name)).length, 0);
  await page.context().close();
});
