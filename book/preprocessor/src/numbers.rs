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
            edits.inline(range, typeset(&number));
        }
    }
    edits.apply(text)
}

/// A number of an output as a sentence has it: -3.72 as −3.72, and 6.1e-6 as
/// 6.1 × 10⁻⁶. What is no number by itself, as a day, stays as it is.
fn typeset(number: &str) -> String {
    if number.parse::<f64>().is_err() {
        return number.to_owned();
    }
    let number = number.replace('-', "−");
    match number.split_once('e') {
        None => number,
        Some((mantissa, "0")) => mantissa.to_owned(),
        Some((mantissa, exponent)) => {
            let raised: String = exponent.chars().map(superscript).collect();
            format!("{mantissa} × 10{raised}")
        }
    }
}

fn superscript(c: char) -> char {
    const DIGITS: [char; 10] =
        ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    match c.to_digit(10) {
        Some(digit) => DIGITS[digit as usize],
        None => '⁻',
    }
}

#[cfg(test)]
mod tests {
    use super::typeset;

    #[test]
    fn a_number_in_a_sentence_has_a_minus_and_a_power_of_ten() {
        for (number, text) in [
            ("3.72", "3.72"),
            ("-3.72", "−3.72"),
            ("6.1e0", "6.1"),
            ("6.1e-6", "6.1 × 10⁻⁶"),
            ("-1.3e12", "−1.3 × 10¹²"),
            ("2026-01-31", "2026-01-31"),
        ] {
            assert_eq!(typeset(number), text);
        }
    }
}
