// An edition lies beside the built pages, and the title page leads to it. The
// next `mdbook build` writes a title page without links, and the folder anew: so
// there are links where there are editions, and nowhere else.

import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { BOOK, EPUB, MADE, PDF } from './places.js';

const NAMES = { [PDF]: 'PDF, 7 by 10 inches', [EPUB]: 'EPUB' };

// index.html is the first page once more.
const PAGES = ['title.html', 'index.html'];

const size = name => `${(statSync(join(BOOK, name)).size / 1e6).toFixed(1)}\u00a0MB`;

export const publish = edition => {
  copyFileSync(join(MADE, edition), join(BOOK, edition));
  const links = Object.entries(NAMES)
    .filter(([name]) => existsSync(join(BOOK, name)))
    .map(([name, words]) => `<a href="${name}">${words}</a> (${size(name)})`);
  // On no line of its own: taken out, it leaves nothing.
  const line = `<p class="byline editions">To take with you: ${links.join(' · ')}</p>`;
  for (const page of PAGES) {
    const file = join(BOOK, page);
    const text = readFileSync(file, 'utf8').replace(/<p class="byline editions">.*?<\/p>/, '');
    const byline = text.indexOf('<p class="byline">');
    const at = byline < 0 ? text.indexOf('</main>') : byline;
    writeFileSync(file, text.slice(0, at) + line + text.slice(at));
  }
};
