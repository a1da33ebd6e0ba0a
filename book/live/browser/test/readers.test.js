// Readers of many kinds: without a server, without scripts, without a mouse,
// with motion reduced; and those who look elsewhere.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { frames, useBook } from '../support/book.js';
import { digits, expectedOf, figureOf } from '../support/figure.js';
import { BOOK } from '../support/places.js';

const book = useBook();
const losses = expectedOf('descent').played.losses;
const PAGES = ['ch01_dropout.html', 'ch02_backprop.html', 'ch03_network.html', 'ch04_regularize.html', 'ch06_uncertainty.html', 'ch08_digits.html'];

test('from a folder, without a server', async () => {
  for (const path of PAGES) {
    const page = await book.open(path, { from: pathToFileURL(BOOK).href });
    for (const element of await page.locator('live-figure').all()) {
      await element.and(page.locator('[data-state="ready"]')).waitFor();
    }
    assert.deepEqual(page.complaints, [], path);
  }
});

test('without scripts a drawing stands there, and says what it shows', async () => {
  for (const path of PAGES) {
    const page = await book.open(path, { javaScriptEnabled: false });
    for (const element of await page.locator('live-figure').all()) {
      // The first, for a wide page; some have one for a narrow page, too.
      const still = element.locator('figure > svg').first();
      assert.ok(await still.isVisible(), path);
      assert.ok((await still.getAttribute('aria-label')).length > 40);
      assert.ok(await element.locator('figcaption').isVisible());
      assert.equal(await element.locator('.live').count(), 0);
      // Words on what to try would lead nowhere.
      for (const words of await element.locator('> p').all()) assert.ok(!(await words.isVisible()));
    }
    assert.deepEqual(page.complaints, []);
  }
});

test('with scripts the live figure takes its place', async () => {
  const page = await book.open(PAGES[0]);
  const { element } = await figureOf(page, 'mask');
  assert.ok(!(await element.locator('figure > svg').isVisible()));
  assert.ok(await element.locator('figcaption').isVisible());
  assert.ok(await element.locator('> p').first().isVisible());
});

test('on paper the drawing is back', async () => {
  const page = await book.open(PAGES[0]);
  const { element } = await figureOf(page, 'mask');
  await page.emulateMedia({ media: 'print' });
  assert.ok(await element.locator('figure > svg').isVisible());
  assert.ok(!(await element.locator('.live').isVisible()));
});

test('a module that does not load leaves the drawing', async () => {
  const page = await book.open(PAGES[0], { prepare: () => { delete window.WebAssembly; } });
  await page.locator('live-figure[data-state="failed"]').waitFor();
  assert.ok(await page.locator('live-figure figure > svg').isVisible());
  assert.equal(await page.locator('.live').count(), 0);
});

test('by keyboard alone', async () => {
  const page = await book.open(PAGES[1]);
  const figure = await figureOf(page, 'descent');
  const runs = expectedOf('descent');
  const focused = () => page.evaluate(() => document.activeElement.dataset.control);
  const tabTo = async name => {
    for (let i = 0; i < 20 && (await focused()) !== name; i += 1) await page.keyboard.press('Tab');
    assert.equal(await focused(), name);
  };
  await figure.click('reset');
  await figure.control('width').focus();

  // The arrows move the slider and do not turn the page, here or on a button.
  await page.keyboard.press('ArrowRight');
  await figure.shows('loss', digits(runs.width.losses[0]));
  await page.keyboard.press('ArrowLeft');
  await figure.shows('loss', digits(losses[0]));
  assert.match(page.url(), /ch02_backprop/);

  await tabTo('hundred');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await figure.shows('loss', digits(losses[100]));
  await tabTo('reset');
  await page.keyboard.press('Enter');
  await figure.shows('loss', digits(losses[0]));

  await figure.control('rate').focus();
  await tabTo('step');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+Tab'); // play
  await figure.shows('step', '1');
  await figure.control('rate').focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  assert.equal(await figure.control('rate').inputValue(), '0.1');
  await tabTo('hundred');
  await page.keyboard.press('Enter');
  await figure.shows('loss', digits(runs.rate.losses[101]));
});

test('what has the focus can be seen', async () => {
  const page = await book.open(PAGES[1]);
  const figure = await figureOf(page, 'descent');
  for (const name of ['width', 'rate', 'seed', 'play']) {
    await figure.control(name).focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    const style = await figure.control(name).evaluate(element => getComputedStyle(element).outlineStyle);
    assert.notEqual(style, 'none', name);
  }
});

test('with motion reduced only the end of a run is drawn', async () => {
  const page = await book.open(PAGES[1], { reducedMotion: 'reduce' });
  const figure = await figureOf(page, 'descent');
  await page.evaluate(() => {
    window.drawn = [];
    const reading = document.querySelector('[data-reading="step"]');
    new MutationObserver(() => window.drawn.push(reading.textContent)).observe(reading, { childList: true, characterData: true, subtree: true });
  });
  await figure.click('hundred');
  await figure.shows('step', '700');
  assert.deepEqual(await page.evaluate(() => window.drawn), ['700']);

  await figure.click('play');
  await frames(page, 20);
  assert.equal(await figure.read('step'), '700');
  await figure.click('play');
  assert.ok(Number(await figure.read('step')) > 700);
});

test('nothing starts by itself', async () => {
  const page = await book.open(PAGES[1]);
  const figure = await figureOf(page, 'descent');
  assert.equal(await figure.read('step'), '600');
  assert.equal(await figure.control('play').textContent(), 'Play');
});

// Each way of leaving ends the work: no frame of the figure follows.
const WAYS = {
  'scrolled away': page => page.evaluate(() => window.scrollTo(0, 0)),
  'the page is hidden': page => page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { get: () => true });
    document.dispatchEvent(new Event('visibilitychange'));
  }),
  'the page is left': page => page.evaluate(() => window.dispatchEvent(new Event('pagehide'))),
  'the figure is taken out': page => page.evaluate(() => document.querySelector('live-figure[name="descent"]').remove()),
};

for (const [name, leave] of Object.entries(WAYS)) {
  test(`work stops when ${name}`, async () => {
    const page = await book.open(PAGES[1]);
    const figure = await figureOf(page, 'descent');
    await page.evaluate(() => {
      window.worked = 0;
      const { workFor } = Live;
      Live.workFor = (...all) => {
        window.worked += 1;
        return workFor(...all);
      };
    });
    await figure.click('play');
    await page.waitForFunction(() => window.worked > 3);
    await leave(page);
    // Frames go on for the page, but soon none of them works any more.
    await frames(page, 30);
    const worked = await page.evaluate(() => window.worked);
    await frames(page, 10);
    assert.equal(await page.evaluate(() => window.worked), worked);
    assert.deepEqual(page.complaints, []);
  });
}
