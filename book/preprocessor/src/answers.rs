//! The answers to a chapter's exercises, on a page of their own, each folded.

use crate::book::Book;
use crate::edits::Edits;
use crate::exercises::{self, Exercise};
use crate::faults::Refusal;
use crate::html::inline;
use crate::page::Page;
use crate::{marks, numbers, paths, walk};
use std::path::{Path, PathBuf};

/// The chapter to which the page `path` has the answers, if it has any.
pub fn chapter(path: &Path) -> Option<PathBuf> {
    path.strip_prefix("answers").ok().map(Path::to_path_buf)
}

/// The text of the chapter to which the page `path` has the answers, with its
/// numbers.
pub fn chapter_text(book: &Book, path: &Path) -> String {
    let Some(path) = chapter(path) else { return String::new() };
    let text = exercises::text_of(book, &path);
    // What is wrong with the chapter is told on its own page.
    numbers::put(book, &mut Page { path, ..Page::default() }, &text)
}

fn named<'a>(
    exercises: &'a [Exercise<'a>],
    name: &str,
) -> Option<&'a Exercise<'a>> {
    let is_it = |it: &&Exercise<'_>| {
        it.marks.iter().any(|it| (it.kind, it.name) == ("exercise", name))
    };
    exercises.iter().find(is_it)
}

/// Refuses the answers without an exercise.
pub fn check(book: &Book, page: &mut Page, text: &str) {
    let chapter = chapter_text(book, &page.path);
    let exercises = exercises::list(&chapter);
    for block in marks::blocks(text, "answer") {
        if named(&exercises, block.open.name).is_none() {
            let refusal = Refusal::NoExercise(block.open.name.to_owned());
            page.refuse(book, text, block.place.start, refusal);
        }
    }
}

/// The page with each answer folded under its exercise's number and first
/// words, and a link back.
pub fn folded(book: &Book, path: &Path, markdown: &str) -> String {
    let text = chapter_text(book, path);
    let exercises = exercises::list(&text);
    let back = chapter(path).unwrap_or_default();
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
