//! Live figures: `<live-figure name="…">` around the drawing it takes the place of.

use crate::paths;
use std::path::{Path, PathBuf};

/// Those among the scripts that are figures, each named for its own.
pub const FIGURES: &str = "book/theme/live/figures";

/// The core crate as a WebAssembly module.
pub const MODULE: &str = "book/live/chainrule_live.wasm";

/// The scripts of the live figures, relative to `root`.
pub fn scripts(root: &Path) -> Vec<PathBuf> {
    paths::files_below(root, "book/theme/live", &["js"])
}

/// Whether there is a live figure with this name.
pub fn exists(root: &Path, name: &str) -> bool {
    root.join(FIGURES).join(format!("{name}.js")).is_file()
}
