//! Live figures: `<live-figure name="…">` around the drawing it takes the place of.

use crate::paths;
use std::path::{Path, PathBuf};

/// Those among the scripts that are figures, each named for its own.
pub const FIGURES: &str = "book/theme/live/figures";

/// The core crate as a WebAssembly module.
pub const MODULE: &str = "book/live/chainrule_live.wasm";

/// The weights of a trained network, which the program of the chapter on this
/// page has written; most pages have none.
pub fn weights(page: &Path) -> PathBuf {
    let stem = page.file_stem().unwrap_or_default();
    Path::new("book/live").join(stem).with_extension("weights")
}

/// The scripts of the live figures, relative to `root`.
pub fn scripts(root: &Path) -> Vec<PathBuf> {
    paths::files_below(root, "book/theme/live", &["js"])
}

/// Whether there is a live figure with this name.
pub fn exists(root: &Path, name: &str) -> bool {
    root.join(FIGURES).join(format!("{name}.js")).is_file()
}
