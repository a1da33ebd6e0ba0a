//! Code in the pages: the anchor it comes from, and the line that says so.

use crate::anchors::Source;
use crate::book::Book;
use crate::faults::Refusal;
use crate::html::escape;
use crate::items;
use crate::paths;
use std::path::{Path, PathBuf};

/// How many characters a line of code may have in the column of the text.
const COLUMN: usize = 80;

/// How many it may have to fit the page of a telephone, in smaller letters.
const NARROW: usize = 51;

/// Where code comes from: the file, relative to the repository's root, and the
/// anchor.
pub type Origin = (PathBuf, String);

/// The code of an anchor in `../../src/forward.rs`, as written in `page`, with
/// the line that says where it lives.
pub fn html(
    book: &Book,
    page: &Path,
    (file, anchor): (&str, &str),
    language: &str,
) -> Result<(String, Origin), Refusal> {
    let path = paths::resolve(&book.src.join(page), file);
    let source = path.and_then(|path| Source::read(&book.root, &path).ok());
    let missing = || Refusal::MissingInclude(file.to_owned());
    let source = source.ok_or_else(missing)?;
    let anchor = anchor.to_owned();
    let lines = source.anchor(&anchor).ok_or_else(|| {
        Refusal::UnknownAnchor(paths::url(&source.path), anchor.clone())
    })?;
    let items = items::of(&source, &lines);
    let code = source.dedented(&lines);
    let code = escape(code.trim_end());
    let line = lines.first().map_or(1, |index| index + 1);
    let place = place(book, page, &source.path, line);
    let item = |it: &String| format!("\u{a0}› <code>{}</code>", breakable(it));
    let items: String = items.iter().map(item).collect();
    let html = format!(
        r#"<div class="listing"{}><div class="where">{place}{items}</div><pre><code class="language-{language}">{code}</code></pre></div>"#,
        columns(source.dedented(&lines).lines())
    );
    Ok((html, (source.path, anchor)))
}

/// A path or a name that a narrow margin may break at its joints, and not behind
/// its `fn`.
fn breakable(name: &str) -> String {
    escape(&name.replacen(' ', "\u{a0}", 1))
        .replace('/', "/<wbr>")
        .replace('_', "_<wbr>")
}

/// How many characters the longest line has, for the style sheet and for
/// [`columns_of`].
pub fn columns<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let longest = lines.map(|line| line.chars().count()).max().unwrap_or(0);
    let extra = match longest {
        _ if longest > COLUMN => " data-wide".to_owned(),
        _ if longest > NARROW => String::new(),
        _ => format!(r#" data-narrow style="--columns: {longest}""#),
    };
    format!(r#" data-columns="{longest}"{extra}"#)
}

/// What [`columns`] has said of a block.
pub fn columns_of(html: &str) -> usize {
    let (_, rest) = html.split_once("data-columns=\"").unwrap_or_default();
    let (columns, _) = rest.split_once('"').unwrap_or_default();
    columns.parse().unwrap_or(0)
}

/// `src/network.rs`, as a link to its page if it has one.
fn place(book: &Book, page: &Path, source: &Path, line: usize) -> String {
    let path = paths::url(source);
    if !book.shown.iter().any(|shown| shown == source) {
        return format!("<code>{}</code>", breakable(&path));
    }
    let top = "../".repeat(page.components().count().saturating_sub(1));
    let target = paths::url(&source.with_extension("html"));
    format!(
        r##"<a href="{top}source/{target}#L{line}">{}</a>"##,
        breakable(&path)
    )
}
