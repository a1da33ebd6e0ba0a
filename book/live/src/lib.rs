//! The core crate as a WebAssembly module.
//!
//! A page calls plain functions of numbers; the module imports nothing. Every
//! instance of the module holds one training run and one mask, so a page with
//! two figures makes two instances.
//!
//! Nothing traps. A function that returns a code returns [`DONE`] or
//! [`REFUSED`]; a function that returns a number returns NaN where there is
//! none. Seeds are 32 bits wide: JavaScript passes wider integers only as
//! `BigInt`.

mod arithmetic;
mod band;
mod inside;
mod mask;
mod numbers;
mod regularize;
mod training;

/// The input was accepted.
pub const DONE: i32 = 0;

/// The input makes no sense; nothing has changed.
pub const REFUSED: i32 = -1;
