//! Raw HTML: escaping it, and taking it apart with a tokenizer.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use std::collections::BTreeMap;
use std::ops::Range;

/// A start tag.
#[derive(Debug, Clone, Default)]
pub struct Tag {
    /// Its name, in small letters.
    pub name: String,
    /// Its attributes, with their entities decoded; the names in small letters.
    pub attributes: BTreeMap<String, String>,
    /// The bytes it takes up.
    pub place: Range<usize>,
}

impl Tag {
    /// The value of an attribute; nothing if it is not there.
    pub fn get(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }
}

/// A piece of an HTML text.
#[derive(Debug, Clone)]
pub enum Piece {
    /// A start tag.
    Open(Tag),
    /// The name of an end tag.
    Close(String),
    /// Text with its entities decoded, and the byte it begins at.
    Text(String, usize),
}

/// The pieces of an HTML text, in order; comments are left out.
pub fn pieces(html: &str) -> impl Iterator<Item = Piece> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let tokens = Tokenizer::new_with_emitter(html, emitter).flatten();
    let text_of = |text: &[u8]| String::from_utf8_lossy(text).into_owned();
    tokens.filter_map(move |token| match token {
        Token::StartTag(tag) => {
            let attributes = tag.attributes.iter();
            Some(Piece::Open(Tag {
                name: text_of(&tag.name),
                attributes: attributes
                    .map(|(name, value)| (text_of(name), text_of(value)))
                    .collect(),
                place: tag.span.start..tag.span.end,
            }))
        }
        Token::EndTag(tag) => Some(Piece::Close(text_of(&tag.name))),
        Token::String(text) => {
            Some(Piece::Text(text_of(&text.value), text.span.start))
        }
        _ => None,
    })
}

/// The start tags of an HTML text.
pub fn tags(html: &str) -> impl Iterator<Item = Tag> {
    pieces(html).filter_map(|piece| match piece {
        Piece::Open(tag) => Some(tag),
        _ => None,
    })
}

/// Text as it stands between tags, on one line.
///
/// With every line break as an entity a whole listing is one line of HTML, so
/// it can stand in a list or a quotation, and no blank line can end it.
pub fn escape(text: &str) -> String {
    escape_where(text, |c| matches!(c, '<' | '>' | '&' | '"' | '{' | '\n'))
}

/// Text as it stands in a paragraph of Markdown or in an attribute there:
/// nothing in it means anything to Markdown, not even in the cell of a table.
pub fn escape_markdown(text: &str) -> String {
    escape_where(text, |c| c.is_ascii_punctuation() || c == '\n')
}

fn escape_where(text: &str, escaped: impl Fn(char) -> bool) -> String {
    let escape = |c| match c {
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '&' => "&amp;".to_owned(),
        _ if escaped(c) => format!("&#{};", u32::from(c)),
        _ => c.to_string(),
    };
    text.chars().map(escape).collect()
}

/// The HTML of one paragraph without its tags.
pub fn inline(html: &str) -> &str {
    let html = html.trim();
    let inner =
        html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
    inner.filter(|it| !it.contains("<p>")).unwrap_or(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_come_with_their_attributes_and_places() {
        let found: Vec<Tag> = tags("é<img src='a&amp;b' alt=x>.").collect();
        assert_eq!(
            (found[0].name.as_str(), &found[0].place),
            ("img", &(2..27))
        );
        assert_eq!(found[0].get("src"), "a&b");
    }
}
