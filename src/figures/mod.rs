//! Figures as SVG, without system fonts.
//!
//! A [`Chart`] holds curves and points over two axes; a [`Sketch`] holds boxes,
//! arrows and words. Both end as a [`Figure`], whose text is written to a file,
//! or two: a chart is drawn for a wide page and for a narrow one ([`Width`]).
//! Colours mean the same thing in the whole book ([`Colour`]).

mod axis;
mod chart;
mod colour;
mod contour;
mod layout;
mod series;
mod sketch;
mod svg;
mod thin;
mod width;
mod words;

pub use chart::{Chart, Points};
pub use colour::Colour;
pub use contour::{Loop, contour};
pub use sketch::{Align, Sketch};
pub use width::Width;

/// A finished picture.
#[derive(Clone, PartialEq)]
pub struct Figure {
    wide: String,
    narrow: Option<String>,
}

impl Figure {
    /// A sketch for a wide page, and one for a narrow.
    pub fn sketched(draw: impl Fn(Width) -> Sketch) -> Figure {
        Figure {
            wide: draw(Width::Wide).svg(),
            narrow: Some(draw(Width::Narrow).svg()),
        }
    }

    /// The picture as SVG text.
    pub fn svg(&self) -> &str {
        &self.wide
    }

    /// The same for a narrow page; none where one picture does for both.
    pub fn narrow(&self) -> Option<&str> {
        self.narrow.as_deref()
    }
}

impl std::fmt::Debug for Figure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Figure({} bytes of SVG)", self.wide.len())
    }
}
