//! mdBook's preprocessor, and the look at the built book.
//!
//! mdBook starts it without arguments; by hand it is
//! `chainrule-book check`, or `chainrule-book check-built DIR [SRC]`.

use base64::prelude::{BASE64_STANDARD, Engine};
use chainrule_book::{
    Book, Fault, SOURCE_PAGE, bundles, check, check_built, check_language,
    heads, render, source_pages,
};
use flate2::Compression;
use flate2::write::GzEncoder;
use mdbook_preprocessor::book::{BookItem, Chapter, SectionNumber};
use mdbook_preprocessor::errors::Error;
use mdbook_preprocessor::{PreprocessorContext, parse_input};
use std::io::Write;
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
    write_bundles(&context.root)?;
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
    let page = render(book, &path, &chapter.content, number.clone());
    let title = page.title.unwrap_or_else(|| chapter.name.clone());
    let description = match &page.description {
        Some(text) => text.clone(),
        None => format!("{title}: {}.", chapter.name),
    };
    chapter.content = page.markdown;
    let mut title = title;
    // What mdBook numbers besides is numbered to be nested in its list.
    if let (Some(number), true) = (number, is_chapter(&path)) {
        chapter.content = heads::with_number(&chapter.content, &number);
        title = format!("{number}. {title}");
    }
    let live = match page.live.is_empty() {
        true => String::new(),
        false => bundles::of_live_figures(&book.root, &path),
    };
    put_head(context, chapter, &title, &description, &live);
    if path == Path::new(SOURCE_PAGE) && context.renderer == "html" {
        add_sources(context, book, chapter);
    }
}

fn is_chapter(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.components().count() == 1 && name.starts_with("ch")
}

/// Hands the head of a page to mdBook, as what it is to put into its title.
fn put_head(
    context: &PreprocessorContext,
    chapter: &mut Chapter,
    title: &str,
    description: &str,
    live: &str,
) {
    let book = context.config.book.title.as_deref().unwrap_or_default();
    let head = heads::html(title, book, description, live);
    chapter.content.insert_str(0, &format!("{{{{#title {head}}}}}\n\n"));
}

/// Puts the theme's few files where mdBook fetches them.
fn write_bundles(root: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(root.join(bundles::FOLDER))?;
    for (name, text) in bundles::texts(root) {
        write_bundle(root, name, &text)?;
    }
    for (name, file) in bundles::data(root) {
        let bytes = zipped(&std::fs::read(root.join(file))?)?;
        let bytes = BASE64_STANDARD.encode(bytes);
        let key = if name == "module" { "module" } else { "weights" };
        let text = format!("(window.liveFiles ??= {{}}).{key} = '{bytes}';\n");
        write_bundle(root, &format!("{name}.js"), &text)?;
    }
    Ok(())
}

fn zipped(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut zip = GzEncoder::new(Vec::new(), Compression::best());
    zip.write_all(bytes)?;
    zip.finish()
}

/// A file that has not changed stays as it is.
fn write_bundle(root: &Path, name: &str, text: &str) -> std::io::Result<()> {
    let file = root.join(bundles::FOLDER).join(name);
    match std::fs::read(&file).is_ok_and(|it| it == text.as_bytes()) {
        true => Ok(()),
        false => std::fs::write(file, text),
    }
}

/// Hangs the sources below their page. mdBook nests a page in its list only if
/// the page has a number, so each gets one.
fn add_sources(
    context: &PreprocessorContext,
    book: &Book,
    chapter: &mut Chapter,
) {
    let pages = source_pages::pages(book);
    chapter.content.push_str(&source_pages::list(&pages));
    let parents =
        [chapter.parent_names.clone(), vec![chapter.name.clone()]].concat();
    let number = chapter.number.as_ref().map_or(vec![0], |it| it.to_vec());
    for (index, page) in (1..).zip(pages) {
        let (title, parents) = (&page.title, parents.clone());
        let colon = if page.about.is_empty() { "" } else { ": " };
        let about = format!("{title}{colon}{}.", page.about);
        let mut sub = Chapter::new(title, page.markdown, page.path, parents);
        put_head(context, &mut sub, title, &about, "");
        let number = [number.clone(), vec![index]].concat();
        sub.number = Some(SectionNumber::new(number));
        // There is no such file to edit.
        sub.source_path = None;
        chapter.sub_items.push(BookItem::Chapter(sub));
    }
}
