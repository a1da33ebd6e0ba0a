//! The notebooks of the book: kept in one form, with the book's own code, and
//! every cell compiles, runs and prints the book's numbers.
//!
//! `NOTEBOOKS_UPDATE=always cargo test --test notebooks` clears outputs and
//! brings excerpts up to date, as one does after working in Jupyter.

#[path = "notebooks/judge.rs"]
mod judge;
#[path = "notebooks/notebook.rs"]
mod notebook;
#[path = "notebooks/program.rs"]
mod program;
#[path = "notebooks/workshop.rs"]
mod workshop;

use std::fs;
use std::path::{Path, PathBuf};

use notebook::{FOLDER, Notebook, all};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn assert_none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The notebook with the excerpts that the sources have now.
fn with_fresh_excerpts(notebook: &Notebook) -> Result<Notebook, String> {
    let mut fresh = notebook.clone();
    for cell in &mut fresh.cells {
        let Some((file, anchor)) = cell.excerpt() else { continue };
        let code = chainrule_book::excerpt(&root(), Path::new(file), anchor);
        let place = format!("{}, cell {}", notebook.name, cell.number);
        let code = code.ok_or(format!("{place}: no {anchor} in {file}"))?;
        cell.source = format!("// {file}:{anchor}\n{code}");
    }
    Ok(fresh)
}

fn excerpt_faults(notebook: &Notebook) -> Vec<String> {
    let fresh = match with_fresh_excerpts(notebook) {
        Ok(fresh) => fresh,
        Err(fault) => return vec![fault],
    };
    let pairs = notebook.cells.iter().zip(&fresh.cells);
    let stale = pairs.filter(|(is, should)| is.source != should.source);
    stale
        .map(|(cell, _)| {
            format!(
                "{}, cell {}: not as in the source",
                notebook.name, cell.number
            )
        })
        .collect()
}

#[test]
fn they_are_kept_without_outputs_and_with_the_books_own_code() {
    let update = std::env::var("NOTEBOOKS_UPDATE").is_ok_and(|v| v == "always");
    for notebook in all(&root()) {
        if update {
            let fresh = with_fresh_excerpts(&notebook).expect("excerpts");
            let path = root().join(FOLDER).join(&notebook.name);
            fs::write(path, fresh.normal_form())
                .expect("the notebook is written");
            continue;
        }
        let mut faults = excerpt_faults(&notebook);
        faults.extend(notebook.form_fault());
        faults.extend(notebook.twins());
        assert_none(faults);
    }
}

#[test]
fn every_chapter_has_one_and_links_to_it() {
    let chapters = fs::read_dir(root().join("chapters")).expect("the chapters");
    let names = chapters.map(|file| file.expect("readable").file_name());
    let names = names.map(|name| name.into_string().expect("UTF-8"));
    let stems: Vec<String> = names
        .filter_map(|name| Some(name.strip_suffix(".rs")?.to_owned()))
        .collect();
    assert!(stems.len() >= 6, "{stems:?}");
    let guide =
        fs::read_to_string(root().join("book/en/experiment_in_jupyter.md"));
    let guide = guide.expect("the guide");
    for stem in stems {
        let page =
            fs::read_to_string(root().join(format!("book/en/{stem}.md")));
        let link = format!("](notebooks/{stem}.ipynb)");
        assert!(
            root().join(FOLDER).join(format!("{stem}.ipynb")).is_file(),
            "{stem}"
        );
        assert!(
            page.expect("the page").contains(&link),
            "{stem}.md has no {link}"
        );
        assert!(guide.contains(&link), "the guide has no {link}");
    }
}

/// What is left out of the program is this and nothing else.
#[test]
fn only_the_first_cell_has_lines_for_the_kernel_and_always_the_same() {
    let dep = format!(
        ":dep chainrule = {{ path = \"../../..\", {} }}",
        workshop::FEATURES
    );
    assert_eq!(
        root().join(FOLDER).join("../../..").canonicalize().expect("a path"),
        root().canonicalize().expect("a path")
    );
    for notebook in all(&root()) {
        let mut cells = notebook.cells.iter().filter(|cell| cell.is_code);
        let first = cells.next().expect("a first cell");
        assert!(
            first.source.starts_with(&format!(":cache 500\n{dep}\n\n")),
            "{}: the first cell is {}",
            notebook.name,
            first.source
        );
        assert!(
            first.source.ends_with("\none_line_errors();"),
            "{}",
            notebook.name
        );
        let more =
            cells.find(|cell| cell.source.lines().any(|l| l.starts_with(':')));
        assert!(more.is_none(), "{}: a line for the kernel", notebook.name);
    }
}

/// The first variables of a cell that say nothing of their type, which the
/// kernel cannot find out without the sources of the standard library.
fn untyped(notebook: &Notebook) -> Vec<String> {
    let cells = notebook.cells.iter().filter(|cell| cell.is_code);
    let untyped = cells.filter_map(|cell| {
        let lets = cell.source.lines().filter(|line| line.starts_with("let "));
        let name = |line: &str| line.split('=').next().map(str::to_owned);
        let line = lets.filter_map(name).find(|name| !name.contains(':'))?;
        Some(format!("{}, cell {}: {line}", notebook.name, cell.number))
    });
    untyped.collect()
}

#[test]
fn variables_of_cells_carry_their_type() {
    assert_none(all(&root()).iter().flat_map(untyped).collect());
    let bare = planted("bare", &[("", "let a: u8 = 1;\nlet b = a == 1;")]);
    assert_eq!(untyped(&bare), ["bare.ipynb, cell 2: let b "]);
}

#[test]
fn each_has_a_stumble_an_exercise_and_a_number_of_the_book() {
    for notebook in all(&root()) {
        for tag in ["raises-exception", "exercise", "check", "solution"] {
            let tagged =
                notebook.cells.iter().filter(|cell| cell.is(tag)).count();
            assert_eq!(tagged, 1, "{}: {tag}", notebook.name);
        }
        let numbers = notebook.cells.iter().any(|c| c.snapshot().is_some());
        // Times differ from machine to machine.
        assert!(
            numbers || notebook.stem() == "ch07_speed",
            "{}",
            notebook.name
        );
    }
}

#[test]
fn every_cell_runs_and_prints_what_the_book_prints() {
    assert_none(workshop::faults(&root(), "notebooks", &all(&root())));
}

/// A notebook of one code cell per text, after a first one that is right.
fn planted(stem: &str, cells: &[(&str, &str)]) -> Notebook {
    let first = ("", "chainrule::notebook::one_line_errors();");
    let cells = std::iter::once(&first).chain(cells).enumerate();
    let cells = cells.map(|(i, (tag, source))| {
        let kind = if matches!(*tag, "solution" | "text") {
            "markdown"
        } else {
            "code"
        };
        serde_json::json!({
            "cell_type": kind, "id": format!("c{i}"),
            "metadata": { "tags": [tag] }, "source": source
        })
    });
    let json = serde_json::json!({ "cells": cells.collect::<Vec<_>>() });
    Notebook::parse(&format!("{stem}.ipynb"), json.to_string())
}

#[test]
fn a_rotten_cell_is_named() {
    let stumble = "panic!(\"too much\");";
    let solution = "```rust\nlet a = 1;\n```";
    let check = "println!(\"{}\", if a == 2 { \"yes\" } else { \"no\" });";
    let notebooks = [
        planted("assertion", &[("", "assert_eq!(1 + 1, 3);")]),
        planted(
            "question",
            &[("", "let x: f64 = 1.0;\nx"), ("", "println!(\"{x}\");")],
        ),
        planted(
            "number",
            &[(
                "",
                "// tests/snapshots/ch01_dropout.snap\nprintln!(\"0.6682\");",
            )],
        ),
        planted(
            "tame",
            &[("raises-exception", "let a = 1;"), ("text", "`too much`")],
        ),
        planted(
            "other",
            &[("raises-exception", stumble), ("text", "`too little`")],
        ),
        planted("solved", &[("exercise", "let a = 2;"), ("check", check)]),
        planted(
            "unsolved",
            &[
                ("exercise", "let a = 0;"),
                ("check", check),
                ("solution", solution),
            ],
        ),
    ];
    let faults = workshop::faults(&root(), "rotten", &notebooks);
    let expected = [
        "assertion.ipynb, cell 2: error: assertion `left == right` failed",
        "assertion.ipynb, cell 2: exit status: 101: ",
        "number.ipynb, cell 2: '0.6682' is not in tests/snapshots/ch01_dropout.snap",
        "tame.ipynb, cell 2: it said \"\", the text below says otherwise",
        "other.ipynb, cell 2: it said \"error: too much\\n\", the text below says otherwise",
        "solved.ipynb, cell 3: the exercise is solved already: yes\n",
        "unsolved.ipynb, cell 4: the solution does not pass: no\n",
    ];
    assert_eq!(faults, expected);
}

#[test]
fn a_cell_that_does_not_compile_is_named() {
    let notebooks = [
        planted("name", &[("", "let x: f64 = 1.0;\n\nx"), ("", "let a = b;")]),
        planted("mark", &[("", "let p = chainrule::Dropout::new(0.5)?;")]),
    ];
    let faults = workshop::faults(&root(), "unfit", &notebooks);
    assert_eq!(faults.len(), 2, "{faults:?}");
    let has = |text: &str| faults.iter().any(|fault| fault.starts_with(text));
    assert!(
        has("name.ipynb, cell 3: error[E0425]: cannot find value `b`"),
        "{faults:?}"
    );
    assert!(
        has("mark.ipynb, cell 2: error[E0277]: the `?` operator"),
        "{faults:?}"
    );
}

#[test]
fn what_jupyter_leaves_behind_is_found() {
    let notebook = &all(&root())[0];
    let normal = notebook.normal_form();
    for (from, to, expected) in [
        (
            "\"outputs\": []",
            "\"outputs\": [{}]",
            "\"outputs\": [{}], should be \"outputs\": [],",
        ),
        (
            "\"execution_count\": null",
            "\"execution_count\": 3",
            "\"execution_count\": 3, should be",
        ),
        (
            "\"nbformat_minor\": 5",
            "\"nbformat_minor\": 4",
            "\"nbformat_minor\": 4 should be",
        ),
        (
            "\"metadata\": {}",
            "\"metadata\": {\"scrolled\": true}",
            "should be \"metadata\": {},",
        ),
    ] {
        let left = normal.replacen(from, to, 1);
        assert_ne!(left, normal, "{from}");
        let fault = Notebook::parse("n.ipynb", left).form_fault();
        assert!(
            fault.as_ref().is_some_and(|f| f.contains(expected)),
            "{fault:?}"
        );
    }
    let twins = planted("twins", &[("", "1;")]).normal_form();
    let twins = twins.replace("\"c1\"", "\"c0\"");
    let found = Notebook::parse("n.ipynb", twins).twins();
    assert_eq!(found.as_deref(), Some("n.ipynb: two cells have the id 'c0'"));
}

#[test]
fn an_excerpt_that_is_not_the_books_is_found() {
    let file = "chapters/ch01_dropout.rs";
    for (source, expected) in [
        (
            format!("// {file}:expected_variance\nfn f() {{}}"),
            "not as in the source",
        ),
        (format!("// {file}:measured\nfn f() {{}}"), "no measured in chapters"),
        (
            "// chapters/ch00.rs:a\nfn f() {}".to_owned(),
            "no a in chapters/ch00.rs",
        ),
    ] {
        let faults = excerpt_faults(&planted("copy", &[("", &source)]));
        assert!(
            faults.len() == 1 && faults[0].contains(expected),
            "{faults:?}"
        );
    }
}
