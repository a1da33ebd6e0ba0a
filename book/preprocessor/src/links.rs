//! Links from page to page: every target is there, and so is its #anchor.

use crate::anchors::Source;
use crate::book::Book;
use crate::faults::{Fault, Refusal};
use crate::loads::is_remote;
use crate::page::Page;
use crate::paths;
use std::path::{Path, PathBuf};

/// The dead links of all pages.
pub fn check(book: &Book, pages: &[Page]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for page in pages {
        for (line, target) in &page.links {
            if let Err(refusal) = follow(book, pages, page, target) {
                faults.push(Fault::new(
                    book.src.join(&page.path),
                    *line,
                    refusal,
                ));
            }
        }
    }
    faults
}

fn follow(
    book: &Book,
    pages: &[Page],
    from: &Page,
    target: &str,
) -> Result<(), Refusal> {
    let citation =
        target.starts_with("https://") || target.starts_with("http://");
    if citation || target.starts_with("mailto:") {
        return Ok(());
    }
    let dead = || Refusal::DeadLink(target.to_owned());
    if is_remote(target) || target.starts_with('/') || target.is_empty() {
        return Err(dead());
    }
    let (path, id) = target.split_once('#').unwrap_or((target, ""));
    if path.is_empty() {
        return has_id(from, id);
    }
    let outside = || Refusal::OutsideLink(target.to_owned());
    let path = paths::resolve(&from.path, path).ok_or_else(outside)?;
    if let Some(source) = shown_source(book, &path) {
        return has_line(book, source, id).then_some(()).ok_or_else(dead);
    }
    let markdown = path.with_extension("md");
    match pages.iter().find(|page| {
        page.path == path || is_html(&path) && page.path == markdown
    }) {
        Some(page) => has_id(page, id),
        None if path.extension().is_some_and(|e| e == "md") => Err(dead()),
        None if book.root.join(&book.src).join(&path).is_file() => Ok(()),
        None => Err(dead()),
    }
}

fn is_html(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "html")
}

fn has_id(page: &Page, id: &str) -> Result<(), Refusal> {
    if id.is_empty() || page.ids.contains(id) {
        return Ok(());
    }
    Err(Refusal::DeadAnchor {
        page: page.path.display().to_string(),
        id: id.to_owned(),
    })
}

/// The source file that `source/src/forward.html` (or `.md`) shows.
fn shown_source<'a>(book: &'a Book, path: &Path) -> Option<&'a PathBuf> {
    let stem = path.strip_prefix("source").ok()?.with_extension("");
    book.shown.iter().find(|source| source.with_extension("") == stem)
}

/// Whether `id` is nothing, or `L42` for a line that the file's page shows.
fn has_line(book: &Book, source: &Path, id: &str) -> bool {
    if id.is_empty() {
        return true;
    }
    let line = id.strip_prefix('L').and_then(|line| line.parse::<usize>().ok());
    let Ok(source) = Source::read(&book.root, source) else { return false };
    let shown = source.shown(0..source.lines.len());
    line.is_some_and(|line| shown.iter().any(|index| index + 1 == line))
}
