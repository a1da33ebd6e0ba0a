//! Chapter 8's `--mnist`: files of digits small enough to write are learned,
//! and damaged ones are refused by name.

use std::fs;
use std::io::Write;
#[cfg(unix)]
use std::process::Command;

use chapters::ch08_digits::args::Args;
use chapters::ch08_digits::idx::parse;
use chapters::ch08_digits::mnist::print;
use clap::Parser;
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
/// is its label; in a folder `digits`.
pub fn digits() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let within = folder.path().join("digits");
    fs::create_dir(&within).expect("a folder");
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
        fs::write(within.join(name), file).expect("written");
    }
    folder
}

#[test]
fn digits_are_read_plain_and_zipped_and_learned() {
    let plain = digits();
    let zipped = digits();
    for name in FILES {
        let bytes =
            fs::read(plain.path().join("digits").join(name)).expect("there");
        let path = zipped.path().join(format!("digits/{name}.gz"));
        fs::write(&path, gzip(&bytes)).expect("written");
        fs::remove_file(path.with_extension("")).expect("removed");
    }
    let printed = |folder: &TempDir| {
        let output =
            chapter(8).run_in(folder.path(), "--mnist digits --epochs 100");
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
    let path = folder.path().join("digits").join(name);
    let mut bytes = fs::read(&path).expect("there");
    change(&mut bytes);
    fs::write(path, bytes).expect("written");
    folder
}

#[test]
fn what_is_no_idx_file_is_refused() {
    type Change = fn(&mut Vec<u8>);
    let cases: [(&str, Change, &str); 11] = [
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
            "its header says [4294967295, 4294967295, 4294967295]; each is at \
             least 1, and they are at most [65536, 32, 32]",
        ),
        (
            FILES[2],
            |bytes| *bytes = idx(&[1, 5000, 5000], &[0; 9]),
            "its header says [1, 5000, 5000]; each is at least 1, and they \
             are at most [65536, 32, 32]",
        ),
        (
            FILES[3],
            |bytes| *bytes = idx(&[65_537], &[0; 9]),
            "its header says [65537]; each is at least 1, and they are at \
             most [65536]",
        ),
        (
            FILES[0],
            |bytes| bytes[4..8].fill(0),
            "its header says [0, 2, 5]; each is at least 1, and they are at \
             most [65536, 32, 32]",
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
        let line = chapter(8).fails(2, folder.path(), "--mnist digits");
        assert_eq!(line, format!("error: digits/{name}: {reason}"));
    }
}

#[test]
fn a_damaged_gzip_file_is_refused() {
    let folder = digits();
    let plain = folder.path().join("digits").join(FILES[0]);
    let mut zipped = gzip(&fs::read(&plain).expect("there"));
    zipped.truncate(zipped.len() - 9);
    fs::remove_file(&plain).expect("removed");
    fs::write(plain.with_extension("gz"), zipped).expect("written");
    let line = chapter(8).fails(2, folder.path(), "--mnist digits");
    let damaged = "error: digits/train-images-idx3-ubyte.gz: is damaged";
    assert!(line.starts_with(damaged), "{line}");
}

#[test]
fn one_gzip_member_is_read() {
    let folder = digits();
    let plain = folder.path().join("digits").join(FILES[0]);
    let mut zipped = gzip(&fs::read(&plain).expect("there"));
    zipped.extend(gzip(&[]));
    fs::remove_file(&plain).expect("removed");
    fs::write(plain.with_extension("gz"), zipped).expect("written");
    let line = chapter(8).fails(2, folder.path(), "--mnist digits");
    let file = "digits/train-images-idx3-ubyte.gz";
    let reason = "goes on after its first gzip member";
    assert_eq!(line, format!("error: {file}: {reason}"));
}

/// Black images as large as they may be, as many as fit into 4 KB zipped.
#[test]
fn a_bomb_costs_less_than_64_mb() {
    let images = 4000;
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in FILES {
        let file = if name.contains("images") {
            idx(&[images, 32, 32], &vec![0; images as usize * 32 * 32])
        } else {
            idx(&[images], &vec![0; images as usize])
        };
        let mut best = GzEncoder::new(Vec::new(), Compression::best());
        best.write_all(&file).expect("in memory");
        let zipped = best.finish().expect("in memory");
        assert!(zipped.len() < 4500, "{name}: {}", zipped.len());
        let path = folder.path().join(format!("{name}.gz"));
        fs::write(path, zipped).expect("written");
    }
    let args = Args::try_parse_from(["chapter", "--epochs", "1"]);
    let args = args.expect("flags");
    let mut out = Vec::new();
    let info = allocation_counter::measure(|| {
        print(&mut out, &args, folder.path()).expect("digits");
    });
    assert!(text(&out).starts_with("4000 digits of 1024 pixels"));
    assert!(info.bytes_max < 64_000_000, "{}", info.bytes_max);
}

/// The largest header that is allowed, and nothing behind it.
#[test]
fn a_promise_costs_nothing() {
    let file = idx(&[1 << 16, 32, 32], &[]);
    let info = allocation_counter::measure(|| {
        let read = parse(&file[..], &[1 << 16, 32, 32]);
        read.expect_err("nothing there");
    });
    assert!(info.bytes_max < 10_000, "{}", info.bytes_max);
}

/// A pipe that nobody writes to, and a device without an end.
#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_read() {
    for name in [FILES[0].to_owned(), format!("{}.gz", FILES[0])] {
        for kind in ["mkfifo", "ln -s /dev/zero", "mkdir"] {
            let folder = digits();
            let within = folder.path().join("digits");
            fs::remove_file(within.join(FILES[0])).expect("removed");
            let mut words = kind.split(' ');
            let status = Command::new(words.next().expect("a command"))
                .args(words)
                .arg(within.join(&name))
                .status();
            assert!(status.expect("a shell's tool").success());
            let line = chapter(8).fails(2, folder.path(), "--mnist digits");
            let says = format!("error: digits/{name}: is no regular file");
            assert_eq!(line, says);
        }
    }
}

#[test]
fn a_folder_without_digits_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let line = chapter(8).fails(2, folder.path(), "--mnist nowhere");
    let start = "error: nowhere/train-images-idx3-ubyte: ";
    assert!(line.starts_with(start), "{line}");
}
