//! `--help` is a result, and ends with commands that run.

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
