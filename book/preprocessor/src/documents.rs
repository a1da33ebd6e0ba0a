//! The documents beside the book: what they link to and show is there.

use crate::faults::Fault;
use crate::html::{Tag, tags};
use crate::links::{self, LinkedPage};
use crate::markdown::options;
use pulldown_cmark::{Event, Parser, Tag as Markdown, TagEnd};
use std::path::{Path, PathBuf};

const FILES: [&str; 3] = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"];

/// The dead links of the documents.
pub fn check(root: &Path) -> Vec<Fault> {
    let read = |file: &&str| {
        let text = std::fs::read_to_string(root.join(file)).ok()?;
        let tags = tags_of(&text);
        Some((PathBuf::from(file), LinkedPage::new(text, tags)))
    };
    let pages = FILES.iter().filter_map(read).collect();
    links::check(&pages, |path| root.join(path).exists())
}

/// The tags that a document becomes, at the places of what becomes them.
fn tags_of(text: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut heading = String::new();
    for (event, place) in Parser::new_ext(text, options()).into_offset_iter() {
        let mut add = |attribute: &str, value: String| {
            let attributes = [(attribute.to_owned(), value)].into();
            let place = place.clone();
            found.push(Tag { attributes, place, ..Tag::default() });
        };
        match event {
            Event::Start(
                Markdown::Link { dest_url, .. }
                | Markdown::Image { dest_url, .. },
            ) => add("href", dest_url.into_string()),
            Event::Start(Markdown::Heading { .. }) => heading.clear(),
            Event::Text(part) | Event::Code(part) => heading.push_str(&part),
            Event::End(TagEnd::Heading(_)) => add("id", slug(&heading)),
            Event::Html(html) | Event::InlineHtml(html) => {
                let raw =
                    tags(&html).map(|tag| Tag { place: place.clone(), ..tag });
                found.extend(raw);
            }
            _ => {}
        }
    }
    found
}

/// A heading's text as an id.
fn slug(text: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || " -_".contains(*c);
    text.to_lowercase()
        .chars()
        .filter(kept)
        .collect::<String>()
        .replace(' ', "-")
}
