// A live figure as a test sees it: controls to work, readings to compare.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { EXPECTED } from './places.js';

// For a machine that is slow and has other work; who has what was awaited does
// not wait on.
const PATIENCE = 60_000; // ms

// What the native crate has computed for a figure (book/live/examples/expected).
export const expectedOf = name => JSON.parse(readFileSync(EXPECTED, 'utf8'))[name];

// Six digits, as a reading shows them.
export const digits = (value, count = 6) => String(Number(value.toPrecision(count))).replace('-', '−');

export const figureOf = async (page, name) => {
  const element = page.locator(`live-figure[name="${name}"]`);
  await element.and(page.locator('[data-state="ready"]')).waitFor();
  await element.locator('.live').scrollIntoViewIfNeeded();

  const control = name => element.locator(`[data-control="${name}"]`);
  const reading = name => element.locator(`[data-reading="${name}"]`);

  return {
    element,
    control,
    reading,
    status: element.locator('[role="status"]'),

    read: name => reading(name).textContent(),
    click: name => control(name).click(),
    select: (name, value) => control(name).selectOption(value),

    // Moves a slider as a hand does, by events of its own.
    slide: (name, value) => control(name).fill(String(value)),

    // Types into a field and leaves it.
    async type(name, text) {
      await control(name).fill(String(text));
      await control(name).blur();
    },

    // Presses a button as soon as a reading is above a number: in the page, since
    // a run does not wait for the news of it.
    async clickAbove(button, name, least) {
      const parts = [await control(button).elementHandle(), await reading(name).elementHandle()];
      await page.waitForFunction(([button, reading, least]) => {
        if (Number(reading.textContent) <= least) return false;
        button.click();
        return true;
      }, [...parts, least], { timeout: PATIENCE });
    },

    // Waits until a reading has a value, and says what it was if it never has.
    async shows(name, value, patience = PATIENCE) {
      const deadline = Date.now() + patience;
      let found;
      do {
        found = await reading(name).textContent();
        if (found === value) return;
        await page.waitForTimeout(20);
      } while (Date.now() < deadline);
      assert.equal(found, value, name);
    },
  };
};
