//! The gate: everything that is wrong with the sources of the book.

use crate::anchors::Source;
use crate::book::Book;
use crate::faults::{Fault, Refusal};
use crate::page::Page;
use crate::render::render;
use crate::{
    bundles, documents, live, paths, remote, settings, snapshots, sources,
};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The language that the book is written in; it must show every anchor.
const ORIGINAL: &str = "book/en";

/// Everything that is wrong with the book in the repository `root`, in all languages.
pub fn check(root: &Path) -> Vec<Fault> {
    let folders = std::fs::read_dir(root.join("book"));
    let folders = folders.into_iter().flatten().flatten();
    let mut languages: BTreeSet<PathBuf> = folders
        .map(|entry| Path::new("book").join(entry.file_name()))
        .filter(|src| root.join(src).join("SUMMARY.md").is_file())
        .collect();
    languages.insert(PathBuf::from(ORIGINAL));
    let faults: BTreeSet<Fault> =
        languages.iter().flat_map(|src| check_language(root, src)).collect();
    faults.into_iter().collect()
}

/// Everything that is wrong with the book whose pages are in `src` (`book/en`).
pub fn check_language(root: &Path, src: &Path) -> Vec<Fault> {
    let book = Book::open(root, src);
    let mut pages = Vec::new();
    let mut faults: BTreeSet<Fault> = book.faults.iter().cloned().collect();
    for path in &book.pages {
        let file = src.join(path);
        match std::fs::read_to_string(root.join(&file)) {
            Ok(text) => pages.push(render(&book, path, &text, None)),
            Err(error) => {
                let refusal = Refusal::Unreadable(error.to_string());
                faults.insert(Fault::new(file, 1, refusal));
            }
        }
    }
    faults.extend(pages.iter().flat_map(|page| page.faults.iter().cloned()));
    let loading = ["css", "js", "hbs", "html"];
    faults.extend(remote::check(root, Path::new("book/theme"), &loading));
    faults.extend(remote::check(root, src, &loading));
    faults.extend(settings::check(root, &bundles::settings(root)));
    faults.extend(documents::check(root));
    faults.extend(check_anchors(&book, &pages));
    if src == Path::new(ORIGINAL) {
        let live = pages.iter().flat_map(|page| &page.live);
        let scripts = (live::FIGURES, "js");
        faults.extend(unshown(root, scripts, live, Refusal::UnusedLiveFigure));
        let measured = pages.iter().flat_map(|page| &page.measured);
        let files = (snapshots::MEASUREMENTS, "txt");
        faults.extend(unshown(
            root,
            files,
            measured,
            Refusal::UnusedMeasurement,
        ));
    }
    faults.into_iter().collect()
}

/// The anchors of all sources: well formed, and each on some page of the original.
fn check_anchors(book: &Book, pages: &[Page]) -> Vec<Fault> {
    let included: BTreeSet<_> =
        pages.iter().flat_map(|page| &page.included).cloned().collect();
    let mut files: BTreeSet<PathBuf> = sources::anchored(&book.root).collect();
    files.extend(included.iter().map(|(file, _)| file.clone()));
    let mut faults = Vec::new();
    for file in files {
        let Ok(source) = Source::read(&book.root, &file) else { continue };
        faults.extend(source.faults);
        if book.src != Path::new(ORIGINAL) {
            continue;
        }
        for anchor in source.anchors {
            let shown = (file.clone(), anchor.name.clone());
            if !included.contains(&shown) {
                let refusal = Refusal::UnusedAnchor(anchor.name);
                faults.push(Fault::new(&file, anchor.start + 1, refusal));
            }
        }
    }
    faults
}

/// The files below `folder` whose names are not among the `shown`.
fn unshown<'a>(
    root: &Path,
    (folder, extension): (&str, &str),
    shown: impl Iterator<Item = &'a String>,
    refusal: impl Fn(String) -> Refusal,
) -> Vec<Fault> {
    let shown: BTreeSet<&String> = shown.collect();
    let files = paths::files_below(root, folder, &[extension]).into_iter();
    let unshown = files.filter_map(|file| {
        let name = file.file_stem()?.to_string_lossy().into_owned();
        (!shown.contains(&name)).then(|| Fault::new(file, 1, refusal(name)))
    });
    unshown.collect()
}
