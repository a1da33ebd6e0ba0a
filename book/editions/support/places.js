// Where things are.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = path => fileURLToPath(new URL(path, import.meta.url));

// The built pages, which everything here is made from.
export const BOOK = process.env.BOOK ?? here('../../../target/book');

// What is made: the two editions, and what stands between.
export const MADE = here('../../../target/editions');

export const PDF = 'chainrule.pdf';
export const EPUB = 'chainrule.epub';

export const FONTS = here('../fonts');
export const THEME_FONTS = here('../../theme/fonts');
export const PAPER_CSS = here('../paper/paper.css');
export const EPUB_CSS = here('../epub/epub.css');

// The day of the release: an edition of the same pages has the same bytes on
// whatever day it is made.
export const RELEASED = readFileSync(here('../../../CITATION.cff'), 'utf8').match(/^date-released: *['"]?([\d-]+)/m)?.[1] ?? '2026-01-01';
