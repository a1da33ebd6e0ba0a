//! Code blocks: which kinds a page may hold, and what becomes of each.

use crate::book::Book;
use crate::directives::{self, Directive};
use crate::excerpts::columns_of;
use crate::faults::Refusal;
use crate::markdown::{Placed, extent, plain_text};
use crate::page::Page;
use crate::{excerpts, math, shapes, shell, snapshots};
use pulldown_cmark::{CodeBlockKind, Event, Tag};
use std::ops::Range;

/// What asks for the shapes beside a block, behind its language.
const SHAPES: &str = " shapes";

const INCLUDE: &str = "{{#include path:anchor}}";

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
        let info = self.info.as_deref();
        let bare = info.map(|it| it.strip_suffix(SHAPES).unwrap_or(it));
        let wants_shapes = bare != info;
        let html = match (bare, directives::alone(&self.body)) {
            // A directive among commands has a message of its own.
            (Some("sh"), Some(_)) => return Ok(None),
            (Some("sh"), None) => {
                let problem = shell::problem(&book.root, &self.body);
                return problem.map_or(Ok(None), |(line, problem)| {
                    Err((line + 1, Refusal::BadCommand(problem)))
                });
            }
            (Some("math"), _) => {
                page.formulas += 1;
                math::display(&self.body)
            }
            (Some(language @ ("rust" | "python")), Some(directive)) => {
                include(language, &directive, book, page)
            }
            (Some("output"), Some(directive)) if directive.name == "output" => {
                snapshots::output(&book.root, &directive, &mut page.lines)
            }
            (None, _) => Err(Refusal::Pasted("indented".to_owned())),
            (Some(""), _) => Err(Refusal::Pasted("unlabelled".to_owned())),
            (Some(info), _) => Err(Refusal::Pasted(info.to_owned())),
        };
        let html = html.and_then(|html| match wants_shapes {
            true => self.with_shapes(&html, book, page),
            false => Ok(html),
        });
        html.map(Some).map_err(|refusal| (0, refusal))
    }

    /// The HTML with a note in front of the code or the formula.
    fn with_shapes(
        &self,
        html: &str,
        book: &Book,
        page: &Page,
    ) -> Result<String, Refusal> {
        let code = html.find("<pre>");
        let (before, inner) =
            html.split_at(code.or(html.find("<math")).unwrap_or(0));
        let lines = inner.replace("&#10;", "\n");
        let text = code.map_or(&*self.body, |_| &*lines);
        let note = shapes::note(book, &page.path, text, code.is_some())?;
        Ok([before, &note, inner].concat())
    }
}

fn include(
    language: &str,
    directive: &Directive,
    book: &Book,
    page: &mut Page,
) -> Result<String, Refusal> {
    let ("include", [target]) = (&*directive.name, &*directive.words) else {
        return Err(Refusal::Usage(INCLUDE));
    };
    let Some((file, anchor)) = target.value.split_once(':') else {
        return Err(Refusal::Usage(INCLUDE));
    };
    let (html, origin) =
        excerpts::html(book, &page.path, (file, anchor), language)?;
    page.included.insert(origin);
    Ok(html)
}

/// How many characters two blocks side by side may have together, in a window of
/// 1400 pixels (code.css).
const BESIDE: usize = 129;

/// Two blocks, side by side where they fit; where they do not, the page has a
/// switch (pairs.js), and shows one below the other without scripts.
pub fn pair(blocks: [(&Block, String); 2]) -> String {
    let [left, right] = [&blocks[0].1, &blocks[1].1].map(|it| columns_of(it));
    let fits = left + right <= BESIDE;
    let place = if fits { "beside" } else { "switched" };
    let item = |(block, html): (&Block, String)| {
        let label = block.label().unwrap_or_default();
        format!(
            r#"<div class="pair-item"><div class="pair-label">{label}</div>{html}</div>"#
        )
    };
    format!(
        r#"<div class="pair {place}" style="--left: {left}fr; --right: {right}fr">{}</div>"#,
        blocks.map(item).concat()
    )
}
