"""Makes the faces of words and of code in fonts/.

    python cut_text_fonts.py STIXTwoText[wght].ttf STIXTwoText-Italic[wght].ttf \\
        source-code-pro-v11-all-charsets-500.woff2 fonts

It needs fonttools and brotli. The first two are version 2.13 b171 of
https://github.com/stipub/stixfonts, the third is among the fonts that `mdbook
init --theme` writes. All are under the SIL Open Font License, which allows a
changed font to be passed on under the same licence.

What the book does not write is left out, since a reader far away waits for it:
other scripts, and forms that no style sheet asks for. A letter that is missing
comes from the fonts that the style sheets name next.
"""
import sys
from pathlib import Path

from fontTools import subset

LATIN = (
    "20-7E,A0-FF,131,152-153,2BB-2BC,2C6,2DA,2DC,"  # with names from abroad
    "2002,2009,200B,2013-2014,2018-201A,201C-201E,2022,2026,"  # spaces, dashes, quotes
    "2032-2033,2039-203A,2044,20AC,2122,2212,2215"
)
GREEK = "20,A0,391-3A9,3B1-3C9,3D1,3D5,3F1,3F5"  # what formulas have, without accents
CODE = (
    "20-7E,A0-FF,302,391-3A9,3B1-3C9,"
    "2B3,2E1,2E3,1D4F,1D57,1DBB,2070-209C,"  # raised and lowered: mᵏ, x²
    "2010-2026,2032-2033,2190-2193,2500-257F,"  # what programs draw with
    "2202-2265,2713"
)


def cut(source, unicodes, features, target):
    options = subset.Options()
    options.layout_features = features
    options.hinting = False
    options.flavor = "woff2"
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # whose it is, and its licence
    options.notdef_outline = True
    options.glyph_names = False
    font = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(unicodes))
    subsetter.subset(font)
    subset.save_font(font, str(target), options)


def main():
    upright, italic, code, folder = sys.argv[1:]
    folder = Path(folder)
    words = ["kern", "liga", "ccmp", "pnum", "lnum", "tnum"]
    for source, style in [(upright, "normal"), (italic, "italic")]:
        cut(source, LATIN, words, folder / f"stix-two-text-latin-{style}.woff2")
        cut(source, GREEK, words, folder / f"stix-two-text-greek-{style}.woff2")
    cut(code, CODE, ["ccmp", "mark", "mkmk"], folder / "source-code-pro.woff2")


if __name__ == "__main__":
    main()
