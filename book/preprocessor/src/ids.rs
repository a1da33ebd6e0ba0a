//! The ids of a page, which links can point to, as mdBook makes them.

use crate::faults::Refusal;
use pulldown_cmark::{Event, TagEnd};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

/// The ids met so far on one page.
#[derive(Debug, Default)]
pub struct Ids {
    all: BTreeSet<String>,
    headings: HashSet<String>,
    notes: HashMap<String, usize>,
}

impl Ids {
    /// An id that the page spells out; refused if the page has it already.
    pub fn add(&mut self, id: &str) -> Result<(), Refusal> {
        if self.all.insert(id.to_owned()) {
            Ok(())
        } else {
            Err(Refusal::DuplicateId(id.to_owned()))
        }
    }

    /// The id of a heading with this text and no id of its own.
    pub fn add_heading(&mut self, text: &str) -> Result<(), Refusal> {
        let plain = slug(text);
        let numbered = (1..).map(|n| format!("{plain}-{n}"));
        let id = std::iter::once(plain.clone())
            .chain(numbered)
            .find(|id| !self.headings.contains(id))
            .unwrap_or(plain);
        self.headings.insert(id.clone());
        self.add(&id)
    }

    /// The id of one more reference to a footnote.
    pub fn add_note_reference(&mut self, name: &str) {
        let count = self.notes.entry(name.to_owned()).or_default();
        *count += 1;
        self.all.insert(format!("fr-{name}-{count}"));
    }

    /// Whether the page has this id.
    pub fn contains(&self, id: &str) -> bool {
        self.all.contains(id)
    }
}

/// The text of the heading (or the defined term) that begins at `events[0]`.
pub fn heading_text(events: &[(Event, Range<usize>)]) -> String {
    let mut text = String::new();
    for (event, _) in events {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(part),
            Event::SoftBreak => text.push('\n'),
            Event::End(TagEnd::Heading(_) | TagEnd::DefinitionListTitle) => {
                break;
            }
            _ => {}
        }
    }
    text
}

/// A heading's text as an id.
fn slug(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    let kept = lower.chars().filter_map(|c| match c {
        _ if c.is_alphanumeric() || c == '_' || c == '-' => Some(c),
        _ if c.is_whitespace() => Some('-'),
        _ => None,
    });
    kept.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_those_of_mdbook() {
        for (text, id) in [
            (
                "`--passes`: add more rustdoc passes",
                "--passes-add-more-rustdoc-passes",
            ),
            (
                "Method-call 🐙 expressions \u{1f47c}",
                "method-call--expressions-",
            ),
            ("中文標題 CJK title", "中文標題-cjk-title"),
            ("Über", "über"),
        ] {
            assert_eq!(slug(text), id);
        }
    }

    #[test]
    fn equal_headings_are_numbered_and_equal_ids_refused() {
        let mut ids = Ids::default();
        for _ in 0..3 {
            ids.add_heading("Same").unwrap();
        }
        assert_eq!(
            ids.add("same-2"),
            Err(Refusal::DuplicateId("same-2".into()))
        );
        assert!(
            ids.contains("same")
                && ids.contains("same-1")
                && !ids.contains("same-3")
        );
    }
}
