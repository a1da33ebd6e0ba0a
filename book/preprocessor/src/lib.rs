//! The book's own machine. It puts code, outputs, numbers, formulas and figures
//! on the pages, each from its one source, and refuses a page where that fails.
//!
//! [`check`] is the gate, which the tests run; [`render`] makes a page
//! ready for mdBook; [`check_built`] looks at the book that came out.

pub mod anchors;
mod answers;
mod blocks;
mod book;
mod built;
pub mod bundles;
mod directives;
mod documents;
mod edits;
mod excerpts;
mod exercises;
mod faults;
mod figures;
mod gate;
pub mod heads;
mod html;
mod items;
mod left_as_text;
mod links;
pub mod live;
mod margin;
pub mod markdown;
mod marks;
mod math;
mod numbers;
mod page;
mod paths;
mod quiz;
mod quizzes;
mod remote;
mod render;
mod settings;
mod shapes;
mod shell;
mod snapshots;
pub mod source_pages;
pub mod sources;
mod summary;
mod walk;

pub use book::Book;
pub use built::check_built;
pub use faults::{Fault, Refusal};
pub use gate::{check, check_language};
pub use page::Page;
pub use render::render;
pub use sources::PAGE as SOURCE_PAGE;

use std::path::Path;

/// The code of an anchor, as the pages show it; none if there is no such file
/// or anchor.
pub fn excerpt(root: &Path, file: &Path, anchor: &str) -> Option<String> {
    let source = anchors::Source::read(root, file).ok()?;
    Some(source.dedented(&source.anchor(anchor)?))
}
