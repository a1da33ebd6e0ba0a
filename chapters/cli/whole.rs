//! A file that is written whole or not at all.

use std::io::{self, Write};
use std::path::PathBuf;

use atomic_write_file::AtomicWriteFile;

/// The place of a file, which could be written to when it was opened.
///
/// While a file is written it has no name, where the system knows such files
/// (Linux does): nothing is left of it, whatever ends the program.
#[derive(Clone, Debug)]
pub struct Whole {
    path: PathBuf,
}

/// A place that cannot be written to.
#[derive(Debug, thiserror::Error)]
#[error("'{}' cannot be written: {source}", .path.display())]
pub struct Unwritable {
    pub(super) path: PathBuf,
    pub(super) source: io::Error,
}

impl Whole {
    /// Tries a place out: a long run should not end in an error that was there
    /// from the start.
    ///
    /// # Errors
    /// [`Unwritable`] if its folder cannot be written to, or if something is
    /// there that is no file.
    pub fn open(path: impl Into<PathBuf>) -> Result<Whole, Unwritable> {
        let whole = Whole { path: path.into() };
        whole.begin().map_err(|source| whole.refused(source))?;
        Ok(whole)
    }

    /// Writes the file; readers see the old one or the new one, never a part.
    ///
    /// # Errors
    /// [`Unwritable`]; the old file is then as it was.
    pub fn write(&self, content: &str) -> Result<(), Unwritable> {
        let written = self.begin().and_then(|mut file| {
            file.write_all(content.as_bytes())?;
            file.commit()
        });
        written.map_err(|source| self.refused(source))
    }

    fn begin(&self) -> io::Result<AtomicWriteFile> {
        let found = self.path.metadata();
        if found.is_ok_and(|found| !found.is_file()) {
            return Err(io::Error::other("it is no regular file"));
        }
        AtomicWriteFile::open(&self.path)
    }

    fn refused(&self, source: io::Error) -> Unwritable {
        Unwritable { path: self.path.clone(), source }
    }
}
