// The same figures in Firefox, in short: they start, and one control of each
// leads to the native crate's numbers. Driven by Puppeteer, since Playwright
// drives a Firefox of its own build alone.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';

import { digits, expectedOf } from '../support/figure.js';
import { BOOK, FIREFOX } from '../support/places.js';

const { thousand } = expectedOf('mask');
const { played } = expectedOf('descent');
const { chapter } = expectedOf('inside');
const { late } = expectedOf('regularize');
const { trained } = expectedOf('band');
const { empty } = expectedOf('digit');
const likeliest = empty.p.indexOf(Math.max(...empty.p));

// A page; what is pressed; and what then is shown.
const FIGURES = [
  ['ch01_dropout', 'mask', 'thousand', { drawn: '1001', mean: `${digits(thousand.mean)}, formula 10` }],
  ['title', 'cover', 'another', { curves: '25' }],
  ['ch02_backprop', 'descent', 'hundred', { step: '700', loss: digits(played.losses[700]) }],
  ['ch02_backprop', 'inside', 'whole', { cost: chapter[0].J.toFixed(6), after: chapter[1].J.toFixed(6) }],
  ['ch04_regularize', 'regularize', 'book', { step: '12000', 'held-out': digits(late.heldOut) }],
  ['ch06_uncertainty', 'band', 'ask', { passes: '1000', loss: digits(trained.loss) }],
  ['ch08_digits', 'digit', 'clear', { whole: `${likeliest}, ${empty.p[likeliest].toFixed(2)}` }],
];

const skip = existsSync(FIREFOX) ? false : `there is no ${FIREFOX}`;
let browser;

before(async () => {
  if (!skip) browser = await puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX, headless: true });
});
after(() => browser?.close());

for (const [path, name, button, shown] of FIGURES) {
  test(`${path}: ${name}`, { skip }, async () => {
    const page = await browser.newPage();
    const complaints = [];
    page.on('pageerror', error => complaints.push(error.message));
    page.on('console', message => message.type() === 'error' && complaints.push(message.text()));
    await page.goto(pathToFileURL(`${BOOK}/${path}.html`).href);
    const figure = `live-figure[name="${name}"]`;
    await page.waitForSelector(`${figure}[data-state="ready"]`);
    await page.click(`${figure} [data-control="${button}"]`);
    for (const [reading, value] of Object.entries(shown)) {
      await page.waitForFunction(
        (selector, value) => document.querySelector(selector).textContent === value,
        { timeout: 60_000 },
        `${figure} [data-reading="${reading}"]`,
        value,
      );
    }
    assert.deepEqual(complaints, []);
    await page.close();
  });
}
