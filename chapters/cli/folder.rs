//! The folder that figures are written to.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use chainrule::figures::Figure;

use super::whole::{Unwritable, Whole};
use super::{Outcome, shown};

/// A folder that could be written to when it was opened. If nothing was, it
/// is gone afterwards, unless it was there before.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// The folders that were made for it, the innermost first.
    made: Vec<PathBuf>,
}

/// No figure's name is longer: a path can be too long for the system.
const LONG_NAME: &str = "a_figure_of_a_chapter_whose_name_is_a_long_one.svg";

impl Folder {
    /// Opens a folder, making it if it is missing, and tries it out.
    ///
    /// # Errors
    /// [`Unwritable`] if it cannot be made or written to, or if something in
    /// it is named like a figure and is no file.
    pub fn open(path: impl Into<PathBuf>) -> Result<Folder, Unwritable> {
        let path = path.into();
        let made = missing(&path);
        let folder = Folder { path, made };
        folder.make()?;
        Whole::open(folder.path.join(LONG_NAME))
            .map_err(|refused| folder.refused(refused.source))?;
        // One that cannot be listed may still be written to.
        let entries = fs::read_dir(&folder.path).into_iter().flatten();
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.extension().is_some_and(|extension| extension == "svg") {
                Whole::open(path)?;
            }
        }
        Ok(folder)
    }

    /// Writes each figure as its name.svg, the one for a narrow page as its
    /// name.narrow.svg, and lists them as a chapter ends:
    /// a free line, and a line a figure.
    ///
    /// # Errors
    /// [`Unwritable`], and whatever writing to `out` meets.
    pub fn save_all<N: AsRef<str>>(
        &self,
        out: &mut dyn Write,
        figures: impl IntoIterator<Item = (N, Figure)>,
    ) -> Outcome {
        // Another run that drew nothing may have taken it away.
        self.make()?;
        for (k, (name, figure)) in figures.into_iter().enumerate() {
            let path = self.path.join(format!("{}.svg", name.as_ref()));
            let gap = if k == 0 { "\n" } else { "" };
            let line = format!("figure: {}", path.display());
            Whole::open(path)?.write(figure.svg())?;
            if let Some(narrow) = figure.narrow() {
                let name = format!("{}.narrow.svg", name.as_ref());
                let path = self.path.join(name);
                Whole::open(path)?.write(narrow)?;
            }
            writeln!(out, "{gap}{}", shown(&line))?;
        }
        Ok(())
    }

    /// Writes a table as its name.html, and lists it below the figures.
    ///
    /// # Errors
    /// As [`Folder::save_all`].
    pub fn save_table(
        &self,
        out: &mut dyn Write,
        name: &str,
        html: &str,
    ) -> Outcome {
        self.make()?;
        let path = self.path.join(format!("{name}.html"));
        let line = format!("figure: {}", path.display());
        Whole::open(path)?.write(html)?;
        Ok(writeln!(out, "{}", shown(&line))?)
    }

    fn make(&self) -> Result<(), Unwritable> {
        fs::create_dir_all(&self.path).map_err(|error| self.refused(error))
    }

    fn refused(&self, source: std::io::Error) -> Unwritable {
        Unwritable { path: self.path.clone(), source }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        for folder in &self.made {
            // One with a figure in it stays.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// The folders that have to be made for this one, the innermost first.
fn missing(path: &Path) -> Vec<PathBuf> {
    let named = path.ancestors().filter(|p| !p.as_os_str().is_empty());
    let missing = named.take_while(|path| !path.exists());
    missing.map(Path::to_owned).collect()
}
