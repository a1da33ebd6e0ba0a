//! One page: its Markdown made ready for mdBook, and what was found on the way.

use crate::book::Book;
use crate::excerpts::Origin;
use crate::faults::{Fault, Refusal};
use crate::snapshots::Line;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// A page after the walk over it.
#[derive(Debug, Default)]
pub struct Page {
    /// The file, relative to the folder of the pages.
    pub path: PathBuf,
    /// The chapter's number in the summary, `2` or `2.1`.
    pub number: Option<String>,
    /// Its first heading.
    pub title: Option<String>,
    /// What it is about, in a sentence or two.
    pub description: Option<String>,
    /// What mdBook is to render.
    pub markdown: String,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
    /// The files it shows, each with its anchor.
    pub included: BTreeSet<Origin>,
    /// The measurements it shows.
    pub measured: BTreeSet<String>,
    /// The lines of outputs that numbers in its sentences lead to, and that have
    /// not been shown yet.
    pub lines: BTreeSet<Line>,
    /// The works and the words that a note in its margin has named.
    pub cited: BTreeSet<String>,
    /// How many formulas it has.
    pub formulas: usize,
    /// How many figures it has.
    pub figures: usize,
    /// The live figures it has.
    pub live: BTreeSet<String>,
}

impl Page {
    /// Notes what is wrong at byte `offset` of its `text`.
    pub fn refuse(
        &mut self,
        book: &Book,
        text: &str,
        offset: usize,
        refusal: Refusal,
    ) {
        let path = book.src.join(&self.path);
        self.faults.push(Fault::at(path, text, offset, refusal));
    }
}
