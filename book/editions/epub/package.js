// What an EPUB has besides its chapters: the table of contents, the list of its
// files, the cover.

const escaped = text => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

export const TITLE = 'chainrule';
const AUTHOR = 'The chainrule authors';

export const CONTAINER = `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
`;

export const contents = chapters => {
  const name = ({ number, title }) => escaped(number ? `${number}. ${title}` : title);
  const link = (href, words, below = '') => `<li><a href="${href}">${words}</a>${below}</li>`;
  const list = items => (items.length ? `<ol>\n${items.join('\n')}\n</ol>` : '');
  const answers = chapters.filter(it => it.isAnswer).map(it => link(`text/${it.name}`, name(it)));
  const items = chapters.filter(it => !it.isAnswer).map(chapter => {
    const heads = chapter.heads.map(({ id, title }) => link(`text/${chapter.name}#${id}`, escaped(title)));
    return link(`text/${chapter.name}`, name(chapter), list(chapter.name === 'answers.xhtml' ? answers : heads));
  });
  const first = chapters.find(it => it.number)?.name ?? chapters[0].name;
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en">
<head><title>Contents</title><link rel="stylesheet" type="text/css" href="css/book.css"/></head>
<body>
<nav epub:type="toc" id="toc"><h1>Contents</h1>
${list(items)}
</nav>
<nav epub:type="landmarks" hidden="hidden"><ol>
<li><a epub:type="titlepage" href="text/${chapters[0].name}">Title page</a></li>
<li><a epub:type="toc" href="#toc">Contents</a></li>
<li><a epub:type="bodymatter" href="text/${first}">The book</a></li>
</ol></nav>
</body>
</html>
`;
};

// `modified` is a day, of a release and not of the building.
export const listOfFiles = (chapters, fonts, { description, modified }) => {
  const properties = ({ hasMath, hasDrawing }) => [hasMath && 'mathml', hasDrawing && 'svg'].filter(Boolean).join(' ');
  const item = (id, href, type, properties) =>
    `<item id="${id}" href="${href}" media-type="${type}"${properties ? ` properties="${properties}"` : ''}/>`;
  const [front, ...others] = chapters.map((_, index) => `<itemref idref="text-${index}"/>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:chainrule:en</dc:identifier>
<dc:title>${TITLE}</dc:title>
<dc:language>en</dc:language>
<dc:creator>${AUTHOR}</dc:creator>
<dc:description>${escaped(description)}</dc:description>
<dc:rights>MIT OR Apache-2.0</dc:rights>
<meta property="dcterms:modified">${modified}T00:00:00Z</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessMode">visual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">MathML</meta>
<meta property="schema:accessibilityFeature">alternativeText</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityHazard">none</meta>
</metadata>
<manifest>
${item('nav', 'nav.xhtml', 'application/xhtml+xml', 'nav')}
${item('cover', 'cover.svg', 'image/svg+xml', 'cover-image')}
${item('css', 'css/book.css', 'text/css')}
${fonts.map((name, index) => item(`font-${index}`, `fonts/${name}`, 'font/woff2')).join('\n')}
${chapters.map((it, index) => item(`text-${index}`, `text/${it.name}`, 'application/xhtml+xml', properties(it))).join('\n')}
</manifest>
<spine>
${[front, '<itemref idref="nav"/>', ...others].join('\n')}
</spine>
</package>
`;
};

export const cover = ({ inner, box }, subtitle) => {
  const [, , width, height] = box.split(/\s+/).map(Number);
  const wide = 1360;
  const high = (wide * height) / width;
  // The subtitle in lines of some thirty letters.
  const lines = subtitle.split(/\s+/).reduce((lines, word) => {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= 34) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
    return lines;
  }, []);
  const words = lines.map((line, index) => `<text x="120" y="${690 + 84 * index}" font-size="62" fill="#50575e">${escaped(line)}</text>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 2400" width="1600" height="2400" font-family="serif">
<rect width="1600" height="2400" fill="#fdfcfa"/>
<text x="112" y="540" font-size="250" font-style="italic" fill="#21262b">${TITLE}</text>
${words.join('\n')}
<svg x="120" y="1120" width="${wide}" height="${high.toFixed(0)}" viewBox="${box}">${inner}</svg>
<text x="120" y="2230" font-size="52" fill="#50575e">${AUTHOR}</text>
</svg>
`;
};
