//! `{{#name word "quoted words" key="value"}}`, as it stands in a page.

use crate::faults::Refusal;
use std::ops::Range;

/// One directive of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// The bytes it takes up.
    pub range: Range<usize>,
    /// The word after `{{#`.
    pub name: String,
    /// What follows the name.
    pub words: Vec<Word>,
}

/// One argument of a directive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// What stands before `=`.
    pub key: Option<String>,
    /// The word itself, without its quotes.
    pub value: String,
}

/// The first directive at or after byte `from`; an error if it is not closed,
/// with the byte it begins at.
pub fn next(
    text: &str,
    from: usize,
) -> Option<Result<Directive, (usize, Refusal)>> {
    let start = from + text.get(from..)?.find("{{#")?;
    let line = text[start + 3..].lines().next().unwrap_or_default();
    let name: String =
        line.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    Some(match line.find("}}") {
        None => Err((start, Refusal::OpenDirective(name))),
        Some(end) => Ok(Directive {
            range: start..start + 3 + end + 2,
            words: words(&line[name.len()..end]),
            name,
        }),
    })
}

/// The directive that is all of `text` but for blanks around it.
pub fn alone(text: &str) -> Option<Directive> {
    let trimmed = text.trim();
    let directive = next(trimmed, 0)?.ok()?;
    (directive.range == (0..trimmed.len())).then_some(directive)
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (word, after) = word(rest);
        words.push(word);
        rest = after.trim_start();
    }
    words
}

/// The first word of `text`, which does not begin with a blank, and what follows it.
fn word(text: &str) -> (Word, &str) {
    if let Some(quoted) = text.strip_prefix('"') {
        let (value, rest) = quoted.split_once('"').unwrap_or((quoted, ""));
        return (Word { key: None, value: value.to_owned() }, rest);
    }
    let end = text
        .find(|c: char| c.is_whitespace() || c == '"')
        .unwrap_or(text.len());
    let (head, rest) = text.split_at(end.max(1));
    match head.strip_suffix('=') {
        Some(key) if rest.starts_with('"') => {
            let (value, rest) = word(rest);
            (Word { key: Some(key.to_owned()), value: value.value }, rest)
        }
        _ => (Word { key: None, value: head.to_owned() }, rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_may_be_quoted_and_named() {
        let found = alone(r#" {{#output a b "c d" from="e f"}} "#).unwrap();
        let words: Vec<_> = found
            .words
            .iter()
            .map(|w| (w.key.as_deref(), w.value.as_str()))
            .collect();
        assert_eq!(found.name, "output");
        assert_eq!(
            words,
            [(None, "a"), (None, "b"), (None, "c d"), (Some("from"), "e f")]
        );
    }

    #[test]
    fn a_directive_ends_on_its_line() {
        assert_eq!(
            next("a {{#x\n}}", 0),
            Some(Err((2, Refusal::OpenDirective("x".into()))))
        );
        assert_eq!(alone("{{#x}} and more"), None);
    }
}
