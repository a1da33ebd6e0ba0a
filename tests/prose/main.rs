//! What the pages, the notebooks and the documents say, held against what it
//! is about.

mod citations;
mod decimals;
mod excerpts;
mod outputs;

mod texts;

use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a file, relative to the root; nothing if it is not there.
fn read(file: impl AsRef<Path>) -> String {
    std::fs::read_to_string(root().join(file)).unwrap_or_default()
}

/// The files of a folder with this ending, relative to the root, in order.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join(folder)).expect("a folder");
    let names = entries.map(|entry| entry.expect("readable").file_name());
    let paths = names.map(|name| Path::new(folder).join(name));
    let mut paths: Vec<PathBuf> =
        paths.filter(|path| path.to_string_lossy().ends_with(ending)).collect();
    paths.sort();
    paths
}

#[track_caller]
fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
