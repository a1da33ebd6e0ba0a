// The fonts of the book are cut to what it writes (theme/cut_*_font*.py): every
// letter of every page is in one of them, but for a few that none has.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';

import { useBook } from '../support/book.js';
import { BOOK } from '../support/places.js';

const book = useBook();
const PAGES = readdirSync(BOOK).filter(name => name.endsWith('.html') && !/^(print|toc|index|404)/.test(name));
// What a reader's own fonts draw. Two more mark where a drawing begins and ends,
// and are not seen.
const OTHERS = { code: '✗ᴸᵀᵢⱼ⊙∇⁻', text: '✗❱\uE000\uE001' };
const isOfTheBook = (setting, letter) => letter.trim() && !OTHERS[setting.includes('Source Code Pro') ? 'code' : 'text'].includes(letter);

// Runs in the page: how each text is set, and its letters.
const lettersBySetting = () => {
  const found = {};
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { fontFamily, fontStyle } = getComputedStyle(walker.currentNode.parentElement);
    const family = fontFamily.replaceAll('"', "'").replace("'STIX stand-in', ", '');
    const key = `font-family: ${family}; font-style: ${fontStyle}`;
    found[key] = [...new Set((found[key] ?? '') + walker.currentNode.data)].join('');
  }
  return found;
};

test('every letter is drawn by a font of the book', async () => {
  const letters = new Map();
  for (const path of PAGES) {
    const page = await book.open(path);
    for (const [setting, found] of Object.entries(await page.evaluate(lettersBySetting))) {
      letters.set(setting, new Set([...(letters.get(setting) ?? []), ...found]));
    }
    await page.context().close();
  }
  const samples = [...letters].flatMap(([setting, all]) => [...all].filter(letter => isOfTheBook(setting, letter)).map(letter => [setting, letter]));
  assert.ok(letters.size > 2 && samples.length > 300, `${letters.size} settings, ${samples.length} letters`);

  const page = await book.open(PAGES[0]);
  await page.evaluate(samples => {
    document.querySelector('main').replaceChildren(...samples.map(([style, textContent]) => Object.assign(document.createElement('b'), { className: 'sample', style: `font-weight: 400; ${style}`, textContent })));
  }, samples);
  await page.evaluate(() => document.fonts.ready);
  const tools = await page.context().newCDPSession(page);
  for (const domain of ['DOM', 'CSS']) await tools.send(`${domain}.enable`);
  const { root } = await tools.send('DOM.getDocument');
  const { nodeIds } = await tools.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: '.sample' });
  assert.equal(nodeIds.length, samples.length);
  const foreign = [];
  for (const [i, nodeId] of nodeIds.entries()) {
    const { fonts } = await tools.send('CSS.getPlatformFontsForNode', { nodeId });
    if (!fonts.every(({ isCustomFont }) => isCustomFont)) foreign.push(`${samples[i][1]}, ${samples[i][0]}: ${fonts.map(({ familyName }) => familyName)}`);
  }
  assert.deepEqual(foreign, []);
});

test('letters of formulas are mathematical as soon as their font is there', async () => {
  const set = page => page.evaluate(() => getComputedStyle(document.querySelector('mi:not([mathvariant])')).textTransform);
  const page = await book.open('ch02_backprop.html');
  await page.waitForFunction(() => document.documentElement.matches('.has-math'));
  assert.equal(await set(page), 'math-auto');

  await page.route(/stix-two-math/, route => route.abort());
  await page.reload();
  await page.evaluate(() => document.fonts.load('1em "STIX Two Math"').catch(() => {}));
  assert.equal(await set(page), 'none');
});
