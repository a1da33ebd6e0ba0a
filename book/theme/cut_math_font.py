"""Makes fonts/stix-two-math.woff2 from STIXTwoMath-Regular.ttf (2.11).

    python cut_math_font.py STIXTwoMath-Regular.ttf fonts/stix-two-math.woff2

It needs fonttools and brotli. The font is at
https://github.com/stipub/stixfonts, under the SIL Open Font License, which
allows a changed font to be passed on under the same licence.

Two changes: only what formulas use is kept, for readers far away, who wait for
it, and the tall roots are narrowed.
Chromium reserves the width of the widest root for every root, so that in the
original a short one is followed by a hole: "the root of p  ."
"""
import sys

from fontTools import subset

UNICODES = (
    "20-7E,A0,AC,B0-B1,B5,B7,D7,F7,131,237,"  # Latin, and the dotless i and j that hats stand on
    "2C6-2C7,2D8-2DC,302-304,307-308,30C,"  # accents: without them hats move
    "391-3A9,3B1-3C9,3D1,3D5,3F5,"  # Greek
    "2009-200A,2013-2014,2016,2020-2022,2026,2032-2034,2061-2064,"  # spaces, dashes, primes
    "2070-209C,2713,"  # indices and a mark that words have, whose face has none
    "2102,210E,2113,2115,211A,211D,2124,"  # letter-like
    "2190-2195,21A6,21D0-21D4,27F5-27FA,"  # arrows
    "2200,2202-2209,220B,220F-2213,2215-221E,2225-222B,2234,223C,2243,2245,2248,"  # operators
    "2260-2265,226A-226B,2282-2287,2295-2299,22A4-22A5,22C0-22C5,22EE-22F1,2A7D-2A7E,"
    "2308-230B,23DE-23DF,27E8-27E9,"  # floors, braces above and below, brackets
    "1D434-1D467,1D53C,1D5A0-1D5B9,1D6A4-1D6A5,1D6E2-1D71B"  # italics, 𝔼, 𝖳
)
WIDEST_ROOT = 840  # thousandths of an em; the shortest root has 794


def keep_what_formulas_use(source, options):
    font = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(UNICODES))
    subsetter.subset(font)
    return font


def narrow_the_roots(font):
    variants = font["MATH"].table.MathVariants
    root = font.getBestCmap()[0x221A]
    construction = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(root)]
    whole = {record.VariantGlyph for record in construction.MathGlyphVariantRecord}
    parts = {record.glyph for record in construction.GlyphAssembly.PartRecords}
    glyphs, metrics = font["glyf"], font["hmtx"]
    # The parts of one assembled root are narrowed alike, or they would not meet.
    part_scale = WIDEST_ROOT / max(metrics[name][0] for name in parts)
    for name in sorted(whole | parts):
        advance, _ = metrics[name]
        scale = part_scale if name in parts else WIDEST_ROOT / advance
        if scale >= 1:
            continue
        glyph = glyphs[name]
        glyph.coordinates.scale((scale, 1))
        glyph.coordinates.toInt()
        glyph.recalcBounds(glyphs)
        metrics[name] = (round(advance * scale), glyph.xMin)


def main():
    source, target = sys.argv[1:]
    options = subset.Options()
    options.layout_features = ["ssty", "dtls", "flac", "ccmp", "locl", "kern"]
    options.hinting = False
    options.flavor = "woff2"
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.glyph_names = False
    font = keep_what_formulas_use(source, options)
    narrow_the_roots(font)
    subset.save_font(font, target, options)


if __name__ == "__main__":
    main()
