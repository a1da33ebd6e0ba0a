// The EPUB. That it is valid is EPUBCheck's to say; here, that it is the book.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { inflateRawSync } from 'node:zlib';

import { withPage } from '../support/browser.js';
import { BOOK, EPUB, MADE } from '../support/places.js';
import { builtPages, headings, plain, squeezed } from '../support/built.js';

const file = join(MADE, EPUB);
const bytes = readFileSync(file);

// The files of an archive, by its directory at the end.
const unzip = bytes => {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = bytes.readUInt32LE(end + 16);
  return new Map(Array.from({ length: bytes.readUInt16LE(end + 10) }, () => {
    const [packed, names, extra, comment, local] = [
      bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42),
    ];
    const name = bytes.toString('utf8', at + 46, at + 46 + names);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(from, from + packed);
    const plain = bytes.readUInt16LE(at + 10) === 0 ? content : inflateRawSync(content);
    at += 46 + names + extra + comment;
    return [name, plain];
  }));
};

const files = unzip(bytes);
const text = name => files.get(name)?.toString('utf8') ?? '';
const built = builtPages();
const count = (html, words) => html.split(words).length - 1;

test('the archive begins with its type, unpacked', () => {
  assert.equal(bytes.toString('latin1', 30, 58), 'mimetypeapplication/epub+zip');
});

test('every page is there, with its headings and its figures', () => {
  for (const { stem, main } of built) {
    const page = text(`EPUB/text/${stem}.xhtml`);
    assert.ok(page, stem);
    const words = squeezed(plain(page));
    for (const { title } of headings(main)) assert.ok(words.includes(squeezed(title.replace(/^\d+\.?\s/, ''))), `${stem}: ${title}`);
    assert.equal(count(page, '<figure'), count(main, '<figure'), `${stem}: figures`);
    assert.equal(count(page, 'class="drawn-narrow'), count(main, 'class="drawn-narrow'), `${stem}: drawings for narrow screens`);
    assert.ok(text('EPUB/nav.xhtml').includes(`text/${stem}.xhtml`), `${stem} in the contents`);
  }
});

test('formulas are MathML', () => {
  const [all, kept] = [built.map(it => it.main).join(''), built.map(it => text(`EPUB/text/${it.stem}.xhtml`)).join('')];
  assert.ok(count(kept, '<math') > 400);
  // The reasons in a quiz, which its answers have once more, are left out.
  assert.ok(count(kept, '<math') > 0.9 * count(all, '<math'));
});

test('nothing needs a script, or a screen, or another host', () => {
  for (const [name, content] of files) {
    if (!/\.(xhtml|css|svg)$/.test(name)) continue;
    const page = content.toString('utf8');
    assert.ok(!/<script|<button|<live-figure|<details/.test(page), name);
    assert.ok(!/(src|poster)="https?:|url\(["']?https?:|@import/.test(page), name);
    assert.ok(!/href="[^":]*\.html/.test(page), name);
    assert.ok(!page.includes('var(--'), `${name}: a colour of the style sheets`);
  }
});

// Runs in the browser: what a page shows that is cut, or drawn twice or too small.
const faults = () => {
  const found = [];
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
  for (const it of document.querySelectorAll('.table-wrapper, math[display="block"]')) {
    if (it.scrollWidth > it.clientWidth + 1) found.push(`cut: ${it.textContent.trim().slice(0, 40)}`);
  }
  for (const figure of document.querySelectorAll('figure:has(> svg, > * > svg)')) {
    const all = [...figure.querySelectorAll('svg')].filter(it => !it.closest('table'));
    const seen = all.filter(it => it.getClientRects().length);
    if (all.length && seen.length !== 1) found.push(`${figure.id}: ${seen.length} of ${all.length} drawings`);
    const letters = seen.map(it => (15 * it.getBoundingClientRect().width) / it.viewBox.baseVal.width);
    if (all.length > 1 && letters[0] < 12) found.push(`${figure.id}: letters of ${letters[0].toFixed(1)} pixels`);
  }
  return found;
};

test('on a telephone, on electronic ink and on a desk nothing is cut, and one drawing of two is shown', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'epub-'));
  try {
    for (const [name, content] of files) {
      mkdirSync(join(folder, dirname(name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    const found = [];
    await withPage(async page => {
      for (const width of [400, 600, 800]) {
        await page.setViewportSize({ width, height: 800 });
        for (const { stem } of built) {
          await page.goto(pathToFileURL(join(folder, 'EPUB/text', `${stem}.xhtml`)).href);
          await page.evaluate(() => document.fonts.ready);
          found.push(...(await page.evaluate(faults)).map(it => `${stem} at ${width}: ${it}`));
        }
      }
    });
    assert.deepEqual(found, []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a quiz does not tell its answer where it asks', () => {
  for (const { stem } of built.filter(it => /^ch\d/.test(it.stem))) {
    assert.ok(!text(`EPUB/text/${stem}.xhtml`).includes('Not quite.'), stem);
    assert.ok(text(`EPUB/text/answers-${stem}.xhtml`).includes('Not quite.'), stem);
  }
});

test('the same pages make the same bytes', () => {
  execFileSync(process.execPath, [fileURLToPath(new URL('../epub.js', import.meta.url))], { stdio: 'ignore' });
  assert.ok(readFileSync(file).equals(bytes));
});

test('the title page leads to it', () => {
  const title = readFileSync(join(BOOK, 'title.html'), 'utf8');
  assert.match(title, /class="byline editions">.*href="chainrule\.epub"/);
});
