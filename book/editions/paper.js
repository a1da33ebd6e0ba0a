// npm run paper: the built book as a PDF of 7 by 10 inches.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { fitWidths, markBlocks, unmarkBlocks } from './paper/blocks.js';
import { faces } from './paper/faces.js';
import { Fitting } from './paper/fit.js';
import { SHORT_LISTING, TEXT } from './paper/geometry.js';
import { placeReferences, writePages } from './paper/references.js';
import { dropNarrowRules, makeSheets } from './paper/sheets.js';
import { withPage } from './support/browser.js';
import { openDocument } from './support/document.js';
import { Pdf } from './support/pdf.js';
import { publish } from './support/publish.js';
import { MADE, PAPER_CSS, PDF, RELEASED } from './support/places.js';

// Numbers of pages move pages, and so does fitting, of which there is an end:
// a hole that is left then is for the test to judge.
const FITTING = 32;
const PASSES = FITTING + 6;

// The day on which it was printed is not worth another file.
const withoutTime = pdf => {
  const text = pdf.toString('latin1').replace(/D:\d{14}\+00'00'/g, `D:${RELEASED.replaceAll('-', '')}000000+00'00'`);
  return Buffer.from(text, 'latin1');
};

const print = async page => withoutTime(await page.pdf({
  preferCSSPageSize: true,
  printBackground: true,
  outline: true,
  tagged: true,
}));

await withPage(async page => {
  await openDocument(page);
  await page.evaluate(dropNarrowRules);
  await page.addStyleTag({ content: faces() + readFileSync(PAPER_CSS, 'utf8') });
  await page.evaluate(makeSheets, SHORT_LISTING);
  await page.evaluate(placeReferences);
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: Math.floor(TEXT.width / 0.75), height: 1000 });
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(fitWidths, { width: TEXT.width, codeSize: 7.9, leastCode: 6.2 });

  const fitting = new Fitting();
  let settled = false;
  let pages = 0;
  for (let pass = 1; pass <= PASSES && !settled; pass += 1) {
    const blocks = await page.evaluate(markBlocks);
    const pdf = new Pdf(await print(page));
    await page.evaluate(unmarkBlocks);
    pages = pdf.pages.length;
    const numbers = Object.fromEntries([...pdf.places].map(([id, { page }]) => [id, page]));
    const renumbered = await page.evaluate(writePages, numbers);
    const changed = pass > FITTING ? 0 : await fitting.next(page, pdf, blocks, pass === FITTING);
    settled = !renumbered && !changed;
    if (process.env.VERBOSE) console.error(`pass ${pass}: ${pages} pages, ${renumbered} renumbered, ${changed} changed`);
  }
  if (process.env.VERBOSE) for (const [sheet, kept] of fitting.kept) console.error(`${sheet}: ${kept.join(', ')}`);
  if (!settled) throw new Error(`the pages have not settled after ${PASSES} passes`);
  const pdf = await print(page);
  writeFileSync(join(MADE, PDF), pdf);
  publish(PDF);
  console.log(`target/editions/${PDF}: ${pages} pages`);
});
