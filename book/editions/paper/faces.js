// The text face in two weights, for a style sheet. The book's own is variable,
// which a printer would embed as drawings of letters (cut_text_font.py).

import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

import { FONTS } from '../support/places.js';

// As in theme/fonts/fonts.css.
const SCRIPTS = {
  latin: 'U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2000-206F, U+2074, U+20AC, U+2122, U+2212, U+2215, U+FEFF, U+FFFD',
  greek: 'U+0370-03FF',
};
const WEIGHTS = { regular: '400 500', semibold: '600 900' };

export const faces = () => Object.entries(SCRIPTS).flatMap(([script, range]) =>
  ['normal', 'italic'].flatMap(style => Object.entries(WEIGHTS).map(([name, weight]) => {
    const file = pathToFileURL(join(FONTS, `stix-two-text-${script}-${style}-${name}.woff2`));
    return `@font-face { font-family: "STIX Paper"; font-style: ${style}; font-weight: ${weight}; src: url("${file}"); unicode-range: ${range}; }`;
  }))).join('\n');
