//! Figures as SVG, drawn with plotters, without system fonts.
//!
//! A [`Chart`] holds curves and points over two axes; a [`Sketch`] holds boxes,
//! arrows and words. Both end as a [`Figure`], whose
//! text is written to a file. Colours mean the same thing in the whole book ([`Colour`]).

mod chart;
mod colour;
mod sketch;
mod ticks;

pub use chart::Chart;
pub use colour::Colour;
pub use sketch::{Align, Sketch};

/// A finished picture.
#[derive(Clone, PartialEq)]
pub struct Figure {
    svg: String,
}

impl Figure {
    /// The picture as SVG text.
    pub fn svg(&self) -> &str {
        &self.svg
    }
}

impl std::fmt::Debug for Figure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Figure({} bytes of SVG)", self.svg.len())
    }
}
