//! What Markdown lets pass as text: formulas nobody sees, links without a target.

use crate::faults::Refusal;
use crate::walk::{Place, options};
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

/// The first formula of each kind that is not written as the book reads it.
pub fn formulas(
    text: &str,
    events: &[(Event<'_>, Place)],
) -> Vec<(usize, Refusal)> {
    let prose = prose(text, events);
    let marks = MARKS.iter().filter_map(|mark| {
        let bytes = mark.as_bytes();
        let at = prose.windows(2).position(|two| two == bytes)?;
        Some((at, Refusal::UnseenFormula(mark)))
    });
    let halves = events.iter().filter_map(|(event, place)| {
        let (before, after) = dollars(text, place);
        let half = matches!(event, Event::Code(_)) && before != after;
        half.then_some((place.start, Refusal::UnseenFormula("$`")))
    });
    marks.chain(halves).collect()
}

/// The text with blanks for all that is code, a formula or markup.
fn prose(text: &str, events: &[(Event<'_>, Place)]) -> Vec<u8> {
    let mut prose = vec![b' '; text.len()];
    let mut in_block = false;
    for (event, place) in events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_block = true,
            Event::End(TagEnd::CodeBlock) => in_block = false,
            Event::Text(_) if !in_block => {
                let escaped = text[..place.start].ends_with('\\');
                let place = place.start - usize::from(escaped)..place.end;
                prose[place.clone()]
                    .copy_from_slice(&text.as_bytes()[place.clone()]);
            }
            _ => {}
        }
    }
    for (event, place) in events {
        if matches!(event, Event::Code(_))
            && dollars(text, place) == (true, true)
        {
            prose[place.start - 1] = b' ';
            prose[place.end] = b' ';
        }
    }
    prose
}

/// Whether a dollar stands before a code span, and behind it.
fn dollars(text: &str, place: &Place) -> (bool, bool) {
    (text[..place.start].ends_with('$'), text[place.end..].starts_with('$'))
}
