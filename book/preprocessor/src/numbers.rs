//! `{{#number …}}`: results in the run of a page, from its outputs.

use crate::book::Book;
use crate::directives::Directive;
use crate::edits::Edits;
use crate::faults::Refusal;
use crate::page::Page;
use crate::snapshots::Line;
use crate::{directives, markdown, marks, snapshots};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

/// Puts the numbers of the snapshots into the text, wherever they stand:
/// in a sentence, a table, a caption, a formula.
pub fn put(book: &Book, page: &mut Page, text: &str) -> String {
    replaced(book, page, text, |_, _| None)
}

/// The same, and a number in a sentence leads to its line, where the page shows
/// that; `page.lines` are the lines which are led to.
pub fn put_with_links(book: &Book, page: &mut Page, text: &str) -> String {
    let outputs: Vec<Directive> = directives::all(text)
        .filter_map(|(_, directive)| directive.ok())
        .filter(|directive| directive.name == "output")
        .collect();
    let sentences = sentences(text);
    replaced(book, page, text, |at, line| {
        let is_shown = |it: &Directive| snapshots::shows(&book.root, it, line);
        let in_sentence = sentences.iter().any(|it| it.contains(&at));
        (in_sentence && outputs.iter().any(is_shown))
            .then(|| snapshots::id(line))
    })
}

/// Replaces each number; `leads_to` says for the place of one, and its line,
/// which id it leads to.
fn replaced(
    book: &Book,
    page: &mut Page,
    text: &str,
    leads_to: impl Fn(usize, &Line) -> Option<String>,
) -> String {
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
        match number {
            Ok(None) => {}
            Ok(Some((number, line))) => {
                let number = typeset(&number);
                let html = match leads_to(range.start, &line) {
                    None => number,
                    Some(id) => {
                        page.lines.insert(line);
                        format!(
                            r##"<a class="number" href="#{id}">{number}</a>"##
                        )
                    }
                };
                edits.inline(range, html);
            }
            Err(refusal) => {
                page.refuse(book, text, range.start, refusal);
                edits.inline(range, String::new());
            }
        }
    }
    edits.apply(text)
}

/// Where a link may stand: text that is no link, no picture, no heading and no
/// code, and that no quiz folds.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let quizzes: Vec<_> = marks::blocks(text, "quiz")
        .into_iter()
        .map(|it| it.open.place.start..it.place.end)
        .collect();
    let mut depth = 0;
    let mut found = Vec::new();
    for (event, place) in markdown::events(text) {
        let takes_none = |tag: &Tag<'_>| {
            matches!(
                tag,
                Tag::Link { .. }
                    | Tag::Image { .. }
                    | Tag::Heading { .. }
                    | Tag::CodeBlock(_)
            )
        };
        match event {
            Event::Start(tag) if takes_none(&tag) => depth += 1,
            Event::End(
                TagEnd::Link
                | TagEnd::Image
                | TagEnd::Heading(_)
                | TagEnd::CodeBlock,
            ) => depth -= 1,
            Event::Text(_)
                if depth == 0
                    && !quizzes.iter().any(|it| it.contains(&place.start)) =>
            {
                found.push(place);
            }
            _ => {}
        }
    }
    found
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
