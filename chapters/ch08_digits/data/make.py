#!/usr/bin/env python3
"""Makes the two IDX files beside this script, from scikit-learn's copy of the digits.

    python3 chapters/ch08_digits/data/make.py           writes them
    python3 chapters/ch08_digits/data/make.py --check   compares them

The wheel is fetched by pip and read as the archive that it is: nothing of it is
installed or run. README.md tells whose the digits are.
"""

import argparse
import gzip
import pathlib
import subprocess
import sys
import tempfile
import zipfile

FOLDER = pathlib.Path(__file__).parent
# One wheel for every machine: it is only opened.
WHEEL = ["scikit-learn==1.6.1", "--no-deps", "--only-binary=:all:",
         "--platform=manylinux2014_x86_64", "--python-version=3.12",
         "--implementation=cp"]
CSV = "sklearn/datasets/data/digits.csv.gz"
SIDE, LARGEST = 8, 16


def table():
    """The lines of the table: 64 pixels from 0 to 16, and a label."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet",
                        "--disable-pip-version-check", "--dest", folder, *WHEEL], check=True)
        (wheel,) = pathlib.Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            text = gzip.decompress(archive.read(CSV)).decode("ascii")
    return [[int(float(number)) for number in line.split(",")] for line in text.splitlines()]


def idx(sizes, numbers):
    """An IDX file of bytes: two zeros, 8, the number of dimensions, each as four bytes."""
    header = bytes([0, 0, 8, len(sizes)])
    return header + b"".join(size.to_bytes(4, "big") for size in sizes) + bytes(numbers)


def files():
    """The name of each file, and its bytes."""
    rows = table()
    pixels = [pixel for row in rows for pixel in row[:-1]]
    labels = [row[-1] for row in rows]
    assert len(pixels) == len(rows) * SIDE * SIDE and max(pixels) <= LARGEST
    assert set(labels) == set(range(10))
    return {
        "digits-images-idx3-ubyte": idx([len(rows), SIDE, SIDE], pixels),
        "digits-labels-idx1-ubyte": idx([len(rows)], labels),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare, and write nothing")
    check = parser.parse_args().check
    for name, content in files().items():
        path = FOLDER / name
        if not check:
            path.write_bytes(content)
        elif path.read_bytes() != content:
            sys.exit(f"{path} is not what {WHEEL[0]} holds")
    print("the digits are those of", WHEEL[0] if check else f"{WHEEL[0]}, written")


if __name__ == "__main__":
    main()
