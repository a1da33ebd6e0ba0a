//! Live figures: `<live-figure name="…">` around the drawing it takes the place of.

use crate::book::Book;
use crate::faults::{Fault, Refusal};
use crate::page::Page;
use crate::paths;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The scripts of the live figures.
const SCRIPTS: &str = "book/theme/live";

/// Those among them that are figures, each named for its own.
const FIGURES: &str = "book/theme/live/figures";

/// The core crate as a WebAssembly module.
pub const MODULE: &str = "book/live/chainrule_live.wasm";

/// A live figure that a page has opened and not yet closed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Open {
    /// The byte its tag begins at.
    offset: usize,
    /// How many drawings the page had before it.
    figures: usize,
}

impl Open {
    /// Opens one where none is open.
    pub(crate) fn new(
        book: &Book,
        page: &mut Page,
        offset: usize,
        name: &str,
        before: Option<Open>,
    ) -> Result<Open, Refusal> {
        if before.is_some() {
            return Err(Refusal::LiveFigure("stands in another one"));
        }
        let script = format!("{FIGURES}/{name}.js");
        if name.is_empty() || !book.root.join(script).is_file() {
            return Err(Refusal::UnknownLiveFigure(name.to_owned()));
        }
        page.live.insert(name.to_owned());
        Ok(Open { offset, figures: page.figures })
    }

    /// What is wrong with it once it is closed, and where it began.
    pub(crate) fn close(self, page: &Page) -> Option<(usize, Refusal)> {
        let problem = "needs one drawing of its own, as a paragraph";
        (page.figures != self.figures + 1)
            .then_some((self.offset, Refusal::LiveFigure(problem)))
    }

    /// What is wrong with it if the page ends first.
    pub(crate) fn left(self) -> (usize, Refusal) {
        (self.offset, Refusal::LiveFigure("is not closed"))
    }
}

/// The scripts that no page loads, and the figures that no page shows.
pub fn check(root: &Path, pages: &[Page], is_original: bool) -> Vec<Fault> {
    let scripts = paths::files_below(root, Path::new(SCRIPTS), &["js"]);
    let settings =
        std::fs::read_to_string(root.join("book.toml")).unwrap_or_default();
    let loaded = |script: &&PathBuf| {
        !settings.contains(&format!("\"{}\"", paths::url(script)))
    };
    let mut faults: BTreeMap<&PathBuf, Refusal> = scripts
        .iter()
        .filter(loaded)
        .map(|script| (script, Refusal::Setting("it under additional-js")))
        .collect();
    if is_original {
        let shown: BTreeSet<_> =
            pages.iter().flat_map(|page| &page.live).collect();
        faults.extend(scripts.iter().filter_map(|script| {
            let name = script.file_stem()?.to_string_lossy().into_owned();
            let unused = script.parent() == Some(Path::new(FIGURES))
                && !shown.contains(&name);
            unused.then_some((script, Refusal::UnusedLiveFigure(name)))
        }));
    }
    let faults = faults.into_iter();
    faults.map(|(script, refusal)| Fault::new(script, 1, refusal)).collect()
}
