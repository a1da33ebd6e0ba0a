//! A long run as a text file: the command, the day, and what was printed.

use std::io::{self, Write};
use std::path::PathBuf;

use crate::ch07_speed::date::today;
use crate::cli::{Outcome, Whole, shown};

/// Prints, and keeps the same in the file, if one is given, under a head that
/// says which command of `program` it was.
///
/// # Errors
/// A file that cannot be written, before anything is printed; what `print` meets.
pub fn keep(
    out: &mut dyn Write,
    program: &str,
    file: Option<&PathBuf>,
    print: impl FnOnce(&mut dyn Write) -> Outcome,
) -> Outcome {
    let file = file.map(Whole::open).transpose()?;
    let mut out = Remembered::new(out);
    print(&mut out)?;
    match file {
        Some(file) => Ok(file.write(head(program) + &out.text())?),
        None => Ok(()),
    }
}

/// The first lines of a record. Its numbers hang on no machine and no day; the
/// day says how old the program was.
fn head(program: &str) -> String {
    format!(
        "{}\nmeasured on {}, chainrule {}, the same on every machine\n",
        shown(&command(program, std::env::args().skip(1))),
        today(),
        env!("CARGO_PKG_VERSION"),
    )
}

/// The command as a reader types it, without the places of files.
fn command(program: &str, words: impl Iterator<Item = String>) -> String {
    let places = ["--record", "--figures"];
    let (mut command, mut is_place) = (String::new(), false);
    for word in words {
        let flag = word.split('=').next().unwrap_or_default();
        if !is_place && !places.contains(&flag) {
            command += &format!(" {word}");
        }
        is_place = places.contains(&word.as_str());
    }
    let separator = if command.is_empty() { "" } else { " --" };
    format!("$ cargo run --bin {program}{separator}{command}")
}

/// Prints, and remembers what it printed.
#[allow(missing_debug_implementations, reason = "a writer has none")]
pub struct Remembered<'a> {
    out: &'a mut dyn Write,
    printed: Vec<u8>,
}

impl<'a> Remembered<'a> {
    /// Nothing printed yet.
    pub fn new(out: &'a mut dyn Write) -> Remembered<'a> {
        Remembered { out, printed: Vec::new() }
    }

    /// What was printed, without the places of the figures at its end.
    pub fn text(&self) -> String {
        let text = String::from_utf8_lossy(&self.printed);
        let end = text.find("\nfigure: ").unwrap_or(text.len());
        format!("{}\n", text[..end].trim_end())
    }
}

impl Write for Remembered<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.printed.extend_from_slice(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
