// A reader far away: the book comes zipped over a slow line, to a processor
// four times slower than this one.

import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

import { TYPES } from './book.js';

const ZIPPED = ['.html', '.css', '.js', '.svg'];

// Serves a folder as a good host does: text zipped, and what has its content in
// its name kept for good.
export const serveZipped = folder => {
  const zipped = new Map();
  const read = path => {
    if (!zipped.has(path)) {
      const bytes = readFileSync(join(folder, path));
      zipped.set(path, ZIPPED.includes(extname(path)) ? gzipSync(bytes, { level: 9 }) : bytes);
    }
    return zipped.get(path);
  };
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
    let bytes;
    try {
      bytes = read(path);
    } catch {
      return response.writeHead(404).end();
    }
    const headers = { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream', 'content-length': bytes.length };
    if (ZIPPED.includes(extname(path))) headers['content-encoding'] = 'gzip';
    headers['cache-control'] = /-[0-9a-f]{8}\./.test(path) ? 'max-age=31536000, immutable' : 'no-cache';
    return response.writeHead(200, headers).end(bytes);
  });
  return new Promise(ready => server.listen(0, '127.0.0.1', () => ready(server)));
};

// Opens a page over the slow line; says when it was painted first, when its
// figures stood, and what it had asked for by then.
export const openSlowly = async (context, url) => {
  const page = await context.newPage();
  const tools = await context.newCDPSession(page);
  await tools.send('Network.enable');
  await tools.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 });
  await tools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const asked = new Map();
  tools.on('Network.requestWillBeSent', ({ requestId, request }) => asked.set(requestId, { url: request.url, bytes: 0, cached: false }));
  tools.on('Network.requestServedFromCache', ({ requestId }) => { if (asked.has(requestId)) asked.get(requestId).cached = true; });
  tools.on('Network.responseReceived', ({ requestId, response }) => { if (response.fromDiskCache && asked.has(requestId)) asked.get(requestId).cached = true; });
  tools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => { if (asked.has(requestId)) asked.get(requestId).bytes = encodedDataLength; });
  await page.addInitScript(() => {
    // As soon as the last one stands, before anything that waits for it.
    new MutationObserver(() => {
      const figures = [...document.querySelectorAll('live-figure')];
      const stand = document.readyState !== 'loading' && figures.every(({ dataset }) => dataset.state === 'ready');
      if (stand) window.stood ??= performance.now();
    }).observe(document, { attributes: true, attributeFilter: ['data-state'], subtree: true });
  });
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForFunction(() => window.stood, null, { polling: 50, timeout: 60_000 });
  const [paint, stood, early] = await page.evaluate(() => {
    const early = performance.getEntriesByType('resource').filter(({ startTime }) => startTime < window.stood);
    return [performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN, window.stood, early.map(({ name }) => name)];
  });
  const files = [...asked.values()].filter(file => file.url === url || early.includes(file.url));
  return { page, paint, stood, files, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
};
