//! Exercises with links to their answers, and the answers to a chapter on a page
//! of their own, each folded, with a link back.

use crate::book::Book;
use crate::edits::Edits;
use crate::exercises::{self, Exercise};
use crate::faults::Refusal;
use crate::html::inline;
use crate::marks::{self, Mark};
use crate::page::Page;
use crate::{numbers, paths, walk};
use std::path::{Path, PathBuf};

/// Where the pages of answers are, relative to those of the book.
const FOLDER: &str = "answers";

/// Where the starters of the rungs are, if the book has any.
const STARTERS: &str = "exercises/exercises";

/// The page with the answers to the chapter `path`.
pub fn page_of(path: &Path) -> PathBuf {
    Path::new(FOLDER).join(path)
}

/// The chapter to which the page `path` has the answers, if it has any.
pub fn chapter_of(path: &Path) -> Option<PathBuf> {
    path.strip_prefix(FOLDER).ok().map(Path::to_path_buf)
}

/// The text of the chapter to which the page `path` has the answers, with its
/// numbers.
pub fn chapter_text(book: &Book, path: &Path) -> String {
    let Some(path) = chapter_of(path) else { return String::new() };
    let text = text_of(book, &path);
    // What is wrong with the chapter is told on its own page.
    numbers::put(book, &mut Page { path, ..Page::default() }, &text)
}

/// The text of a page; nothing if there is none.
fn text_of(book: &Book, path: &Path) -> String {
    let file = book.root.join(&book.src).join(path);
    std::fs::read_to_string(file).unwrap_or_default()
}

/// Refuses exercises without an answer or a rung, rungs without a file, answers
/// without an exercise, and marks of exercises that stand elsewhere.
pub fn check(book: &Book, page: &mut Page, text: &str) {
    let chapter = chapter_text(book, &page.path);
    let answers_page = page_of(&page.path);
    let answers = text_of(book, &answers_page);
    let is_there = |name| {
        marks::all(&answers).any(|it| (it.kind, it.name) == ("answer", name))
    };
    let (exercises, asked) = (exercises::list(text), exercises::list(&chapter));
    for exercise in exercises.iter().filter(|it| it.marks.is_empty()) {
        let at = exercise.place.start;
        page.refuse(book, text, at, Refusal::UnnamedExercise);
    }
    for Mark { kind, name, place } in marks::all(text) {
        let is_in = |it: &Exercise<'_>| it.place.contains(&place.start);
        let refusal = match kind {
            "exercise" | "rung" if !exercises.iter().any(is_in) => {
                Refusal::StrayMark(kind.to_owned())
            }
            "exercise" if !is_there(name) => {
                let page = paths::url(&answers_page);
                Refusal::NoAnswer(page, name.to_owned())
            }
            "rung" if lacks(book, name) => {
                Refusal::MissingRung(format!("{STARTERS}/{name}.rs"))
            }
            "answer" if named(&asked, name).is_none() => {
                Refusal::NoExercise(name.to_owned())
            }
            _ => continue,
        };
        page.refuse(book, text, place.start, refusal);
    }
}

/// Whether the book has rungs, and not this one.
fn lacks(book: &Book, rung: &str) -> bool {
    let starters = book.root.join(STARTERS);
    starters.is_dir() && !starters.join(format!("{rung}.rs")).is_file()
}

fn named<'a>(
    exercises: &'a [Exercise<'a>],
    name: &str,
) -> Option<&'a Exercise<'a>> {
    let is_it = |it: &Mark<'_>| (it.kind, it.name) == ("exercise", name);
    exercises.iter().find(|it| it.marks.iter().any(is_it))
}

/// The page with a link behind each exercise that has an answer or a rung. No
/// line is added, so that the lines keep their numbers.
pub fn with_links(book: &Book, path: &Path, text: &str) -> String {
    let answers_page = page_of(path);
    let answers = text_of(book, &answers_page);
    let answers = marks::blocks(&answers, "answer");
    let url = paths::url(&answers_page);
    let mut edits = Edits::default();
    for Exercise { marks, end, .. } in exercises::list(text) {
        for Mark { kind, name, place } in marks {
            let id = format!(r#"<span id="exercise-{name}"></span>"#);
            edits.inline(place, id);
            let link = if kind == "rung" {
                format!(
                    "`cargo run -p exercises --bin {name}` ([Write it yourself](write_it_yourself.md))"
                )
            } else if answers.iter().any(|it| it.open.name == name) {
                format!("[Answer]({url}#{name})")
            } else {
                continue;
            };
            let link = format!(r#" <span class="answer-link">{link}</span>"#);
            edits.inline(end..end, link);
        }
    }
    edits.apply(text)
}

/// The page with each answer folded under its exercise's number and first
/// words, and a link back.
pub fn folded(book: &Book, path: &Path, markdown: &str) -> String {
    let text = chapter_text(book, path);
    let exercises = exercises::list(&text);
    let back = chapter_of(path).unwrap_or_default();
    let back = format!("../{}", paths::url(&back));
    let mut page = Page { path: path.to_path_buf(), ..Page::default() };
    let mut edits = Edits::default();
    for block in marks::blocks(markdown, "answer") {
        let name = block.open.name;
        let Some(exercise) = named(&exercises, name) else { continue };
        let title = walk::html(book, &mut page, &exercise.title, 1);
        let (number, title) = (exercise.number, inline(&title));
        let open = format!(
            "<details class=\"answer\" id=\"{name}\"><summary>{number}. {title}</summary>\n\n"
        );
        let close = format!(
            "\n\n<p class=\"back\"><a href=\"{back}#exercise-{name}\">Back to the exercise</a></p></details>\n"
        );
        edits.inline(block.open.place, open);
        edits.inline(block.inside.end..block.place.end, close);
    }
    edits.apply(markdown)
}
