// The built book, served from this machine and opened in a browser.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';

import { BOOK, CHROMIUM, FLAGS } from './places.js';

export const TYPES = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const serve = () => {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
    try {
      const text = await readFile(join(BOOK, path));
      response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(text);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise(ready => server.listen(0, '127.0.0.1', () => ready(server)));
};

// For a file of tests: starts server and browser, and ends them afterwards.
export const useBook = () => {
  const book = { complaints: [] };

  before(async () => {
    book.server = await serve();
    book.http = `http://127.0.0.1:${book.server.address().port}`;
    book.browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  });

  after(async () => {
    await book.browser?.close();
    await new Promise(done => book.server?.close(done));
  });

  // Opens a page in a fresh window. `from` is where the book comes from,
  // `theme` what the reader has chosen, the rest is the window's.
  book.open = async (path, { from = book.http, theme = 'light', prepare, ...options } = {}) => {
    const context = await book.browser.newContext({ viewport: { width: 1200, height: 1000 }, ...options });
    await context.addInitScript(name => {
      try {
        localStorage.setItem('mdbook-theme', name);
      } catch { /* a page without storage has its first theme */ }
    }, theme);
    const page = await context.newPage();
    if (prepare) await page.addInitScript(prepare);
    page.complaints = listen(page, from);
    await page.goto(`${from}/${path}`);
    return page;
  };

  return book;
};

// Lets a number of frames pass in the page.
export const frames = (page, count) => page.evaluate(count => new Promise(done => {
  let left = count;
  const frame = () => ((left -= 1) > 0 ? requestAnimationFrame(frame) : done());
  requestAnimationFrame(frame);
}), count);

// What must not happen on any page, as it happens.
const listen = (page, from) => {
  const complaints = [];
  page.on('pageerror', error => complaints.push(`error: ${error.message}`));
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  page.on('request', request => {
    const url = request.url();
    if (!url.startsWith(`${from}/`) && !url.startsWith('data:')) complaints.push(`loads ${url}`);
  });
  return complaints;
};
