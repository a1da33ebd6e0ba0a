//! A book on disk: its pages in one language, and the sources they show.

use crate::faults::Fault;
use crate::{sources, summary};
use std::path::{Path, PathBuf};

/// The book in one language.
#[derive(Debug)]
pub struct Book {
    /// The repository.
    pub root: PathBuf,
    /// The folder of the pages, relative to the root: `book/en`.
    pub src: PathBuf,
    /// The pages, relative to `src`, in order.
    pub pages: Vec<PathBuf>,
    /// The source files that have a page of their own, relative to the root.
    pub shown: Vec<PathBuf>,
    /// What is wrong with the list of pages.
    pub faults: Vec<Fault>,
}

impl Book {
    /// Reads the lists of the book in `root`, whose pages are in `src`.
    pub fn open(root: &Path, src: &Path) -> Self {
        let (pages, faults) = summary::read(root, src);
        let with_sources =
            pages.iter().any(|it| it == Path::new(sources::PAGE));
        let shown =
            if with_sources { sources::shown(root) } else { Vec::new() };
        let (root, src) = (root.to_path_buf(), src.to_path_buf());
        Book { root, src, shown, pages, faults }
    }
}
