// Pictures of every live figure, for people to look at: target/live/screenshots.

import assert from 'node:assert/strict';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { frames, useBook } from '../support/book.js';
import { SCREENSHOTS } from '../support/places.js';

const book = useBook();
mkdirSync(SCREENSHOTS, { recursive: true });

// A page, and the buttons pressed before the picture is taken.
const PAGES = {
  title: ['another'],
  ch01_dropout: ['again', 'thousand'],
  ch02_backprop: ['hundred', 'whole'],
  ch03_network: ['hundred'],
  ch04_regularize: ['thousand'],
  ch06_uncertainty: ['train'],
  ch08_digits: ['dropout'],
};

for (const [path, buttons] of Object.entries(PAGES)) {
  test(path, async () => {
    for (const theme of ['light', 'coal']) {
      for (const width of [1400, 400]) {
        const page = await book.open(`${path}.html`, { theme, viewport: { width, height: 1000 } });
        await page.evaluate(() => document.fonts.ready);
        for (const [i, element] of (await page.locator('live-figure').all()).entries()) {
          await element.and(page.locator('[data-state="ready"]')).waitFor();
          for (const name of buttons) {
            const button = element.locator(`[data-control="${name}"]`);
            if (await button.count()) await button.click();
          }
          await frames(page, 30);
          // Until what was started has ended.
          await page.waitForFunction(() => ![...document.querySelectorAll('.live button')].some(button => button.textContent === 'Pause'), null, { timeout: 120_000 });
          const file = join(SCREENSHOTS, `${path}-${i + 1}-${theme}-${width}.png`);
          await element.screenshot({ path: file });
          assert.ok(statSync(file).size > 1000);
        }
        await page.context().close();
      }
    }
  });
}
