// npm run epub: the built book as EPUB 3.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { chapters, coverDrawing, paintDrawings } from './epub/chapters.js';
import { CONTAINER, contents, cover, listOfFiles } from './epub/package.js';
import { withPage } from './support/browser.js';
import { openDocument } from './support/document.js';
import { publish } from './support/publish.js';
import { EPUB, EPUB_CSS, MADE, RELEASED, THEME_FONTS } from './support/places.js';
import { zip } from './support/zip.js';

// Words are set in the reader's own face.
const FONTS = ['stix-two-math.woff2', 'source-code-pro.woff2'];
const LICENCES = ['STIX-TWO-LICENSE.txt', 'SOURCE-CODE-PRO-LICENSE.txt'];

await withPage(async page => {
  await openDocument(page, { withNarrow: true });
  await page.evaluate(paintDrawings);
  const subtitle = await page.evaluate(() => document.querySelector('.subtitle').textContent.trim());
  const drawing = await page.evaluate(coverDrawing);
  const texts = await page.evaluate(chapters);
  const font = name => readFileSync(join(THEME_FONTS, name));
  const bytes = zip([
    ['mimetype', 'application/epub+zip'],
    ['META-INF/container.xml', CONTAINER],
    ['EPUB/book.opf', listOfFiles(texts, FONTS, { description: subtitle, modified: RELEASED })],
    ['EPUB/nav.xhtml', contents(texts)],
    ['EPUB/cover.svg', cover(drawing, subtitle)],
    ['EPUB/css/book.css', readFileSync(EPUB_CSS)],
    ...FONTS.map(name => [`EPUB/fonts/${name}`, font(name)]),
    ...LICENCES.map(name => [`META-INF/${name}`, font(name)]),
    ...texts.map(({ name, text }) => [`EPUB/text/${name}`, text]),
  ]);
  writeFileSync(join(MADE, EPUB), bytes);
  publish(EPUB);
  console.log(`target/editions/${EPUB}: ${texts.length} files of text`);
});
