//! book/exceptions.txt: the pasted blocks that are meant to be pasted.
//!
//! One a line, `page | first line of the block | reason`; `#` begins a comment.

use crate::faults::{Fault, Refusal};
use std::path::Path;

/// Where the exceptions are written down.
pub const FILE: &str = "book/exceptions.txt";

/// A block that may stay as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// The page, relative to `book`.
    pub page: String,
    /// The first line of the block.
    pub starts: String,
    /// The line of the list.
    pub line: usize,
}

/// Reads the list; no file is an empty list.
pub fn read(root: &Path) -> (Vec<Exception>, Vec<Fault>) {
    let text = std::fs::read_to_string(root.join(FILE)).unwrap_or_default();
    let (mut exceptions, mut faults) = (Vec::new(), Vec::new());
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        match parse(line, index + 1) {
            Some(exception) => exceptions.push(exception),
            None => {
                faults.push(Fault::new(FILE, index + 1, Refusal::BadException))
            }
        }
    }
    (exceptions, faults)
}

/// The first line may itself hold a bar: the page and the reason may not.
fn parse(text: &str, line: usize) -> Option<Exception> {
    let (page, rest) = text.split_once(" | ")?;
    let (starts, reason) = rest.rsplit_once(" | ")?;
    let field = |text: &str| {
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    field(reason)?;
    Some(Exception { page: field(page)?, starts: field(starts)?, line })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_fields_or_none() {
        let exception = parse("en/a.md | x | y | because", 3).unwrap();
        assert_eq!(
            (exception.page.as_str(), exception.starts.as_str()),
            ("en/a.md", "x | y")
        );
        assert_eq!(parse("en/a.md | x", 1), None);
        assert_eq!(parse("en/a.md | x |  ", 1), None);
    }
}
