//! The book's own machine. It puts code, outputs, numbers, formulas and figures
//! on the pages, each from its one source, and refuses a page where that fails.
//!
//! [`check`] is the gate, which the tests run; [`Page::render`] makes a page
//! ready for mdBook; [`check_built`] looks at the book that came out.

mod anchors;
mod blocks;
mod book;
mod built;
mod directives;
mod documents;
mod edits;
mod exceptions;
mod excerpts;
mod faults;
mod figures;
mod html;
mod ids;
mod items;
mod links;
pub mod live;
mod loads;
mod math;
mod page;
mod paths;
mod settings;
mod shell;
mod snapshots;
pub mod source_pages;
mod summary;
mod unseen;
mod walk;

pub use book::Book;
pub use built::check_built;
pub use faults::{Fault, Refusal};
pub use page::Page;

use anchors::Source;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The language that the book is written in; it must show every anchor.
const ORIGINAL: &str = "en";

/// Everything that is wrong with the book in the repository `root`, in all languages.
pub fn check(root: &Path) -> Vec<Fault> {
    let languages = languages(root);
    let faults: BTreeSet<Fault> =
        languages.iter().flat_map(|src| check_language(root, src)).collect();
    faults.into_iter().collect()
}

/// Everything that is wrong with the book whose pages are in `src` (`book/en`).
pub fn check_language(root: &Path, src: &Path) -> Vec<Fault> {
    let book = Book::open(root, src);
    let (pages, mut faults) = read_pages(&book);
    faults.extend(book.faults.iter().cloned());
    faults.extend(pages.iter().flat_map(|page| page.faults.iter().cloned()));
    faults.extend(links::check(&book, &pages));
    faults.extend(loads::check_files(root, src));
    faults.extend(settings::check(root));
    faults.extend(documents::check(root));
    faults.extend(live::check(root, &pages, src.ends_with(ORIGINAL)));
    faults.extend(check_sources(&book, &pages));
    faults.extend(idle_measurements(&book, &pages));
    faults.extend(idle_exceptions(&book, &pages));
    faults.sort();
    faults.dedup();
    faults
}

/// The code of an anchor, as the pages show it; none if there is no such file
/// or anchor.
pub fn excerpt(root: &Path, file: &Path, anchor: &str) -> Option<String> {
    let source = Source::read(root, file).ok()?;
    let found = source.anchors.iter().find(|found| found.name == anchor)?;
    Some(source.dedented(&source.shown(found.start..found.end)))
}

fn languages(root: &Path) -> Vec<PathBuf> {
    let folders =
        std::fs::read_dir(root.join("book")).into_iter().flatten().flatten();
    let folders =
        folders.map(|entry| Path::new("book").join(entry.file_name()));
    let original = Path::new("book").join(ORIGINAL);
    let others = folders.filter(|src| {
        *src != original && root.join(src).join("SUMMARY.md").is_file()
    });
    std::iter::once(original.clone()).chain(others).collect()
}

fn read_pages(book: &Book) -> (Vec<Page>, Vec<Fault>) {
    let (mut pages, mut faults) = (Vec::new(), Vec::new());
    for path in &book.pages {
        let file = book.src.join(path);
        match std::fs::read_to_string(book.root.join(&file)) {
            Ok(text) => pages.push(Page::render(book, path, &text, None)),
            Err(error) => faults.push(Fault::new(
                file,
                1,
                Refusal::Unreadable(error.to_string()),
            )),
        }
    }
    (pages, faults)
}

/// The anchors of all sources: well formed, and each on some page of the original.
fn check_sources(book: &Book, pages: &[Page]) -> Vec<Fault> {
    let included: BTreeSet<_> =
        pages.iter().flat_map(|page| &page.included).cloned().collect();
    let mut files = source_pages::files(&book.root);
    files.extend(paths::files_below(
        &book.root,
        Path::new("tests/parity"),
        &["rs"],
    ));
    let elsewhere: BTreeSet<_> = included
        .iter()
        .map(|(file, _)| file)
        .filter(|file| !files.contains(file))
        .collect();
    let mut faults = Vec::new();
    for file in files.iter().chain(elsewhere) {
        let Ok(source) = Source::read(&book.root, file) else { continue };
        if book.src.ends_with(ORIGINAL) {
            let unused = source.anchors.iter().filter(|anchor| {
                !included.contains(&(file.clone(), Some(anchor.name.clone())))
            });
            faults.extend(unused.map(|anchor| {
                let refusal = Refusal::UnusedAnchor(anchor.name.clone());
                Fault::new(file, anchor.start + 1, refusal)
            }));
        }
        faults.extend(source.faults);
    }
    faults
}

/// The measurements that the original shows nowhere.
fn idle_measurements(book: &Book, pages: &[Page]) -> Vec<Fault> {
    if !book.src.ends_with(ORIGINAL) {
        return Vec::new();
    }
    let shown: BTreeSet<_> =
        pages.iter().flat_map(|page| &page.measured).collect();
    let folder = Path::new(snapshots::MEASUREMENTS);
    let files = paths::files_below(&book.root, folder, &["txt"]);
    let idle = files.into_iter().filter(|file| {
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        !shown.contains(&name.into_owned())
    });
    idle.map(|file| Fault::new(file, 1, Refusal::UnusedMeasurement)).collect()
}

/// The exceptions for this language that no block needs any more.
fn idle_exceptions(book: &Book, pages: &[Page]) -> Vec<Fault> {
    let used: BTreeSet<_> =
        pages.iter().flat_map(|page| &page.excused).collect();
    let language = book.page_name(Path::new(""));
    let idle = book.exceptions.iter().filter(|exception| {
        let ours = exception.page.starts_with(&language)
            || book.src.ends_with(ORIGINAL);
        ours && !used.contains(&exception.line)
    });
    idle.map(|exception| {
        let refusal = Refusal::IdleException(exception.page.clone());
        Fault::new(exceptions::FILE, exception.line, refusal)
    })
    .collect()
}
