//! `{{#number …}}`: results in the run of a page, from its outputs.

use crate::book::Book;
use crate::edits::Edits;
use crate::faults::Refusal;
use crate::page::Page;
use crate::{directives, snapshots};

/// Puts the numbers of the snapshots into the text, wherever they stand:
/// in a sentence, a table, a caption, a formula.
pub fn put(book: &Book, page: &mut Page, text: &str) -> String {
    let mut edits = Edits::default();
    for (range, found) in directives::all(text) {
        let number = found.and_then(|directive| {
            let measured = snapshots::measurement(&directive);
            page.measured.extend(measured.map(str::to_owned));
            match directive.name.as_str() {
                "include" | "output" => Ok(None),
                "number" => snapshots::number(&book.root, &directive).map(Some),
                name => Err(Refusal::UnknownDirective(name.to_owned())),
            }
        });
        let number = number.unwrap_or_else(|refusal| {
            page.refuse(book, text, range.start, refusal);
            Some(String::new())
        });
        if let Some(number) = number {
            edits.inline(range, number);
        }
    }
    edits.apply(text)
}
