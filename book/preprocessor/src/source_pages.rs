//! The whole sources as pages of the book, so that an excerpt can link to where it lives.

use crate::anchors::Source;
use crate::book::Book;
use crate::html::escape;
use crate::paths;
use std::path::{Path, PathBuf};

/// A source file as a page.
#[derive(Debug)]
pub struct SourcePage {
    /// The file's path, which is also the page's title.
    pub title: String,
    /// Where the page stands: `source/src/forward.md`.
    pub path: PathBuf,
    /// Its text.
    pub markdown: String,
    /// The first sentence of the file's own documentation.
    pub about: String,
}

/// The pages of all files that the book shows.
pub fn pages(book: &Book) -> Vec<SourcePage> {
    let sources = book.shown.iter();
    sources
        .filter_map(|file| Some(page(&Source::read(&book.root, file).ok()?)))
        .collect()
}

fn page(source: &Source) -> SourcePage {
    let title = paths::url(&source.path);
    let language = if title.ends_with(".py") { "python" } else { "rust" };
    let code = source.all().into_iter().map(|index| {
        let text = escape(&source.lines[index]);
        format!(r#"<span class="line" id="L{}">{text}</span>"#, index + 1)
    });
    let code = code.collect::<Vec<_>>().join("&#10;");
    SourcePage {
        markdown: format!(
            "# {title}\n\n<pre class=\"source\"><code class=\"language-{language}\">{code}</code></pre>\n"
        ),
        path: Path::new("source").join(&source.path).with_extension("md"),
        about: about(source),
        title,
    }
}

/// The first sentence of `//! …` or of a Python docstring.
fn about(source: &Source) -> String {
    let prose = source.lines.iter().map(|line| line.trim());
    let prose =
        prose.skip_while(|line| line.is_empty() || line.starts_with("#!"));
    let lines = prose.map_while(|line| match line.strip_prefix("//!") {
        Some(text) => Some(text.trim()).filter(|text| !text.is_empty()),
        None => line
            .strip_prefix("\"\"\"")
            .map(|text| text.trim_end_matches("\"\"\"")),
    });
    let paragraph = lines.collect::<Vec<_>>().join(" ");
    let sentence = paragraph.split(". ").next().unwrap_or_default();
    // A link to an item means nothing outside the crate's documentation.
    sentence.trim_end_matches(['.', ':']).replace("[`", "`").replace("`]", "`")
}

/// The list of the files, for the end of their common page.
pub fn list(pages: &[SourcePage]) -> String {
    let item = |page: &SourcePage| {
        let colon = if page.about.is_empty() { "" } else { ": " };
        let (title, url) = (&page.title, paths::url(&page.path));
        format!("- [{title}]({url}){colon}{}\n", page.about)
    };
    format!("\n\n{}", pages.iter().map(item).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_keeps_its_number_when_anchors_go() {
        let text = "//! The [`Pass`]. More.\n// ANCHOR: a\nfn f() {}\n// ANCHOR_END: a\n";
        let page = page(&Source::parse(Path::new("src/f.rs"), text));
        let line = r#"<span class="line" id="L3">fn f() &#123;}</span>"#;
        assert!(page.markdown.contains(line), "{}", page.markdown);
        assert!(!page.markdown.contains("ANCHOR"), "{}", page.markdown);
        assert_eq!(page.about, "The `Pass`");
    }
}
