//! The notebooks of the book: kept in one form, with the book's own code, and
//! every cell compiles, runs and prints the book's numbers.
//!
//! `NOTEBOOKS_UPDATE=always cargo test --test notebooks` clears outputs and
//! brings excerpts up to date, as one does after working in Jupyter.

mod judge;
mod notebook;
mod program;
mod rotten;
mod workshop;

use std::fs;
use std::path::{Path, PathBuf};

use notebook::{Cell, FOLDER, Notebook, all};

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
    // Chapter 9's would have a reader wait for minutes before the first cell.
    let without = ["ch09_scale"];
    let chapters = fs::read_dir(root().join("chapters")).expect("the chapters");
    let names = chapters.map(|file| file.expect("readable").file_name());
    let names = names.map(|name| name.into_string().expect("UTF-8"));
    let stems: Vec<String> =
        names.filter(|name| name.starts_with("ch0")).collect();
    let with = |stem: &String| !without.contains(&stem.as_str());
    let stems: Vec<String> = stems.into_iter().filter(with).collect();
    assert!(stems.len() >= 7, "{stems:?}");
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

#[test]
fn an_exercise_that_can_be_tried_says_where() {
    let mut tried = 0;
    for notebook in all(&root()) {
        let page = notebook.name.replace(".ipynb", ".md");
        let page = fs::read_to_string(root().join("book/en").join(page));
        let page = page.expect("the page");
        let link = format!("([In the notebook](notebooks/{}).)", notebook.name);
        let told = page.lines().filter_map(|line| {
            let (number, _) = line.split_once(". <!-- exercise: ")?;
            line.ends_with(&link).then_some(number)
        });
        let there = notebook.cells.iter().filter_map(|cell| {
            let (before, _) = cell.source.split_once(" of the page: ")?;
            before.split_once("Exercise ").map(|(_, number)| number)
        });
        let there: Vec<_> = there.collect();
        assert_eq!(told.collect::<Vec<_>>(), there, "{}", notebook.name);
        tried += there.len();
    }
    assert!(tried >= 7, "{tried}");
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
}

/// Where `mdbook serve` shows the book: a link that works wherever Jupyter was
/// started, and with the formulas as they should be.
const BOOK: &str = "http://localhost:3000/";

/// The links of the texts that lead to no page of the book.
fn dead_links(notebook: &Notebook) -> Vec<String> {
    let texts = notebook.cells.iter().filter(|cell| !cell.is_code);
    let links = texts.flat_map(|cell| cell.source.split("](").skip(1));
    let pages = links.filter_map(|link| link.split([')', '#']).next());
    let is_page = |link: &str| {
        let stem = link.strip_prefix(BOOK)?.strip_suffix(".html")?;
        Some(root().join("book/en").join(format!("{stem}.md")).is_file())
    };
    let dead = pages.filter(|link| is_page(link) != Some(true));
    dead.map(|link| format!("{}: dead link {link}", notebook.name)).collect()
}

#[test]
fn their_links_lead_to_pages() {
    assert_none(all(&root()).iter().flat_map(dead_links).collect());
}

#[test]
fn each_has_a_stumble_two_exercises_and_a_number_of_the_book() {
    for notebook in all(&root()) {
        let stumbles =
            notebook.cells.iter().filter(|c| c.is("raises-exception"));
        assert_eq!(stumbles.count(), 1, "{}", notebook.name);
        assert_none(order_faults(&notebook));
        let checks = notebook.cells.iter().filter(|cell| cell.is("check"));
        assert!(checks.count() > 1, "{}: one exercise", notebook.name);
        let numbers = notebook.cells.iter().any(|c| c.snapshot().is_some());
        assert!(numbers, "{}", notebook.name);
    }
}

/// An exercise, its check and its solution that do not follow one another.
fn order_faults(notebook: &Notebook) -> Vec<String> {
    let tags = ["exercise", "check", "solution"];
    let place = |cell: &Cell| tags.iter().position(|tag| cell.is(tag));
    let mut found = Vec::new();
    let mut next = 0;
    for cell in &notebook.cells {
        let is = place(cell);
        if is.unwrap_or(0) != next {
            let (name, at) = (&notebook.name, cell.number);
            found.push(format!("{name}, cell {at}: no {} there", tags[next]));
        }
        next = is.map_or(0, |is| (is + 1) % tags.len());
    }
    found
}

#[test]
fn every_cell_runs_and_prints_what_the_book_prints() {
    assert_none(workshop::faults(&root(), "notebooks", &all(&root())));
}
