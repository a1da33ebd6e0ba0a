//! Code in the pages: the anchor it comes from, and the line that says so.

use crate::anchors::Source;
use crate::book::Book;
use crate::faults::Refusal;
use crate::html::{code_block, escape};
use crate::items;
use crate::paths;
use std::path::{Path, PathBuf};

/// What one include line of a page shows.
#[derive(Debug)]
pub struct Excerpt {
    source: Source,
    /// The anchor; none for a whole file.
    pub anchor: Option<String>,
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
        let missing = || Refusal::MissingInclude(file.to_owned());
        let path =
            paths::resolve(&book.src.join(page), file).ok_or_else(missing)?;
        let source = Source::read(&book.root, &path).map_err(|_| missing())?;
        let range = match &anchor {
            None => 0..source.lines.len(),
            Some(name) => {
                match source.anchors.iter().find(|anchor| anchor.name == *name)
                {
                    Some(found) => found.start..found.end,
                    None => {
                        let file = path.display().to_string();
                        return Err(Refusal::UnknownAnchor {
                            file,
                            anchor: name.clone(),
                        });
                    }
                }
            }
        };
        let lines = source.shown(range);
        Ok(Excerpt { source, anchor, lines })
    }

    /// The file it comes from, relative to the repository's root.
    pub fn path(&self) -> &PathBuf {
        &self.source.path
    }

    /// The code and the line that says where it lives.
    pub fn html(&self, book: &Book, page: &Path, language: &str) -> String {
        let code = self.source.dedented(&self.lines);
        let code = code_block(&format!("language-{language}"), &code);
        format!(r#"{code}<div class="where">{}</div>"#, self.place(book, page))
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
        let items = self
            .items()
            .into_iter()
            .map(|item| format!("<code>{}</code>", escape(&item)));
        std::iter::once(file).chain(items).collect::<Vec<_>>().join(" › ")
    }

    fn items(&self) -> Vec<String> {
        let (Some(_), Some(&first)) = (&self.anchor, self.lines.first()) else {
            return Vec::new();
        };
        let around = items::around(&self.source, first);
        if around.is_empty() {
            return items::first_of(&self.source, &self.lines)
                .into_iter()
                .collect();
        }
        around
    }
}
