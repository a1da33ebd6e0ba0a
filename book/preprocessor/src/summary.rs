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
    for (line, target) in listed(&text) {
        match paths::resolve(Path::new("SUMMARY.md"), &target) {
            Some(page) if root.join(src).join(&page).is_file() => {
                pages.push(page)
            }
            _ => faults.push(Fault::new(
                &summary,
                line,
                Refusal::MissingPage(target),
            )),
        }
    }
    for file in paths::files_below(root, src, &["md"]) {
        let listed = file
            .strip_prefix(src)
            .is_ok_and(|page| pages.iter().any(|p| p == page));
        if !listed && file != summary {
            faults.push(Fault::new(file, 1, Refusal::Unlisted));
        }
    }
    (pages, faults)
}

/// The targets of the links, with their lines; a draft, without a target, is no page.
fn listed(text: &str) -> Vec<(usize, String)> {
    let mut targets = Vec::new();
    for (event, range) in Parser::new(text).into_offset_iter() {
        if let Event::Start(Tag::Link { dest_url, .. }) = event
            && !dest_url.is_empty()
        {
            targets.push((
                text[..range.start].matches('\n').count() + 1,
                dest_url.to_string(),
            ));
        }
    }
    targets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_and_drafts_are_no_pages() {
        let text = "# Summary\n\n[Preface](preface.md)\n\n# Part\n\n- [One](one.md)\n  - [Soon]()\n";
        assert_eq!(
            listed(text),
            [(3, "preface.md".into()), (7, "one.md".into())]
        );
    }
}
