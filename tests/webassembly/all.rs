//! The crate compiled to WebAssembly computes the same bits as the native one.
//!
//! Runs the committed module of `book/live` beside the crate: one file for
//! each figure, and every function of the module is held against the crate.

mod band;
mod cover;
mod descent;
mod digit;
mod exponential;
mod file;
mod inside;
mod mask;
mod module;
mod regularize;
mod whole;
mod wide;
