//! The folder that figures are written to: each file whole, or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chainrule::figures::Figure;

use super::Outcome;

/// A folder that could be written to when it was opened.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
}

/// A folder, or a file in it, that cannot be written to.
#[derive(Debug, thiserror::Error)]
#[error("'{}' cannot be written: {source}", .path.display())]
pub struct FolderError {
    path: PathBuf,
    source: io::Error,
}

impl Folder {
    /// Opens a folder, making it if it is missing, and tries it out: a long
    /// run should not end in an error that was there from the start.
    ///
    /// # Errors
    /// [`FolderError`] if it cannot be made or written to.
    pub fn open(path: impl Into<PathBuf>) -> Result<Folder, FolderError> {
        let folder = Folder { path: path.into() };
        let probe = folder.path.join(format!(".probe-{}", std::process::id()));
        fs::create_dir_all(&folder.path)
            .and_then(|()| fs::write(&probe, ""))
            .and_then(|()| fs::remove_file(&probe))
            .map_err(|source| FolderError {
                path: folder.path.clone(),
                source,
            })?;
        Ok(folder)
    }

    /// Writes each figure as its name.svg, and lists them as a chapter ends:
    /// a free line, and a line a figure.
    ///
    /// # Errors
    /// [`FolderError`], and whatever writing to `out` meets.
    pub fn save_all<N: AsRef<str>>(
        &self,
        out: &mut dyn Write,
        figures: impl IntoIterator<Item = (N, Figure)>,
    ) -> Outcome {
        for (k, (name, figure)) in figures.into_iter().enumerate() {
            let path = self.save(name.as_ref(), &figure)?;
            let gap = if k == 0 { "\n" } else { "" };
            writeln!(out, "{gap}figure: {}", path.display())?;
        }
        Ok(())
    }

    /// Writes `figure` as `name`.svg and returns its path; no half-written
    /// file stays behind.
    fn save(
        &self,
        name: &str,
        figure: &Figure,
    ) -> Result<PathBuf, FolderError> {
        let path = self.path.join(format!("{name}.svg"));
        let unfinished =
            self.path.join(format!(".{name}-{}", std::process::id()));
        write_whole(&unfinished, &path, figure.svg()).map_err(|source| {
            // Best effort: the error that matters is the one above.
            let _ = fs::remove_file(&unfinished);
            FolderError { path: path.clone(), source }
        })?;
        Ok(path)
    }
}

/// Readers see the old file or the new one, never a part.
fn write_whole(
    unfinished: &Path,
    path: &Path,
    content: &str,
) -> io::Result<()> {
    fs::write(unfinished, format!("{content}\n"))?;
    fs::rename(unfinished, path)
}
