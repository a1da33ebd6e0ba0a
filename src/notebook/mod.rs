//! Types that show themselves in a Jupyter notebook, on the evcxr kernel.
//!
//! evcxr calls `evcxr_display` on the last value of a cell, if it has such a
//! method, and reads what it prints: the same thing once as a picture or a
//! table, and once as plain text for who cannot show the first. A [`Figure`]
//! and a [`Chart`] are drawn inline, a [`Network`] is a table of its layers, a
//! [`Mask`] a grid, a [`History`] its curve; [`heat`] makes a coloured table of
//! any matrix, and [`compare`] one of the true values beside yours.
//!
//! [`Figure`]: crate::figures::Figure
//! [`Chart`]: crate::figures::Chart
//! [`Network`]: crate::Network
//! [`Mask`]: crate::Mask

mod compare;
mod content;
mod errors;
mod figure;
mod heat;
mod history;
mod mask;
mod network;

pub use compare::{Comparison, compare};
pub use errors::one_line_errors;
pub use heat::{Heat, heat};
pub use history::History;
