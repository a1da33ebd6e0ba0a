// The whole book as one document in a page of the browser.

import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { dropHidden, gather, highlight } from './gather.js';
import { BOOK, MADE } from './places.js';

const text = path => readFileSync(join(BOOK, path), 'utf8');

// The pages in their order with their numbers, as mdBook lists them; the pages
// of source, twice as many as all others, are not for reading in an armchair.
const listed = () => {
  const links = text('toc.html').matchAll(/<a href="([^"#]+)"[^>]*>(?:<strong[^>]*>([\d.]+)<\/strong>)?/g);
  return [...links]
    .map(([, path, number]) => ({ path, number: number?.replace(/\.$/, '') }))
    .filter(({ path }) => path.endsWith('.html') && !/^source[./]/.test(path));
};

const styles = () => {
  const links = text('title.html').match(/<link rel="stylesheet"[^>]*>/g) ?? [];
  const hrefs = links.map(link => link.match(/href="([^"]+)"/)[1]);
  return hrefs.filter(href => !/tomorrow-night|ayu-highlight/.test(href));
};

// `withNarrow` keeps the drawings for narrow screens beside the others.
export const openDocument = async (page, { withNarrow = false } = {}) => {
  if (!existsSync(join(BOOK, 'toc.html'))) {
    console.error('first: mdbook build');
    process.exit(2);
  }
  const links = styles().map(href => `<link rel="stylesheet" href="${pathToFileURL(join(BOOK, href))}">`);
  mkdirSync(MADE, { recursive: true });
  const file = join(MADE, 'document.html');
  writeFileSync(file, `<!DOCTYPE html>
<html lang="en" class="light"><head><meta charset="utf-8"><title>chainrule</title>
<meta name="author" content="The chainrule authors">
${links.join('\n')}
</head><body></body></html>
`);
  await page.goto(pathToFileURL(file).href);
  rmSync(file);
  await page.evaluate(gather, listed().map(it => ({ ...it, html: text(it.path) })));
  await page.evaluate(dropHidden, withNarrow);
  const highlighter = readdirSync(BOOK).find(it => /^highlight.*\.js$/.test(it));
  if (highlighter) await page.evaluate(highlight, text(highlighter));
};
