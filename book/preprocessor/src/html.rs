//! Raw HTML: escaping it, and taking it apart with a tokenizer.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use std::collections::BTreeMap;

/// A piece of an HTML text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A start tag, and the byte it begins at.
    Open { name: String, attributes: BTreeMap<String, String>, offset: usize },
    /// An end tag.
    Close { name: String },
    /// Text with its entities decoded, and the byte it begins at.
    Text { text: String, offset: usize },
}

/// The pieces of an HTML text, in order; comments are left out.
pub fn pieces(html: &str) -> Vec<Piece> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(html, emitter)
        .flatten()
        .filter_map(piece)
        .collect()
}

fn piece(token: Token<usize>) -> Option<Piece> {
    match token {
        Token::StartTag(tag) => Some(Piece::Open {
            name: text_of(&tag.name),
            attributes: tag
                .attributes
                .iter()
                .map(|(name, value)| (text_of(name), text_of(value)))
                .collect(),
            offset: tag.span.start,
        }),
        Token::EndTag(tag) => Some(Piece::Close { name: text_of(&tag.name) }),
        Token::String(text) => Some(Piece::Text {
            text: text_of(&text.value),
            offset: text.span.start,
        }),
        _ => None,
    }
}

fn text_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
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
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            _ if escaped(c) => out.push_str(&format!("&#{};", u32::from(c))),
            _ => out.push(c),
        }
    }
    out
}

/// A block of code, on one line.
pub fn code_block(class: &str, code: &str) -> String {
    format!(
        r#"<pre><code class="{class}">{}</code></pre>"#,
        escape(code.trim_end())
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_one_line_and_holds_no_directive() {
        let block = code_block("language-rust", "a < b\n\n{{#include x}}\n");
        assert_eq!(
            block,
            r#"<pre><code class="language-rust">a &lt; b&#10;&#10;&#123;&#123;#include x}}</code></pre>"#
        );
    }

    #[test]
    fn tags_come_with_their_attributes_and_places() {
        let found = pieces("é<img src='a&amp;b' alt=x>");
        let Piece::Open { name, attributes, offset } = &found[1] else {
            panic!("{found:?}")
        };
        assert_eq!((name.as_str(), *offset), ("img", 2));
        assert_eq!(attributes["src"], "a&b");
    }
}
