// Where things are, and how Chromium is started.

import { fileURLToPath } from 'node:url';

const here = path => fileURLToPath(new URL(path, import.meta.url));

export const ROOT = here('../../../..');
export const BOOK = here('../../../../target/book');
export const STILLS = here('../../stills');
export const EXPECTED = here('../../../../target/live/expected.json');
export const SCREENSHOTS = here('../../../../target/live/screenshots');

// Debian's package is `chromium`; any Chromium will do.
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

// A new browser asks its maker's hosts for this and that unless it is told not
// to; and no sandbox, since tests often run as root.
export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

// Debian's package is `firefox-esr`; without one its tests are skipped.
export const FIREFOX = process.env.FIREFOX ?? '/usr/bin/firefox-esr';
