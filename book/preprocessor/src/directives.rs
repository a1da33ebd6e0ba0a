//! `{{#name word "quoted words" key="value"}}`, as it stands in a page.

use crate::faults::Refusal;
use std::ops::Range;

/// One directive of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// The word after `{{#`.
    pub name: String,
    /// What follows the name.
    pub words: Vec<Word>,
}

/// One argument of a directive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// What stands before `=`; nothing if there is none.
    pub key: String,
    /// The word itself, without its quotes.
    pub value: String,
}

/// Every directive of a text, and the bytes it takes up; refused if it is not
/// closed on its line.
pub fn all(
    text: &str,
) -> impl Iterator<Item = (Range<usize>, Result<Directive, Refusal>)> {
    text.match_indices("{{#").map(|(start, mark)| {
        let inside = start + mark.len();
        let line = text[inside..].lines().next().unwrap_or_default();
        let named = |c: char| c.is_alphanumeric() || c == '_';
        let name = line.split(|c| !named(c)).next().unwrap_or_default();
        match line.find("}}") {
            None => {
                let refusal = Refusal::OpenDirective(name.to_owned());
                (start..inside, Err(refusal))
            }
            Some(end) => {
                let words = words(&line[name.len()..end]);
                let name = name.to_owned();
                (start..inside + end + 2, Ok(Directive { name, words }))
            }
        }
    })
}

/// The directive that is all of `text` but for blanks around it.
pub fn alone(text: &str) -> Option<Directive> {
    let trimmed = text.trim();
    let (range, directive) = all(trimmed).next()?;
    directive.ok().filter(|_| range == (0..trimmed.len()))
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (key, named) = rest.split_once("=\"").unwrap_or_default();
        let is_key = !key.is_empty() && !key.contains([' ', '"']);
        let (key, quoted) = match rest.strip_prefix('"') {
            _ if is_key => (key, Some(named)),
            quoted => ("", quoted),
        };
        let (value, after) = match quoted {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        words.push(Word { key: key.to_owned(), value: value.to_owned() });
        rest = after.trim_start();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_may_be_quoted_and_named() {
        let found = alone(r#" {{#output a b "c =" from="e f"}} "#).unwrap();
        let word = |it: &Word| (it.key.clone(), it.value.clone());
        let words: Vec<_> = found.words.iter().map(word).collect();
        let expected = [("", "a"), ("", "b"), ("", "c ="), ("from", "e f")];
        assert_eq!(found.name, "output");
        assert_eq!(words, expected.map(|(k, v)| (k.into(), v.into())));
    }

    #[test]
    fn a_directive_ends_on_its_line() {
        let refused = Err(Refusal::OpenDirective("x".into()));
        assert_eq!(all("a {{#x\n}}").next(), Some((2..5, refused)));
        assert_eq!(alone("{{#x}} and more"), None);
    }
}
