//! From a page of the book to a page for mdBook.

use crate::book::Book;
use crate::page::Page;
use crate::{answers, heads, marks, numbers, quizzes, walk};
use std::path::Path;

/// Reads and renders a page; `number` is that of its chapter.
pub fn render(
    book: &Book,
    path: &Path,
    text: &str,
    number: Option<String>,
) -> Page {
    let mut page = Page { path: path.to_path_buf(), number, ..Page::default() };
    for (at, refusal) in marks::faults(text) {
        page.refuse(book, text, at, refusal);
    }
    let text = numbers::put_with_links(book, &mut page, text);
    page.title = heads::title(&text);
    page.description = heads::description(&text);
    answers::check(book, &mut page, &text);
    let text = answers::with_links(book, path, &text);
    let (text, quizzes) = quizzes::taken_out(book, &mut page, &text);
    let markdown = walk::over(book, &mut page, &text);
    let markdown = quizzes::put_back(&quizzes, &markdown);
    let markdown = answers::folded(book, path, &markdown);
    page.markdown = markdown + &quizzes::answers(book, path);
    page.faults.sort();
    page
}
