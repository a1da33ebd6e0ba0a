//! Live figures: `<live-figure name="…">` around the drawing it takes the place of.

use crate::faults::{Fault, Refusal};
use crate::paths;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Those among the scripts that are figures, each named for its own.
const FIGURES: &str = "book/theme/live/figures";

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

/// The figures that are not among the `shown`.
pub fn unused(root: &Path, shown: &BTreeSet<String>) -> Vec<Fault> {
    let scripts = paths::files_below(root, FIGURES, &["js"]).into_iter();
    let unused = scripts.filter_map(|script| {
        let name = script.file_stem()?.to_string_lossy().into_owned();
        let refusal = Refusal::UnusedLiveFigure(name.clone());
        (!shown.contains(&name)).then(|| Fault::new(script, 1, refusal))
    });
    unused.collect()
}
