//! The quizzes of a page, and their answers beside those to the exercises,
//! where a reader of the paper book finds them.

use crate::book::Book;
use crate::edits::Edits;
use crate::exercises::first_words;
use crate::faults::line_at;
use crate::html::{inline, tags};
use crate::page::Page;
use crate::quiz::Quiz;
use crate::{answers, marks, paths, walk};
use std::collections::BTreeMap;
use std::path::Path;

/// The text with nothing but blank lines between the marks of each quiz, and
/// the HTML of each by its name.
pub fn taken_out(
    book: &Book,
    page: &mut Page,
    text: &str,
) -> (String, BTreeMap<String, String>) {
    let mut edits = Edits::default();
    let mut quizzes = BTreeMap::new();
    for block in marks::blocks(text, "quiz") {
        let (inside, name) = (&text[block.inside.clone()], block.open.name);
        let first = line_at(text, block.inside.start);
        edits.inline(block.inside, "\n".repeat(inside.matches('\n').count()));
        match Quiz::read(name, inside) {
            Err(refusal) => {
                page.refuse(book, text, block.place.start, refusal);
            }
            Ok(quiz) => {
                let on_paper = on_paper(book, &page.path, name);
                let html = quiz.html(name, &on_paper, |markdown, at| {
                    let line = first + line_at(inside, at) - 1;
                    walk::html(book, page, markdown, line)
                });
                // A blank line would end a block of HTML.
                let html = html.replace("\n\n", "\n&#10;");
                quizzes.insert(name.to_owned(), html);
            }
        }
    }
    (edits.apply(text), quizzes)
}

/// Where a reader of the paper book finds the answer.
fn on_paper(book: &Book, page: &Path, name: &str) -> String {
    let answers = answers::page_of(page);
    if !book.pages.contains(&answers) {
        return String::new();
    }
    let url = paths::url(&answers);
    format!(
        r#"<p class="on-paper">The answer is among the <a href="{url}#quiz-{name}">answers to this chapter</a>.</p>"#
    )
}

/// Puts the quizzes in the places of their marks.
pub fn put_back(quizzes: &BTreeMap<String, String>, markdown: &str) -> String {
    let mut edits = Edits::default();
    for block in marks::blocks(markdown, "quiz") {
        if let Some(html) = quizzes.get(block.open.name) {
            edits.inline(block.place, format!("{html}\n"));
        }
    }
    edits.apply(markdown)
}

/// The answers to the quizzes of a chapter, for the end of the page `path`,
/// which has those to its exercises.
pub fn answers(book: &Book, path: &Path) -> String {
    let text = answers::chapter_text(book, path);
    let Some(path) = answers::chapter_of(path) else { return String::new() };
    let mut page = Page { path, ..Page::default() };
    let mut html = String::new();
    for block in marks::blocks(&text, "quiz") {
        let name = block.open.name;
        let Ok(quiz) = Quiz::read(name, &text[block.inside]) else { continue };
        let title = first_words(quiz.question(), 12);
        let title = walk::html(book, &mut page, &title, 1);
        let answers = quiz
            .answers(|markdown, _| walk::html(book, &mut page, markdown, 1));
        html += &format!(
            r##"<details class="answer" id="quiz-{name}"><summary>{}</summary>{answers}<p class="back"><a href="#quiz-{name}">Back to the quiz</a></p></details>"##,
            inline(&title)
        );
    }
    if html.is_empty() {
        return html;
    }
    let html = from_below(&html, &paths::url(&page.path));
    let html = html.replace("\n\n", "\n&#10;");
    format!("\n\n## The quizzes {{#quizzes}}\n\n{html}\n")
}

/// The HTML of a page with its links as they are from a folder below.
fn from_below(html: &str, page: &str) -> String {
    let mut edits = Edits::default();
    for tag in tags(html).filter(|it| matches!(&*it.name, "a" | "img")) {
        for name in ["href=\"", "src=\""] {
            let Some(at) = html[tag.place.clone()].find(name) else { continue };
            let at = tag.place.start + at + name.len();
            let up = match &html[at..] {
                url if url.starts_with('#') => format!("../{page}"),
                url if url[..url.find('"').unwrap_or(0)].contains(':') => {
                    continue;
                }
                _ => "../".to_owned(),
            };
            edits.inline(at..at, up);
        }
    }
    edits.apply(html)
}
