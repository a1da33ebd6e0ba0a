//! Markdown as mdBook reads it.

use pulldown_cmark::{Event, Options, Parser, TextMergeWithOffset};
use std::ops::Range;

/// An event, and the bytes of the text that it stands in.
pub type Placed<'a> = (Event<'a>, Range<usize>);

/// The Markdown that mdBook reads.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}

/// The events of a text.
pub fn events(text: &str) -> Vec<Placed<'_>> {
    let events = Parser::new_ext(text, options()).into_offset_iter();
    TextMergeWithOffset::new(events).collect()
}

/// How many events the element that begins at `events[0]` takes up.
pub fn extent(events: &[Placed<'_>]) -> usize {
    let Some((Event::Start(tag), _)) = events.first() else { return 1 };
    let end = Event::End(tag.to_end());
    let end = events.iter().position(|(event, _)| *event == end);
    end.map_or(events.len(), |index| index + 1)
}

/// The text among `events`, without its markup.
pub fn plain_text(events: &[Placed<'_>]) -> String {
    let parts = events.iter().filter_map(|(event, _)| match event {
        Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
        Event::SoftBreak => Some(" "),
        _ => None,
    });
    parts.collect()
}

/// Whether a dollar stands before a code span, and behind it: with both it is
/// a formula.
pub fn dollars(
    text: &str,
    (event, place): &Placed<'_>,
) -> Option<(bool, bool)> {
    let around = || {
        let before = text[..place.start].ends_with('$');
        (before, text[place.end..].starts_with('$'))
    };
    matches!(event, Event::Code(_)).then(around)
}

/// Whether an event is a formula, a code span between dollars.
pub fn is_formula(text: &str, event: &Placed<'_>) -> bool {
    dollars(text, event) == Some((true, true))
}
