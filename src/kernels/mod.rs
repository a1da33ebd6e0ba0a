//! How the operations of a network are carried out: with which instructions,
//! in how many threads, and with the same bits on every processor.
//!
//! Training at the edge of stability magnifies the last digit of a sum into a
//! different curve (the book's chapter 2 measures it), so a printed number can
//! be pinned by a test only if every machine computes it in the same way.
//! Three rules are enough:
//!
//! 1. no fused multiply–add: a product is rounded before it is added;
//! 2. every sum has one order, which depends on nothing but the shapes;
//! 3. one exponential of our own ([`exp`]), not the C library's of the day.
//!
//! The loops are plain Rust. The compiler vectorises them, and
//! [`Instructions`] picks the widest version the processor has; rule 2 makes
//! that choice invisible in the result. So it does for the two other ways in
//! which sums are computed side by side: products are made a tile at a time,
//! and several threads may share the rows of a large one.

mod exp;
mod exp_block;
mod instructions;
mod operations;
mod outer;
mod packed;
mod padded_matrix;
mod products;
mod sums;
mod threads;
mod tiles;

pub use exp::exp;
pub(crate) use exp_block::{BLOCK, exp_block};
pub use instructions::Instructions;
#[doc(hidden)]
pub use instructions::Level;
pub(crate) use operations::Kernels;
pub(crate) use padded_matrix::PaddedMatrix;

pub use sums::{dot, dot_over_samples, sum};
pub(crate) use sums::{squared_distance, squared_distance_between};
