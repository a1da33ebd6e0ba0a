//! A cell that goes wrong says so in one line.

use std::fmt;
use std::panic::{self, PanicHookInfo};

use crate::Error;

/// From here on, a cell that fails prints `error: …` where it would have
/// printed a backtrace.
///
/// The line goes to stdout: what a cell writes to stderr arrives in the next
/// cell, or not at all (evcxr's issue 353). For the same reason a cell should
/// end a call that can fail with `.unwrap()`, and leave `?` to functions.
pub fn one_line_errors() {
    panic::set_hook(Box::new(|info| println!("error: {}", message(info))));
}

/// The message, without what `unwrap` puts before an error of ours.
fn message<'a>(info: &'a PanicHookInfo<'_>) -> &'a str {
    let message = info.payload_as_str().unwrap_or("a panic without a message");
    match message.split_once("on an `Err` value: ") {
        Some((_, error)) => error,
        None => message,
    }
}

/// The message again: it is what `unwrap` shows below a cell.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
