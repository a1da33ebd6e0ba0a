// Chapter 5's mistakes and checks: a table that leads to its sections, with and
// without scripts, on any width.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { useBook } from '../support/book.js';
import { ROOT } from '../support/places.js';

const book = useBook();
const TABLE = '#fig-ch05_gradient_check_gallery table';

const rowOf = (page, name) => page.locator(`${TABLE} tbody tr`).filter({ has: page.locator('th', { hasText: new RegExp(`^${name}$`) }) });

// `unmasked-backward       · X · …`, as the program prints it.
const printed = readFileSync(join(ROOT, 'tests/snapshots/ch05_gradient_check_gallery.snap'), 'utf8')
  .split('\n')
  .map(line => line.match(/^([a-z-]+) +((?:[·X] ?)+)$/))
  .filter(Boolean)
  .map(([, name, marks]) => [name.replace('none', 'the right code'), marks.split(' ').map(mark => (mark === 'X' ? 'caught' : 'passes'))]);

test('it has the marks that the program prints, for those who listen too', async () => {
  const page = await book.open('ch05_gradient_check.html');
  assert.equal(printed.length, 16);
  for (const [name, marks] of printed) {
    const row = rowOf(page, name);
    const cells = await row.locator('td[aria-label]').evaluateAll(all => all.map(cell => cell.getAttribute('aria-label')));
    assert.deepEqual(cells, marks, name);
    assert.match(await row.locator('svg').getAttribute('aria-label'), /^ends at \d/);
  }
  assert.equal(await page.locator(TABLE).getByRole('columnheader').count(), 13);
});

test('a row leads to its section, without scripts too', async () => {
  const page = await book.open('ch05_gradient_check.html', { javaScriptEnabled: false });
  for (const [name] of printed.slice(1)) {
    const target = await page.locator(TABLE).getByRole('link', { name, exact: true }).getAttribute('href');
    assert.equal(await page.locator(`h3${target}`).count(), 1, target);
  }
  // Anywhere in the row.
  const row = rowOf(page, 'wrong-scale');
  const { width, height } = await row.boundingBox();
  await row.click({ position: { x: width - 20, y: height / 2 } });
  assert.match(page.url(), /#wrong-scale$/);
});

test('nothing of it is cut or small', async () => {
  for (const width of [360, 400, 1000]) {
    const page = await book.open('ch05_gradient_check.html', { viewport: { width, height: 900 } });
    const [table, room, letters] = await page.locator(TABLE).evaluate(table =>
      [table.offsetWidth, table.parentElement.clientWidth, Number.parseFloat(getComputedStyle(table).fontSize)]);
    assert.ok(table <= room, `${table} of ${room} at ${width}`);
    assert.ok(letters >= 12);
  }
});
