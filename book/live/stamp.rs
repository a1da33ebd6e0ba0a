//! A mark of the sources that the module is built from.
//!
//! The build script puts it into the module, and a test compares it with the
//! sources as they are: so a module that has fallen behind is noticed.

use std::fs;
use std::path::{Path, PathBuf};

/// What the module is made of, as it stands in the root of the repository.
pub const SOURCES: [&str; 7] = [
    "Cargo.lock",
    "Cargo.toml",
    "book/live/Cargo.toml",
    "book/live/build.rs",
    "book/live/src",
    "book/live/stamp.rs",
    "src",
];

/// The 64-bit FNV-1a hash of every source's path and text.
///
/// Carriage returns do not count: git adds them on some systems.
pub fn of_sources(root: &Path) -> u64 {
    let mut files = Vec::new();
    for source in SOURCES {
        collect(root, source, &mut files);
    }
    files.sort();
    files.iter().fold(0xcbf2_9ce4_8422_2325, |hash, (name, path)| {
        let text = fs::read(path).expect("a source can be read");
        let bytes = name.bytes().chain([0]).chain(text);
        bytes.filter(|&byte| byte != b'\r').fold(hash, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    })
}

/// The files at or below `name`, with slashes in their names on every system.
fn collect(root: &Path, name: &str, files: &mut Vec<(String, PathBuf)>) {
    let path = root.join(name);
    if path.is_file() {
        return files.push((name.to_owned(), path));
    }
    let entries = fs::read_dir(path).expect("a folder of sources");
    for entry in entries.flatten() {
        let below = entry.file_name().to_string_lossy().into_owned();
        collect(root, &format!("{name}/{below}"), files);
    }
}
