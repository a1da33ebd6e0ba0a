//! The texts of a page, a document or a notebook: what somebody typed.

use std::path::{Path, PathBuf};

use chainrule_book::markdown;
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

use crate::files;

/// Every page, document and notebook.
pub fn all() -> Vec<PathBuf> {
    let folders =
        ["", "book/en", "book/en/answers", "book/live", "benchmarks", "tests"];
    let texts = folders.iter().flat_map(|folder| files(folder, ".md"));
    texts.chain(files("book/en/notebooks", ".ipynb")).collect()
}

/// A piece of text.
#[derive(Debug, PartialEq)]
pub struct Piece {
    /// `:3` for line 3 of a page, `, cell 3` in a notebook.
    pub place: String,
    /// Whether a directive could stand there.
    pub takes_directives: bool,
    pub text: String,
}

/// The pieces of the file at `path`, which reads `text`.
pub fn pieces(path: &Path, text: &str) -> Vec<Piece> {
    if path.extension().is_none_or(|kind| kind != "ipynb") {
        return of_markdown(text);
    }
    let notebook: serde_json::Value = serde_json::from_str(text).expect("JSON");
    let mut pieces = Vec::new();
    let cells = notebook["cells"].as_array().into_iter().flatten();
    for (number, cell) in (1..).zip(cells) {
        let lines = cell["source"].as_array().into_iter().flatten();
        let source: String = lines.filter_map(|line| line.as_str()).collect();
        let is_text = cell["cell_type"] == "markdown";
        pieces.push(Piece {
            place: format!(", cell {number}"),
            takes_directives: false,
            text: typed(&source, !is_text),
        });
    }
    pieces
}

/// The text of a cell, with the comments alone of its Rust: the tests run the
/// rest.
fn typed(cell: &str, mut is_code: bool) -> String {
    let lines = cell.lines().map(|line| {
        is_code = is_code && line != "```" || line == "```rust";
        let comment = line.split_once("//").map_or("", |(_, it)| it);
        if is_code { comment } else { line }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The pieces of a Markdown text. Commands are none, since another test reads
/// them, and neither are addresses and directives.
fn of_markdown(text: &str) -> Vec<Piece> {
    let text = without_directives(text);
    let mut pieces = Vec::new();
    let (mut is_skipped, mut in_image) = (false, false);
    for (event, place) in markdown::events(&text) {
        let line = text[..place.start].matches('\n').count() + 1;
        let mut add = |takes_directives, text: &str| {
            let text = text.to_owned();
            let place = format!(":{line}");
            pieces.push(Piece { place, takes_directives, text });
        };
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                is_skipped = info.trim() == "sh";
            }
            Event::Start(Tag::Link { link_type, .. }) => {
                is_skipped = link_type == LinkType::Autolink;
            }
            Event::End(TagEnd::Link | TagEnd::CodeBlock) => is_skipped = false,
            Event::Start(Tag::Image { title, .. }) => {
                add(false, &title);
                in_image = true;
            }
            Event::End(TagEnd::Image) => in_image = false,
            Event::Text(part)
            | Event::Code(part)
            | Event::Html(part)
            | Event::InlineHtml(part)
                if !is_skipped =>
            {
                add(!in_image, &part);
            }
            _ => {}
        }
    }
    pieces
}

/// The text with a mark in place of each directive, which could itself be part
/// of a sentence, a table or a block.
fn without_directives(text: &str) -> String {
    let mut parts = text.split("{{#");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let (_, after) = part.split_once("}}").unwrap_or((part, ""));
        text + "…" + after
    })
}

#[test]
fn pieces_of_a_page() {
    let page = "# 1.1\n\n{{#number a \"0.0\"}} `1.2` $`1.3`$ [1.4](0.0) <https://0.0>\n\n\
        | 1.5 |\n|---|\n| {{#number a}} |\n\n![1.6](0.0.svg \"1.7\")\n\n\
        ```sh\na 0.0\n```\n\n```math\n1.8\n```\n\n<p id=\"1.9\">\n";
    let found = pieces(Path::new("a.md"), page);
    let words = |takes_directives| {
        let kind = found
            .iter()
            .filter(move |it| it.takes_directives == takes_directives);
        let texts = kind.map(|it| it.text.trim());
        texts.filter(|it| it.contains('.')).collect::<Vec<_>>()
    };
    assert_eq!(
        words(true),
        ["1.1", "1.2", "1.3", "1.4", "1.5", "1.8", "<p id=\"1.9\">"]
    );
    assert_eq!(words(false), ["1.7", "1.6"]);
    assert_eq!(found.last().map(|it| it.place.as_str()), Some(":19"));
}

#[test]
fn pieces_of_a_notebook() {
    let cell = |kind: &str, source: &str| serde_json::json!({ "cell_type": kind, "source": [source] });
    let cells = [
        cell("markdown", "1.1\n```rust\nlet a = 0.0; // 1.2\n```\n"),
        cell("code", "let a = 0.0; // 1.3"),
    ];
    let notebook = serde_json::json!({ "cells": cells }).to_string();
    let found = pieces(Path::new("a.ipynb"), &notebook);
    let words = found.iter().flat_map(|it| it.text.split_whitespace());
    assert_eq!(words.collect::<Vec<_>>(), ["1.1", "1.2", "```", "1.3"]);
    assert!(found.iter().all(|it| !it.takes_directives));
    assert_eq!(found[1].place, ", cell 2");
}
