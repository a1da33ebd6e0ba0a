//! What Markdown leaves as text: formulas nobody sees, links without a target.

use crate::faults::Refusal;
use crate::markdown::{Placed, dollars, is_formula, options};
use pulldown_cmark::{BrokenLink, Event, LinkType, Parser, Tag, TagEnd};

/// Marks of formulas that the book does not read.
const MARKS: [&str; 6] = ["$`", "$$", r"\(", r"\)", r"\[", r"\]"];

/// The links `[text][name]` and `[name][]` whose name is not defined.
pub fn links(text: &str) -> Vec<(usize, Refusal)> {
    let mut found = Vec::new();
    let callback = |link: BrokenLink<'_>| {
        // A shortcut, [1, 25, 1], is a list more often than a link.
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
            let name = link.reference.to_string();
            found.push((link.span.start, Refusal::UndefinedLink(name)));
        }
        None
    };
    Parser::new_with_broken_link_callback(text, options(), Some(callback))
        .for_each(drop);
    found.dedup();
    found
}

/// The formulas that are not written as the book reads them.
pub fn formulas(text: &str, events: &[Placed<'_>]) -> Vec<(usize, Refusal)> {
    let mut found = Vec::new();
    let mut in_block = false;
    for (index, (event, place)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_block = true,
            Event::End(TagEnd::CodeBlock) => in_block = false,
            Event::Code(_) => {
                let dollars = dollars(text, &events[index]);
                if dollars.is_some_and(|(before, after)| before != after) {
                    found.push((place.start, Refusal::UnseenFormula("$`")));
                }
            }
            Event::Text(_) if !in_block => {
                let is_formula = |it: &Placed<'_>| is_formula(text, it);
                let (before, after) = (&events[..index], &events[index + 1..]);
                let opened = before.last().is_some_and(is_formula);
                let closed = after.first().is_some_and(is_formula);
                let escaped = text[..place.start].ends_with('\\');
                let start = place.start + usize::from(opened)
                    - usize::from(escaped && !opened);
                let prose = &text[start..place.end - usize::from(closed)];
                found.extend(MARKS.iter().filter_map(|mark| {
                    let at = prose.find(mark)?;
                    Some((start + at, Refusal::UnseenFormula(mark)))
                }));
            }
            _ => {}
        }
    }
    found
}

/// Hyphens where a minus or a dash is meant: before a number, and between two.
pub fn minuses(events: &[Placed<'_>]) -> Vec<(usize, Refusal)> {
    let mut in_code = false;
    let mut found = Vec::new();
    for (event, place) in events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(text) if !in_code => {
                let meant = text
                    .match_indices('-')
                    .find(|(at, _)| is_minus(&text[..*at], &text[at + 1..]));
                let refusal = |_| (place.start, Refusal::HyphenForMinus);
                found.extend(meant.map(refusal));
            }
            _ => {}
        }
    }
    found
}

fn is_minus(before: &str, after: &str) -> bool {
    let whole = |c: char| c.is_alphanumeric() || c == '-' || c == '.';
    let word = before.rsplit(|c| !whole(c)).next().unwrap_or_default();
    let next = after.split(|c| !whole(c)).next().unwrap_or_default();
    let next = next.trim_end_matches('.');
    let is_number = |text: &str| text.parse::<f64>().is_ok();
    is_number(next) && (word.is_empty() || is_number(word))
}
