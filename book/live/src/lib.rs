//! The core crate as a WebAssembly module.
//!
//! A page calls plain functions of numbers; the module imports nothing. Every
//! figure has a file here. An instance of the module holds the state of one
//! figure, so a page with two figures makes two instances.
//!
//! Nothing traps. A function returns
//! - a code, [`DONE`] or [`REFUSED`];
//! - or a number, which is NaN where there is none;
//! - or a count: that many numbers lie at `numbers` (`numbers.rs`) until
//!   the next call.
//!
//! Seeds are 32 bits wide: JavaScript passes wider integers only as `BigInt`.

#![allow(unsafe_code)] // A name for the page to call is an unsafe attribute.

mod band;
mod cover;
mod descent;
mod digit;
mod exponential;
mod inside;
mod mask;
mod numbers;
mod regularize;
mod room;
mod saved;
mod sources;
mod wide;

/// The input was accepted.
pub const DONE: i32 = 0;

/// The input makes no sense; nothing has changed.
pub const REFUSED: i32 = -1;

/// [`DONE`] if there is something, [`REFUSED`] if there is not.
fn code<T>(something: Option<T>) -> i32 {
    if something.is_some() { DONE } else { REFUSED }
}
