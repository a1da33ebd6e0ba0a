//! The documents beside the book: what they link to and show is there.

use crate::faults::{Fault, Refusal};
use crate::html::{Piece, pieces};
use crate::ids::{Ids, heading_text};
use crate::loads::{is_remote, line_at};
use crate::paths;
use crate::walk::options;
use pulldown_cmark::{Event, Parser, Tag};
use std::path::Path;

const FILES: [&str; 3] = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"];

/// The dead links of the documents.
pub fn check(root: &Path) -> Vec<Fault> {
    FILES.iter().flat_map(|file| check_one(root, file)).collect()
}

fn check_one(root: &Path, file: &str) -> Vec<Fault> {
    let text = std::fs::read_to_string(root.join(file)).unwrap_or_default();
    let events: Vec<_> =
        Parser::new_ext(&text, options()).into_offset_iter().collect();
    let mut ids = Ids::default();
    let mut targets = Vec::new();
    for (index, (event, place)) in events.iter().enumerate() {
        match event {
            Event::Start(
                Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. },
            ) => targets.push((place.start, dest_url.to_string())),
            Event::Html(html) | Event::InlineHtml(html) => {
                let found = in_html(html).into_iter();
                targets.extend(found.map(|url| (place.start, url)));
            }
            // Two equal headings are numbered, and no heading spells out its id.
            Event::Start(Tag::Heading { .. }) => {
                let _ = ids.add_heading(&heading_text(&events[index..]));
            }
            _ => {}
        }
    }
    let dead = targets
        .into_iter()
        .filter(|(_, target)| !leads_somewhere(root, &ids, target));
    dead.map(|(offset, target)| {
        Fault::new(file, line_at(&text, offset), Refusal::DeadLink(target))
    })
    .collect()
}

/// What the tags link to and show.
fn in_html(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for piece in pieces(html) {
        let Piece::Open { attributes, .. } = piece else { continue };
        let targets = ["href", "src"].map(|name| attributes.get(name).cloned());
        found.extend(targets.into_iter().flatten());
    }
    found
}

fn leads_somewhere(root: &Path, ids: &Ids, target: &str) -> bool {
    if is_remote(target) || target.starts_with("mailto:") {
        return true;
    }
    let (path, id) = target.split_once('#').unwrap_or((target, ""));
    if path.is_empty() {
        return ids.contains(id);
    }
    paths::resolve(Path::new(""), path)
        .is_some_and(|path| root.join(path).exists())
}
