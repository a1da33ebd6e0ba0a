// Chromium, by the packages of the browser tests: one set is enough.

import { createRequire } from 'node:module';

import { CHROMIUM, FLAGS } from '../../live/browser/support/places.js';

// The styles of the book are files, and their rules are read.
const READS_FILES = '--allow-file-access-from-files';

const packages = () => {
  try {
    return createRequire(new URL('../../live/browser/package.json', import.meta.url))('playwright-core');
  } catch {
    console.error('first: npm ci --prefix book/live/browser');
    process.exit(2);
  }
};

// Does something with a page as wide as a desk, and ends the browser.
export const withPage = async work => {
  const browser = await packages().chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, READS_FILES] });
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
    page.on('pageerror', error => console.error(error.message));
    page.setDefaultTimeout(120_000);
    return await work(page);
  } finally {
    await browser.close();
  }
};
