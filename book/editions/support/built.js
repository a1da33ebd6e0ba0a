// What the tests look at: the built pages, and what came of them.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { BOOK } from './places.js';

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' };

export const plain = html => html
  .replace(/<[^>]*>/g, '')
  .replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (decimal || hex) return String.fromCodePoint(decimal ? Number(decimal) : parseInt(hex, 16));
    return ENTITIES[name] ?? whole;
  });

// The pages that an edition has: their names, and what stands on them.
export const builtPages = () => {
  const names = ['', 'answers'].flatMap(folder =>
    readdirSync(join(BOOK, folder)).filter(it => it.endsWith('.html')).map(it => join(folder, it)));
  const left = new Set(['404.html', 'index.html', 'print.html', 'source.html', 'toc.html']);
  return names.filter(it => !left.has(it)).map(name => {
    const html = readFileSync(join(BOOK, name), 'utf8');
    return { name, stem: name.replace('.html', '').replaceAll('/', '-'), main: html.split(/<main[^>]*>/)[1].split('</main>')[0] };
  });
};

export const headings = main => [...main.matchAll(/<h([1-6])[^>]*>(.*?)<\/h\1>/gs)]
  .map(([, level, inner]) => ({ level: Number(level), title: plain(inner).trim() }));

// Without spaces, and without what fonts and printers make of letters.
export const squeezed = text => text.normalize('NFKC').replace(/[\s\u00ad\u200b]/g, '');
