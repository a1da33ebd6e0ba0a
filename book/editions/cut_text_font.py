"""Makes fonts/stix-two-text-*.woff2 from the book's own text faces.

    python cut_text_font.py ../theme/fonts fonts

It needs fonttools and brotli. The book's faces are variable in weight, and a
printer embeds a variable face as drawings of its letters (Type 3), which no
reader of a PDF smooths. So each is cut at the two weights that paper needs,
400 and 600, into faces with outlines. The fonts are under the SIL Open Font
License, whose text lies in ../theme/fonts.
"""
import sys
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

WEIGHTS = {"regular": 400, "semibold": 600}


def main():
    source, target = map(Path, sys.argv[1:])
    for path in sorted(source.glob("stix-two-text-*.woff2")):
        for name, weight in WEIGHTS.items():
            # No time of making in the file: the same bytes on every day.
            font = TTFont(path, recalcTimestamp=False)
            font = instantiateVariableFont(font, {"wght": weight})
            font.flavor = "woff2"
            font.save(target / f"{path.stem}-{name}.woff2")


if __name__ == "__main__":
    main()
