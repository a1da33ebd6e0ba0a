//! How the operations of a network are carried out: with which instructions,
//! in how many threads, and with the same bits on every processor.
//!
//! Training at the edge of stability magnifies the last digit of a sum into a
//! different curve (the book's chapter 2 measures it), so a printed number can
//! be pinned by a test only if every machine computes it in the same way.
//! Three rules are enough:
//!
//! 1. every sum has one order, which depends on nothing but the shapes;
//! 2. whether a product is rounded before it is added, or fused with the sum,
//!    depends on nothing but the shapes: only layers of 65,536 weights and more
//!    are fused;
//! 3. one exponential of our own ([`exp`]), not the C library's of the day.
//!
//! [`Instructions`] picks the widest vectors the processor has; the rules make
//! that choice invisible in the result. So they do for the two other ways in
//! which sums are computed side by side: products are made a tile at a time,
//! and several threads may share the rows of a large one.

mod exp;
mod exp_block;
mod factors;
mod instructions;
mod operations;
mod padded_matrix;
mod products;
mod scratch;
mod shapes;
mod sums;
mod threads;
mod tiles;
mod vectors;

pub use exp::exp;
pub(crate) use exp_block::{BLOCK, exp_block};
pub use instructions::Instructions;
#[doc(hidden)]
pub use instructions::Level;
pub(crate) use operations::Kernels;
pub(crate) use padded_matrix::PaddedMatrix;

pub use sums::{dot, dot_over_samples, sum};
pub(crate) use sums::{squared_distance, squared_distance_between};
