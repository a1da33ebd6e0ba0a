//! `--help` is a result, and ends with commands that run; so do those of the
//! pages.

use std::fs;
use std::path::Path;

use crate::chapter::{ALL, text};

/// The commands of a help, each with the words below it.
fn examples(help: &str) -> Vec<(String, String)> {
    let mut lines = help.lines().map(str::trim);
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        if line.starts_with("cargo run ") {
            let words = lines.next().unwrap_or_default();
            found.push((line.to_owned(), words.to_owned()));
        }
    }
    found
}

#[test]
fn every_example_is_accepted_by_its_chapter() {
    for chapter in &ALL {
        let command = (chapter.flags)();
        let bin = format!(" --bin {}", command.get_name());
        let help = command.get_after_help().expect("examples").to_string();
        let examples = examples(&help);
        assert!((2..=4).contains(&examples.len()), "{help}");
        for (typed, words) in examples {
            assert!(!words.is_empty() && typed.len() < 79, "{typed}: {words}");
            let (cargo, flags) =
                typed.split_once(" -- ").unwrap_or((&typed, ""));
            assert!(cargo.ends_with(&bin), "{typed}");
            assert_eq!(chapter.refusal(flags), None, "{typed}");
        }
    }
}

#[test]
fn help_is_a_result() {
    for chapter in &ALL {
        let output = chapter.run("--help");
        assert_eq!(output.status.code(), Some(0));
        let help = text(&output.stdout);
        for part in
            ["--figures <DIR>", "[default: ", "\nExamples:\n", "\nExit code 0:"]
        {
            assert!(help.contains(part), "{help}");
        }
    }
}

/// What the pages show because it is refused.
const REFUSED: [&str; 3] = [
    "cargo run --bin ch03_network -- --activation softplus",
    "cargo run --bin ch04_regularize -- --drop-prob -0.7",
    "cargo run --bin ch04_regularize -- --drop-prob 1",
];

#[test]
fn the_pages_show_commands_that_are_accepted() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../book/en");
    let mut refused = Vec::new();
    for page in fs::read_dir(pages).expect("pages") {
        let page = page.expect("readable").path();
        let text = fs::read_to_string(page).unwrap_or_default();
        let lines = text.lines().filter(|l| l.starts_with("cargo run"));
        // The book's own tools are no chapters.
        for typed in lines.filter(|l| !l.contains(" --package ")) {
            let (cargo, flags) =
                typed.split_once(" -- ").unwrap_or((typed, ""));
            let bin = cargo.split(" --bin ").nth(1).unwrap_or("ch01_dropout");
            let chapter = ALL.iter().find(|c| (c.flags)().get_name() == bin);
            if chapter.expect("a chapter").refusal(flags).is_some() {
                refused.push(typed.to_owned());
            }
        }
    }
    refused.sort();
    assert_eq!(refused, REFUSED);
}
