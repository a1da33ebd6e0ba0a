// Where things are.

import { fileURLToPath } from 'node:url';

const here = path => fileURLToPath(new URL(path, import.meta.url));

export const ROOT = here('../../../..');
export const BOOK = here('../../../../target/book');
export const STILLS = here('../../stills');
export const EXPECTED = here('../../../../target/live/expected.json');
export const SCREENSHOTS = here('../../../../target/live/screenshots');

// Debian's package is `chromium`; any Chromium will do.
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

// Debian's package is `firefox-esr`; without one its tests are skipped.
export const FIREFOX = process.env.FIREFOX ?? '/usr/bin/firefox-esr';
