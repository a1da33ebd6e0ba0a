//! Code blocks: which kinds a page may hold, and what becomes of each.

use crate::book::Book;
use crate::excerpts::Excerpt;
use crate::faults::Refusal;
use crate::markdown::{Placed, extent, plain_text};
use crate::page::Page;
use crate::{directives, math, shell, snapshots};
use pulldown_cmark::{CodeBlockKind, Event, Tag};
use std::ops::Range;

const INCLUDE: &str = "{{#include path}} or {{#include path:anchor}}";

/// A code block as it is written.
pub struct Block {
    /// The whole info string; none for an indented block.
    info: Option<String>,
    body: String,
    /// The bytes it takes up.
    pub place: Range<usize>,
    /// How many events it takes up.
    pub events: usize,
}

impl Block {
    /// The block that begins at `events[0]`, if one does.
    pub fn read(events: &[Placed<'_>]) -> Option<Self> {
        let (Event::Start(Tag::CodeBlock(kind)), place) = events.first()?
        else {
            return None;
        };
        let info = match kind {
            CodeBlockKind::Fenced(info) => Some(info.trim().to_owned()),
            CodeBlockKind::Indented => None,
        };
        let taken = extent(events);
        let body = plain_text(&events[..taken]);
        Some(Block { info, body, place: place.clone(), events: taken })
    }

    /// What stands above it beside another one, if it includes code.
    fn label(&self) -> Option<&'static str> {
        directives::alone(&self.body)?;
        match self.info.as_deref()? {
            "python" => Some("NumPy"),
            "rust" => Some("Rust"),
            _ => None,
        }
    }

    /// Whether the two are the same code in two languages.
    pub fn is_beside(&self, other: &Block) -> bool {
        let labels = self.label().zip(other.label());
        labels.is_some_and(|(this, other)| this != other)
    }

    /// The HTML of the block; none if it stays as it is. What is wrong with
    /// it comes with the line below the first that it is wrong on.
    pub fn html(
        &self,
        book: &Book,
        page: &mut Page,
    ) -> Result<Option<String>, (usize, Refusal)> {
        let html = match self.info.as_deref() {
            Some(language @ ("rust" | "python")) => {
                self.excerpt(language, book, page)
            }
            Some("output") => self.output(book),
            Some("math") => {
                page.formulas += 1;
                math::display(&self.body)
            }
            Some("sh") => return self.commands(book).map(|()| None),
            info => Err(pasted(match info {
                None => "indented",
                Some("") => "unlabelled",
                Some(info) => info,
            })),
        };
        html.map(Some).map_err(|refusal| (0, refusal))
    }

    fn excerpt(
        &self,
        language: &str,
        book: &Book,
        page: &mut Page,
    ) -> Result<String, Refusal> {
        let directive =
            directives::alone(&self.body).ok_or_else(|| pasted(language))?;
        let ("include", [target]) =
            (directive.name.as_str(), directive.words.as_slice())
        else {
            return Err(Refusal::Usage(INCLUDE));
        };
        let excerpt = Excerpt::find(book, &page.path, &target.value)?;
        page.included.insert((excerpt.path().clone(), excerpt.anchor.clone()));
        Ok(excerpt.html(book, &page.path, language))
    }

    fn output(&self, book: &Book) -> Result<String, Refusal> {
        let directive = directives::alone(&self.body);
        let directive = directive.filter(|found| found.name == "output");
        let directive = directive.ok_or_else(|| pasted("output"))?;
        snapshots::output(&book.root, &directive)
    }

    /// What is wrong with a block of commands, and where.
    fn commands(&self, book: &Book) -> Result<(), (usize, Refusal)> {
        // Directives have a message of their own.
        if directives::alone(&self.body).is_some() {
            return Ok(());
        }
        let found = shell::problem(&book.root, &self.body);
        found.map_or(Ok(()), |(line, problem)| {
            Err((line + 1, Refusal::BadCommand(problem)))
        })
    }
}

fn pasted(kind: &str) -> Refusal {
    Refusal::Pasted(kind.to_owned())
}

/// Two blocks side by side.
pub fn pair(blocks: [(&Block, String); 2]) -> String {
    let item = |(block, html): (&Block, String)| {
        let label = block.label().unwrap_or_default();
        format!(
            r#"<div class="pair-item"><div class="pair-label">{label}</div>{html}</div>"#
        )
    };
    format!(r#"<div class="pair">{}</div>"#, blocks.map(item).concat())
}
