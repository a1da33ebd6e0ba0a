//! Numbers with a decimal point that somebody typed. A directive puts a result
//! on a page. Where none can stand, in a caption, an alt text or a notebook, a
//! result is one of the chapter's recorded outputs, rounded or not. What is no
//! result stands in `book/decimals.txt`, with the reason.

use std::collections::BTreeSet;
use std::path::Path;

use crate::texts::{all, pieces};
use crate::{assert_none, files, read};

const LIST: &str = "book/decimals.txt";

/// A line of the list: a file, the numbers that may be typed there, and why.
struct Listed<'a> {
    file: &'a str,
    numbers: Vec<&'a str>,
}

/// The lines of the list, and the lines that are none.
fn listed(list: &str) -> (Vec<Listed<'_>>, Vec<String>) {
    let (mut lines, mut faults) = (Vec::new(), Vec::new());
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        match parts.as_slice() {
            [file, numbers, reason] if !reason.is_empty() => {
                let numbers = numbers.split(' ').collect();
                lines.push(Listed { file, numbers });
            }
            _ => faults.push(format!(
                "{LIST}: write file | numbers | reason, not {line:?}"
            )),
        }
    }
    (lines, faults)
}

/// The numbers with a decimal point in a text: 0.5, .5, and 1.2.3 as one.
fn decimals(text: &str) -> Vec<&str> {
    let is_inside = |c: char| c.is_alphanumeric() || "._".contains(c);
    text.split(|c| !is_inside(c)).filter_map(decimal).collect()
}

/// The number in a word, without letters around it, if it has a decimal point.
fn decimal(word: &str) -> Option<&str> {
    let is_letter = |c: char| c.is_alphabetic() || c == '_';
    let number = match word.trim_start_matches(is_letter) {
        rest if rest.len() < word.len() => rest.trim_start_matches('.'), // a.0
        rest => rest,
    };
    let number = number.trim_end_matches(|c| is_letter(c) || c == '.');
    let has_digit = number.contains(|c: char| c.is_ascii_digit());
    (has_digit && number.contains('.')).then_some(number)
}

/// Whether a number is one of these, or one of these rounded. A lone digit
/// would be too many of them, rounded.
fn is_rounded(number: &str, recorded: &BTreeSet<&str>) -> bool {
    let digits = number.split_once('.').map_or(0, |(_, digits)| digits.len());
    let significant = number.trim_start_matches(['0', '.']).len();
    recorded.contains(number)
        || significant > 1
            && recorded.iter().any(|it| {
                let value = it.parse().map(|it: f64| format!("{it:.digits$}"));
                value.is_ok_and(|value| value == number)
            })
}

/// What the chapter of a page or a notebook printed, what it measured, and the
/// words in its figures.
fn recorded(file: &Path) -> String {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let of = |folder, ending| {
        files(folder, ending).into_iter().filter(|it| {
            let name = it.file_name().unwrap_or_default().to_string_lossy();
            stem.starts_with("ch") && name.starts_with(&*stem)
        })
    };
    let printed = of("tests/snapshots", ".snap");
    let printed = printed.chain(of("book/measurements", ".txt")).map(read);
    let drawn = of("book/figures", ".svg").map(|figure| words(&read(figure)));
    printed.chain(drawn).collect()
}

/// What stands between the tags of a figure.
fn words(svg: &str) -> String {
    let parts = svg.split('>').filter_map(|part| part.split('<').next());
    parts.fold(String::new(), |text, part| text + part + "\n")
}

/// The numbers typed in a file that nothing allows, with their lines; and
/// those that the list allows and that are there.
fn typed(
    file: &Path,
    text: &str,
    list: &[Listed<'_>],
) -> (Vec<String>, BTreeSet<String>) {
    let name = file.to_string_lossy();
    let lines = list.iter().filter(|line| *line.file == *name);
    let allowed: BTreeSet<&str> =
        lines.flat_map(|it| it.numbers.clone()).collect();
    let record = recorded(file);
    let record = decimals(&record).into_iter().collect();
    let (mut faults, mut found) = (Vec::new(), BTreeSet::new());
    for piece in pieces(file, text) {
        for number in decimals(&piece.text) {
            if allowed.contains(number) {
                found.insert(number.to_owned());
            } else if piece.takes_directives {
                faults.push(format!(
                    "{name}{}: {number} is typed: take it from an output, or list it in {LIST}",
                    piece.place
                ));
            } else if !is_rounded(number, &record) {
                faults.push(format!(
                    "{name}{}: {number} is in no output of the chapter, and not in {LIST}",
                    piece.place
                ));
            }
        }
    }
    (faults, found)
}

#[test]
fn typed_numbers_have_a_reason() {
    let list = read(LIST);
    let (list, mut faults) = listed(&list);
    for file in all() {
        let (wrong, found) = typed(&file, &read(&file), &list);
        faults.extend(wrong);
        let name = file.to_string_lossy();
        for line in list.iter().filter(|line| *line.file == *name) {
            let idle = line.numbers.iter().filter(|it| !found.contains(**it));
            faults.extend(idle.map(|it| format!("{LIST}: {name} has no {it}")));
        }
    }
    let names: Vec<_> = all();
    let strange = list
        .iter()
        .filter(|it| !names.iter().any(|name| name == Path::new(it.file)));
    faults.extend(strange.map(|it| format!("{LIST}: there is no {}", it.file)));
    assert_none(&faults);
}

#[test]
fn every_typed_number_is_found() {
    let page = Path::new("book/en/ch01_dropout.md");
    let (list, faults) =
        listed("# why\nbook/en/ch01_dropout.md | 0.4 1.7 | settings\n");
    assert_none(&faults);
    // The chapter prints 16.666666666666668, and nothing that 16.68 could be.
    for (text, expected) in [
        ("At $`p = 0.4`$ and 1.7.", None),
        ("![to 16.67](a.svg \"16.7\")", None),
        ("![to 16.68](a.svg)", Some("16.68 is in no output of the chapter")),
        ("![a](a.svg \"to 16.76\")", Some("16.76 is in no output")),
        ("![to 0.7](a.svg)", Some("0.7 is in no output of the chapter")),
        ("It is 16.67.", Some("16.67 is typed")),
        ("It is .67", Some(".67 is typed")),
        ("It is x16.67y.", Some("16.67 is typed")),
        ("It is 16.67e-3", Some("16.67 is typed")),
        ("`a.0` in a.rs, 3.", None),
        ("| a |\n|---|\n| 16.67 |", Some("16.67 is typed")),
        ("`16.67`", Some("16.67 is typed")),
        ("$`a = 16.67`$", Some("16.67 is typed")),
        ("```math\n16.67\n```", Some("16.67 is typed")),
        ("<b>16.67</b>", Some("16.67 is typed")),
        ("```sh\ncargo run -- --drop-prob 0.3\n```", None),
    ] {
        let (faults, _) = typed(page, text, &list);
        let fault = faults.first().cloned();
        assert_eq!(faults.len(), usize::from(expected.is_some()), "{faults:?}");
        assert!(
            fault.is_none_or(|it| it.contains(expected.unwrap_or_default()))
        );
    }
    let cell = serde_json::json!({ "cell_type": "markdown", "source": ["16.67 16.68"] });
    let notebook = serde_json::json!({ "cells": [cell] }).to_string();
    let (faults, _) = typed(
        Path::new("book/en/notebooks/ch01_dropout.ipynb"),
        &notebook,
        &list,
    );
    assert!(
        faults.len() == 1 && faults[0].contains("16.68 is in no output"),
        "{faults:?}"
    );
    for line in ["a.md | 0.4", "a.md | 0.4 | ", "a"] {
        assert_eq!(listed(line).1.len(), 1, "{line}");
    }
}
