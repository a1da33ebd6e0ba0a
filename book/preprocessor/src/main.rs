//! mdBook's preprocessor, and the look at the built book.
//!
//! mdBook starts it without arguments; by hand it is
//! `chainrule-book check`, or `chainrule-book check-built DIR [SRC]`.

use base64::prelude::{BASE64_STANDARD, Engine};
use chainrule_book::{
    Book, Fault, SOURCE_PAGE, check, check_built, check_language, live, render,
    source_pages,
};
use mdbook_preprocessor::book::{BookItem, Chapter, SectionNumber};
use mdbook_preprocessor::errors::Error;
use mdbook_preprocessor::{PreprocessorContext, parse_input};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let here = Path::new(".");
    match arguments.as_slice() {
        [] => preprocess().unwrap_or_else(|error| {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }),
        ["supports", renderer] => exit_code(*renderer == "html"),
        ["check"] => report(&check(here)),
        ["check-built", built, src @ ..] if src.len() < 2 => {
            let src = Path::new(src.first().unwrap_or(&"book/en"));
            report(&check_built(here, src, Path::new(built)))
        }
        _ => {
            eprintln!("usage: chainrule-book [check | check-built DIR [SRC]]");
            ExitCode::FAILURE
        }
    }
}

fn exit_code(good: bool) -> ExitCode {
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn report(faults: &[Fault]) -> ExitCode {
    for fault in faults {
        eprintln!("{fault}");
    }
    exit_code(faults.is_empty())
}

/// Reads the book that mdBook sends, and sends it back ready to render; a
/// book with faults is not sent back, which stops the build.
fn preprocess() -> Result<ExitCode, Error> {
    let (context, mut sent) = parse_input(std::io::stdin())?;
    let src = &context.config.book.src;
    let faults = check_language(&context.root, src);
    if !faults.is_empty() {
        return Ok(report(&faults));
    }
    let book = Book::open(&context.root, src);
    sent.for_each_chapter_mut(|chapter| prepare(&context, &book, chapter));
    serde_json::to_writer(std::io::stdout(), &sent)?;
    Ok(ExitCode::SUCCESS)
}

fn prepare(context: &PreprocessorContext, book: &Book, chapter: &mut Chapter) {
    let Some(path) = chapter.source_path.clone() else { return };
    let number = chapter.number.as_ref();
    let number =
        number.map(|it| it.to_string().trim_end_matches('.').to_owned());
    let page = render(book, &path, &chapter.content, number);
    chapter.content = page.markdown;
    if !page.live.is_empty() {
        let weights = live::weights(&path);
        let files =
            [("module", Path::new(live::MODULE)), ("weights", &weights)];
        for (name, file) in files {
            chapter.content.push_str(&embedded(name, &book.root.join(file)));
        }
    }
    if path == Path::new(SOURCE_PAGE) && context.renderer == "html" {
        add_sources(book, chapter);
    }
}

/// A file as part of a page, where the scripts find it without a server too;
/// nothing where there is no such file.
fn embedded(name: &str, file: &Path) -> String {
    let Ok(bytes) = std::fs::read(file) else { return String::new() };
    let text = BASE64_STANDARD.encode(bytes);
    format!(
        "\n\n<script type=\"text/plain\" id=\"live-{name}\">{text}</script>\n"
    )
}

/// Hangs the sources below their page. mdBook nests a page in its list only if
/// the page has a number, so each gets one.
fn add_sources(book: &Book, chapter: &mut Chapter) {
    let pages = source_pages::pages(book);
    chapter.content.push_str(&source_pages::list(&pages));
    let parents =
        [chapter.parent_names.clone(), vec![chapter.name.clone()]].concat();
    let number = chapter.number.as_ref().map_or(vec![0], |it| it.to_vec());
    for (index, page) in (1..).zip(pages) {
        let (title, parents) = (&page.title, parents.clone());
        let mut sub = Chapter::new(title, page.markdown, page.path, parents);
        let number = [number.clone(), vec![index]].concat();
        sub.number = Some(SectionNumber::new(number));
        // There is no such file to edit.
        sub.source_path = None;
        chapter.sub_items.push(BookItem::Chapter(sub));
    }
}
