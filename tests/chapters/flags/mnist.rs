//! Chapter 4's `--mnist`: files of digits small enough to write are learned,
//! and damaged ones are refused by name.

use std::fs;
use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use tempfile::TempDir;

use crate::chapter::{chapter, text};

const FILES: [&str; 4] = [
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
];

/// An IDX file of bytes.
fn idx(sizes: &[u32], bytes: &[u8]) -> Vec<u8> {
    let mut file = vec![0, 0, 8, sizes.len() as u8];
    file.extend(sizes.iter().flat_map(|size| size.to_be_bytes()));
    file.extend(bytes);
    file
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("in memory");
    encoder.finish().expect("in memory")
}

/// Twenty "digits" of 2×5 pixels: image s has its pixel s mod 10 lit, which
/// is its label.
fn digits() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let labels: Vec<u8> = (0..20).map(|s| s % 10).collect();
    let lit = |label: &u8| {
        (0..10).map(|i| if i == *label { 255 } else { 0 }).collect::<Vec<_>>()
    };
    let pixels: Vec<u8> = labels.iter().flat_map(lit).collect();
    for name in FILES {
        let file = if name.contains("images") {
            idx(&[20, 2, 5], &pixels)
        } else {
            idx(&[20], &labels)
        };
        fs::write(folder.path().join(name), file).expect("written");
    }
    folder
}

#[test]
fn digits_are_read_plain_and_zipped_and_learned() {
    let plain = digits();
    let zipped = tempfile::tempdir().expect("a temporary folder");
    for name in FILES {
        let bytes = fs::read(plain.path().join(name)).expect("there");
        let name = format!("{name}.gz");
        fs::write(zipped.path().join(name), gzip(&bytes)).expect("written");
    }
    let printed = |folder: &TempDir| {
        let output = chapter(4).run_in(folder.path(), "--mnist . --steps 100");
        let said = text(&output.stderr);
        assert_eq!((output.status.code(), &*said), (Some(0), ""));
        text(&output.stdout)
    };
    let text = printed(&plain);
    assert_eq!(text, printed(&zipped));
    assert!(text.starts_with("20 digits of 10 pixels, 20 held out"), "{text}");
    let row = "   0          100.00 %          100.00 %";
    assert!(text.contains(row), "{text}");
}

/// A folder of digits with one file changed.
fn spoiled(name: &str, change: impl FnOnce(&mut Vec<u8>)) -> TempDir {
    let folder = digits();
    let path = folder.path().join(name);
    let mut bytes = fs::read(&path).expect("there");
    change(&mut bytes);
    fs::write(path, bytes).expect("written");
    folder
}

#[test]
fn what_is_no_idx_file_is_refused() {
    type Change = fn(&mut Vec<u8>);
    let cases: [(&str, Change, &str); 9] = [
        (
            FILES[0],
            |bytes| bytes.truncate(100),
            "is truncated: 84 of 200 bytes follow the header",
        ),
        (
            FILES[2],
            |bytes| bytes.truncate(9),
            "is truncated: it ends within its header",
        ),
        (FILES[1], Vec::clear, "is truncated: it ends within its header"),
        (
            FILES[0],
            |bytes| bytes.push(0),
            "goes on after the 200 bytes of its header",
        ),
        (
            FILES[0],
            |bytes| bytes[2] = 13,
            "begins with [0, 0, 13, 3]; an IDX file of bytes in 3 dimensions \
             begins with [0, 0, 8, 3]",
        ),
        (
            FILES[0],
            |bytes| bytes[4..16].fill(255),
            "its header says [4294967295, 4294967295, 4294967295], which is \
             no size",
        ),
        (
            FILES[0],
            |bytes| bytes[4..8].fill(0),
            "its header says [0, 2, 5], which is no size",
        ),
        (
            FILES[1],
            |bytes| *bytes = idx(&[1], &[3]),
            "has 1 labels for 20 images",
        ),
        (
            FILES[3],
            |bytes| bytes[10] = 77,
            "has the label 77; 0 to 9 are digits",
        ),
    ];
    for (name, change, reason) in cases {
        let folder = spoiled(name, change);
        let line = chapter(4).fails(2, folder.path(), "--mnist .");
        assert_eq!(line, format!("error: ./{name}: {reason}"));
    }
}

#[test]
fn a_damaged_gzip_file_is_refused() {
    let folder = digits();
    let plain = folder.path().join(FILES[0]);
    let mut zipped = gzip(&fs::read(&plain).expect("there"));
    zipped.truncate(zipped.len() - 9);
    fs::remove_file(&plain).expect("removed");
    fs::write(plain.with_extension("gz"), zipped).expect("written");
    let line = chapter(4).fails(2, folder.path(), "--mnist .");
    let damaged = "error: ./train-images-idx3-ubyte.gz: is damaged";
    assert!(line.starts_with(damaged), "{line}");
}

#[test]
fn a_folder_without_digits_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let line = chapter(4).fails(2, folder.path(), "--mnist nowhere");
    let start = "error: nowhere/train-images-idx3-ubyte: ";
    assert!(line.starts_with(start), "{line}");
}
