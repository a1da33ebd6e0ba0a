//! The pages that SUMMARY.md lists.

use crate::faults::{Fault, Refusal};
use crate::paths;
use pulldown_cmark::{Event, Parser, Tag};
use std::path::{Path, PathBuf};

/// The pages, relative to `src`, in the book's order; and what is wrong with the list.
pub fn read(root: &Path, src: &Path) -> (Vec<PathBuf>, Vec<Fault>) {
    let summary = src.join("SUMMARY.md");
    let Ok(text) = std::fs::read_to_string(root.join(&summary)) else {
        let refusal = Refusal::Unreadable("SUMMARY.md".to_owned());
        return (Vec::new(), vec![Fault::new(summary, 1, refusal)]);
    };
    let (mut pages, mut faults) = (Vec::new(), Vec::new());
    for (event, place) in Parser::new(&text).into_offset_iter() {
        let Event::Start(Tag::Link { dest_url, .. }) = event else { continue };
        match paths::resolve(Path::new("SUMMARY.md"), &dest_url) {
            // A draft is no page.
            _ if dest_url.is_empty() => {}
            Some(page) if root.join(src).join(&page).is_file() => {
                pages.push(page)
            }
            _ => {
                let refusal = Refusal::MissingPage(dest_url.to_string());
                faults.push(Fault::at(&summary, &text, place.start, refusal));
            }
        }
    }
    for file in paths::files_below(root, src, &["md"]) {
        let is_listed = pages.iter().any(|page| src.join(page) == file);
        if !is_listed && file != summary {
            faults.push(Fault::new(file, 1, Refusal::Unlisted));
        }
    }
    (pages, faults)
}
