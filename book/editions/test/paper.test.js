// The PDF, asked by another program (pdftotext of poppler) where that can be.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { MARGIN, SHEET, SHORT_LISTING, TEXT } from '../paper/geometry.js';
import { Pdf } from '../support/pdf.js';
import { MADE, PAPER_CSS, PDF } from '../support/places.js';
import { builtPages, headings, plain, squeezed } from '../support/built.js';

const file = join(MADE, PDF);
const pdf = new Pdf(readFileSync(file));
const built = builtPages();

// A form feed ends each page. `-raw` keeps the order in which it was printed.
const texts = execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8', maxBuffer: 2 ** 28 }).split('\f').slice(0, -1);
const squeezedTexts = texts.map(squeezed);

// The sheets begin where the contents lead to.
const begins = new Set(built.map(({ stem }) => pdf.places.get(stem)?.page).filter(Boolean));
const contentsPages = texts.map((_, index) => index + 1).slice(1, Math.min(...begins) - 1);

// A line of the contents ends with its page.
const contents = contentsPages.flatMap(page => texts[page - 1].split('\n'))
  .map(line => line.match(/^(.*\S)\s+(\d+)$/))
  .filter(Boolean)
  .map(([, title, page]) => ({ title, page: Number(page) }));

test('every page is 7 by 10 inches', () => {
  for (const [width, height] of pdf.sizes) assert.deepEqual([width, height], [504, 720]);
  assert.equal(texts.length, pdf.pages.length);
});

test('the style sheet has the margins that the fitting reckons with', () => {
  const css = readFileSync(PAPER_CSS, 'utf8');
  assert.match(css, /size: 7in 10in;/);
  const [, ...margins] = css.match(/margin: (\d+)mm (\d+)mm (\d+)mm (\d+)mm;/);
  const points = margins.map(it => (Number(it) * 72) / 25.4);
  assert.deepEqual(points, [MARGIN.top, MARGIN.right, MARGIN.bottom, MARGIN.left]);
  assert.deepEqual([SHEET.width, SHEET.height], [504, 720]);
});

test('every page of the book but the sources is there, and each chapter has its bookmark', () => {
  for (const { stem } of built.filter(it => it.stem !== 'title')) assert.ok(pdf.places.get(stem), stem);
  const wanted = built.flatMap(({ main }) => headings(main));
  assert.equal(pdf.bookmarks.length, wanted.length);
  assert.ok(!texts.some(it => it.includes('//! The book that came out')), 'a page of source');
});

test('the contents tell the pages on which the headings stand', () => {
  const chapters = built.filter(({ stem }) => /^ch\d/.test(stem));
  assert.ok(contents.length > 5 * chapters.length, `${contents.length} lines`);
  for (const { title, page } of contents) {
    const words = squeezed(title.replace(/^\d+\s/, ''));
    assert.ok(squeezedTexts[page - 1]?.includes(words), `"${title}" is not on page ${page}`);
    assert.ok(texts[page - 1].split('\n').includes(String(page)), `page ${page} has another number`);
  }
});

test('a link within the book tells its page', () => {
  const told = [...texts.join('').matchAll(/\bpage\s(\d+)[),]/g)].map(([, page]) => page);
  assert.ok(told.length > 100, `${told.length} references`);
  for (const page of told) assert.ok(page !== '000' && Number(page) <= pdf.pages.length, page);
  // One that can be told from its words: what a reader looks up in Notation.
  const notation = pdf.places.get('notation').page;
  assert.ok(squeezedTexts.some(it => it.includes(`Notation(page${notation})`)));
});

test('a chapter stands above each of its pages but the first', () => {
  for (const { stem, main } of built.filter(it => /^ch\d/.test(it.stem))) {
    const { page } = pdf.places.get(stem);
    const [{ title }] = headings(main);
    const words = squeezed(title.replace(/^\d+\.?\s/, ''));
    const head = texts[page].split('\n').find(it => squeezed(it).endsWith(words));
    assert.ok(head, `${title}, on page ${page + 1}`);
    assert.ok(!squeezed(texts[page - 1]).includes(words + words));
  }
});

test('letters are outlines, and the text can be read aloud', () => {
  for (const { kind, name } of pdf.fonts) assert.equal(kind, 'Type0', `${name} is ${kind}`);
  const table = execFileSync('pdffonts', [file], { encoding: 'utf8' }).trim().split('\n').slice(2);
  assert.ok(table.length > 3);
  for (const line of table) assert.match(line, /yes yes yes/, line);
  assert.ok(pdf.isTagged);
});

test('no page is less than seven tenths full, but at the end of a chapter', () => {
  const ends = new Set([...begins].map(page => page - 1).concat(pdf.pages.length));
  const empty = pdf.pages.map((_, index) => index + 1)
    .filter(page => page > 1 && !ends.has(page))
    .map(page => [page, (TEXT.high - pdf.ink(page, TEXT).low) / TEXT.height])
    .filter(([, full]) => full < 0.7);
  assert.deepEqual(empty, []);
});

test('no page ends with a heading, or with what a table is called', () => {
  const called = built.flatMap(({ main }) => [...main.matchAll(/<p><strong>([^<]*)<\/strong><\/p>\s*<div/g)].map(([, words]) => words));
  const titles = built.flatMap(({ main }) => headings(main)).map(({ title }) => title.replace(/^\d+\.?\s/, ''));
  const words = new Set([...titles, ...called].map(squeezed));
  assert.ok(called.length > 5);
  const last = texts.map(text => squeezed(text.trim().split('\n').filter(line => !/^\d+$/.test(line)).at(-1) ?? ''));
  const alone = last.map((line, index) => [index + 1, line]).filter(([page, line]) => !contentsPages.includes(page) && words.has(line));
  assert.deepEqual(alone, []);
});

test('nothing is printed into the margins', () => {
  const sides = { left: MARGIN.left - 4, right: SHEET.width - MARGIN.right + 4 };
  const wide = pdf.pages.map((_, index) => index + 1)
    .map(page => [page, pdf.width(page)])
    .filter(([, { left, right }]) => left < sides.left || right > sides.right);
  assert.deepEqual(wide, []);
});

test('a short listing stands on one page, or each of its parts does', () => {
  const listings = built.flatMap(({ main }) => [...main.matchAll(/<pre[^>]*><code[^>]*>(.*?)<\/code><\/pre>/gs)].map(([, code]) => plain(code).trim()));
  const short = listings.filter(it => it.split('\n').length <= SHORT_LISTING);
  assert.ok(short.length > 100);
  const isWhole = code => squeezedTexts.some(page => page.includes(squeezed(code)));
  const broken = short.filter(it => !isWhole(it));
  assert.ok(broken.length < 5, `${broken.length} are broken`);
  assert.deepEqual(broken.filter(it => !it.split(/\n\s*\n/).every(isWhole)), []);
});

test('a quiz does not tell its answer where it asks', () => {
  const answers = Math.min(...built.filter(it => it.stem.startsWith('answers')).map(it => pdf.places.get(it.stem).page));
  texts.slice(0, answers - 1).forEach((text, index) => assert.ok(!text.includes('Not quite.'), `page ${index + 1}`));
  assert.ok(texts.slice(answers - 1).some(text => text.includes('Not quite.')));
});
