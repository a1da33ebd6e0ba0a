//! Code in the pages: the anchor it comes from, and the line that says so.

use crate::anchors::Source;
use crate::book::Book;
use crate::faults::Refusal;
use crate::html::escape;
use crate::items;
use crate::paths;
use std::path::{Path, PathBuf};

/// What one include line of a page shows.
#[derive(Debug)]
pub struct Excerpt {
    source: Source,
    /// The anchor; none for a whole file.
    anchor: Option<String>,
    /// The indices of the lines shown.
    lines: Vec<usize>,
}

impl Excerpt {
    /// Resolves `../../src/forward.rs:anchor`, as written in `page`.
    pub fn find(
        book: &Book,
        page: &Path,
        target: &str,
    ) -> Result<Self, Refusal> {
        let (file, anchor) = match target.split_once(':') {
            Some((file, anchor)) => (file, Some(anchor.to_owned())),
            None => (target, None),
        };
        let path = paths::resolve(&book.src.join(page), file);
        let source = path.and_then(|it| Source::read(&book.root, &it).ok());
        let missing = || Refusal::MissingInclude(file.to_owned());
        let source = source.ok_or_else(missing)?;
        let lines = match &anchor {
            None => Some(source.all()),
            Some(name) => source.anchor(name),
        };
        let unknown = || Refusal::UnknownAnchor {
            file: paths::url(&source.path),
            anchor: anchor.clone().unwrap_or_default(),
        };
        let lines = lines.ok_or_else(unknown)?;
        Ok(Excerpt { source, anchor, lines })
    }

    /// The file it comes from, relative to the repository's root, and the anchor.
    pub fn origin(&self) -> (PathBuf, Option<String>) {
        (self.source.path.clone(), self.anchor.clone())
    }

    /// The code and the line that says where it lives.
    pub fn html(&self, book: &Book, page: &Path, language: &str) -> String {
        let code = self.source.dedented(&self.lines);
        let (code, place) = (escape(code.trim_end()), self.place(book, page));
        format!(
            r#"<div class="listing"><pre><code class="language-{language}">{code}</code></pre><div class="where">{place}</div></div>"#
        )
    }

    /// `src/network.rs › impl Network › fn forward`, with a link to the whole file.
    fn place(&self, book: &Book, page: &Path) -> String {
        let path = paths::url(&self.source.path);
        let line = self.lines.first().map_or(1, |index| index + 1);
        let file = if book.shown.contains(&self.source.path) {
            let top = "../".repeat(page.components().count().saturating_sub(1));
            let target = paths::url(&self.source.path.with_extension("html"));
            format!(r##"<a href="{top}source/{target}#L{line}">{path}</a>"##)
        } else {
            path
        };
        let items = match self.anchor {
            Some(_) => items::of(&self.source, &self.lines),
            None => Vec::new(),
        };
        let items =
            items.iter().map(|it| format!(" › <code>{}</code>", escape(it)));
        file + &items.collect::<String>()
    }
}
