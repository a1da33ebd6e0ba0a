//! The exercises of a chapter: the items of a numbered list.

use crate::markdown::{Placed, events, extent, plain_text};
use crate::marks::{self, Mark};
use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use std::ops::Range;

/// An item of the numbered list under `## Exercises`.
#[derive(Debug)]
pub struct Exercise<'a> {
    /// Its number in the list.
    pub number: u64,
    /// Its first words, as Markdown.
    pub title: String,
    /// What it is called, by its answer or by its rung.
    pub marks: Vec<Mark<'a>>,
    /// The bytes it takes up.
    pub place: Range<usize>,
    /// Where its sentences end.
    pub end: usize,
}

/// The exercises of a page.
pub fn list(text: &str) -> Vec<Exercise<'_>> {
    let events = events(text);
    let (mut is_under, mut depth, mut next) = (false, 0, None);
    let mut found = Vec::new();
    for (at, (event, place)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Heading {
                level: HeadingLevel::H1 | HeadingLevel::H2,
                ..
            }) => {
                let heading = &events[at..at + extent(&events[at..])];
                is_under = plain_text(heading) == "Exercises";
            }
            Event::Start(Tag::List(first)) => {
                depth += 1;
                next = if depth == 1 { *first } else { next };
            }
            Event::End(TagEnd::List(_)) => depth -= 1,
            Event::Start(Tag::Item) if is_under && depth == 1 => {
                if let Some(number) = next {
                    let place = place.clone();
                    found.push(exercise(text, number, place, &events[at..]));
                    next = Some(number + 1);
                }
            }
            _ => {}
        }
    }
    found
}

fn exercise<'a>(
    text: &'a str,
    number: u64,
    place: Range<usize>,
    events: &[Placed<'_>],
) -> Exercise<'a> {
    let is_within = |mark: &Mark<'_>| place.contains(&mark.place.start);
    let names = ["exercise", "rung"];
    let marks = marks::all(text).filter(is_within);
    let marks: Vec<_> = marks.filter(|it| names.contains(&it.kind)).collect();
    let item = &text[place.clone()];
    let sentences = item.trim_start_matches(|c: char| c.is_ascii_digit());
    let mut sentences = sentences.trim_start_matches(['.', ')']).to_owned();
    for mark in &marks {
        sentences = sentences.replace(&text[mark.place.clone()], "");
    }
    Exercise {
        number,
        title: first_words(&sentences, 9),
        end: end(text, &place, events),
        place,
        marks,
    }
}

/// Where the last sentence of an item ends.
fn end(text: &str, place: &Range<usize>, events: &[Placed<'_>]) -> usize {
    let mut is_code = false;
    let mut end = place.start;
    for (event, at) in events.iter().take_while(|it| it.1.start < place.end) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            Event::Text(_)
            | Event::Code(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::End(TagEnd::Link | TagEnd::Emphasis | TagEnd::Strong)
                if !is_code =>
            {
                end = end.max(at.end);
            }
            _ => {}
        }
    }
    text[..end].trim_end().len()
}

/// The first words of a paragraph, as Markdown, with its formulas and without
/// links and emphasis.
pub fn first_words(markdown: &str, most: usize) -> String {
    let mut plain = String::new();
    for (event, place) in events(markdown) {
        match event {
            Event::Text(_) | Event::Code(_) => plain += &markdown[place],
            Event::SoftBreak => plain.push(' '),
            Event::End(TagEnd::Paragraph) => break,
            _ => {}
        }
    }
    let words: Vec<&str> = plain.split_whitespace().collect();
    // A formula is not cut.
    let is_whole = |count: &usize| {
        words[..*count].concat().matches('`').count().is_multiple_of(2)
    };
    let count = (most..words.len()).find(is_whole).unwrap_or(words.len());
    let title = words[..count].join(" ");
    let dots = if count < words.len() { " …" } else { "" };
    title.trim_end_matches(['.', ',', ':', ';']).to_owned() + dots
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "\
1. not here

## Exercises

1. <!-- exercise: a --> Show *that* $`a b = c`$, and more of
   it, which is long, for a [link](x.md).
2. One.

   ```sh
   cargo doc
   ```
";

    #[test]
    fn exercises_are_the_items_under_their_heading() {
        let found = list(PAGE);
        let titles: Vec<_> = found.iter().map(|it| &it.title).collect();
        assert_eq!(titles, ["Show that $`a b = c`$, and more of …", "One"]);
        assert_eq!(found[0].marks[0].name, "a");
        assert!(PAGE[..found[0].end].ends_with("[link](x.md)."));
        assert!(PAGE[..found[1].end].ends_with("2. One."));
    }
}
