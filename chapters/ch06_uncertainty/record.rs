//! What a long comparison printed, kept in a file with the command and the day.

use std::io::{self, Write};

use chapters::ch07_speed::date::today;
use chapters::cli::{Outcome, Whole};

use crate::Args;

/// Prints, and writes the same to `--record`, if that is given.
pub fn keep(
    out: &mut dyn Write,
    args: &Args,
    print: fn(&mut dyn Write, &Args) -> Outcome,
) -> Outcome {
    let record = args.record.as_ref().map(Whole::open).transpose()?;
    let mut both = Both { out, text: head().into_bytes() };
    print(&mut both, args)?;
    if let Some(record) = record {
        record.write(&both.text)?;
    }
    Ok(())
}

/// The command as a reader types it, and the day.
fn head() -> String {
    let mut words = std::env::args().skip(1);
    let mut typed = String::new();
    while let Some(word) = words.next() {
        if word == "--record" {
            words.next();
        } else if !word.starts_with("--record=") {
            typed += &format!(" {word}");
        }
    }
    format!(
        "$ cargo run --bin ch06_uncertainty --{typed}\n\
         measured on {}, chainrule {}, the same on every machine\n",
        today(),
        env!("CARGO_PKG_VERSION"),
    )
}

/// Writes to the one, and remembers it in the other.
struct Both<'a> {
    out: &'a mut dyn Write,
    text: Vec<u8>,
}

impl Write for Both<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.text.extend_from_slice(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
