//! The two widths that every figure is drawn for.

/// Who looks at a figure: a page of a book, or one on a telephone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// At least 600 pixels of the page.
    Wide,
    /// Anything less.
    Narrow,
}

impl Width {
    /// The width of the drawing, in SVG units; a letter is 15 of them high.
    pub fn units(self) -> f64 {
        match self {
            Width::Wide => 720.0,
            Width::Narrow => 360.0,
        }
    }

    /// One thing for the one, another for the other.
    pub fn choose<T>(self, wide: T, narrow: T) -> T {
        match self {
            Width::Wide => wide,
            Width::Narrow => narrow,
        }
    }
}
