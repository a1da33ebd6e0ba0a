//! A file that is written whole or not at all.

use std::fs;
use std::io;
use std::path::PathBuf;

/// The place of a file, which could be written to when it was opened.
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
    /// there that is no file: a folder, a device, a link.
    pub fn open(path: impl Into<PathBuf>) -> Result<Whole, Unwritable> {
        let whole = Whole { path: path.into() };
        whole.try_out().map_err(|source| whole.refused(source))?;
        Ok(whole)
    }

    /// Writes the file; readers see the old one, the new one or none, never a
    /// part. Nothing else is left, whatever ends the program, where the system
    /// knows files without a name: Linux does, on most disks.
    ///
    /// # Errors
    /// [`Unwritable`].
    pub fn write(&self, content: impl AsRef<[u8]>) -> Result<(), Unwritable> {
        let content = content.as_ref();
        #[cfg(target_os = "linux")]
        if let Ok(file) = nameless::open(self.folder()) {
            let written = nameless::write(file, content, &self.path);
            return written.map_err(|source| self.refused(source));
        }
        let aside = self.aside();
        let written = fs::write(&aside, content)
            .and_then(|()| fs::rename(&aside, &self.path));
        written.map_err(|source| {
            // Best effort: the error that matters is the one above.
            let _ = fs::remove_file(&aside);
            self.refused(source)
        })
    }

    fn try_out(&self) -> io::Result<()> {
        // `file_name` looks through a slash or a dot at the end.
        let text = self.path.as_os_str().to_string_lossy();
        let name = self.path.file_name().map(|name| name.to_string_lossy());
        if !name.is_some_and(|name| text.ends_with(&*name)) {
            return Err(io::Error::other("it names no file"));
        }
        // Not where a link leads: it is the link that would be replaced.
        match self.path.symlink_metadata() {
            Ok(found) if !found.is_file() => {
                return Err(io::Error::other("it is no regular file"));
            }
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(error);
            }
            _ => (),
        }
        #[cfg(target_os = "linux")]
        if nameless::open(self.folder()).is_ok() {
            return Ok(());
        }
        fs::write(self.aside(), "")?;
        fs::remove_file(self.aside())
    }

    /// The folder that the file is in.
    #[cfg(target_os = "linux")]
    fn folder(&self) -> &std::path::Path {
        match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => ".".as_ref(),
        }
    }

    /// Where the file is written before it gets its name.
    fn aside(&self) -> PathBuf {
        let name = self.path.file_name().unwrap_or_default().display();
        let name = format!(".{name}-{}", std::process::id());
        self.path.with_file_name(name)
    }

    fn refused(&self, source: io::Error) -> Unwritable {
        Unwritable { path: self.path.clone(), source }
    }
}

/// Files that get their name when they are finished. Until then the system
/// takes them away as soon as nobody has them open.
#[cfg(target_os = "linux")]
mod nameless {
    use std::fs::{self, File};
    use std::io::{self, Write};
    use std::os::fd::AsRawFd;
    use std::path::Path;

    use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat};
    use rustix::io::Errno;

    /// A new file on the disk of this folder.
    pub fn open(folder: &Path) -> io::Result<File> {
        let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
        let mode = Mode::from_raw_mode(0o666);
        Ok(File::from(rustix::fs::open(folder, flags, mode)?))
    }

    /// Fills the file and names it; a file of that name has to go first.
    pub fn write(
        mut file: File,
        content: &[u8],
        path: &Path,
    ) -> io::Result<()> {
        file.write_all(content)?;
        let open = format!("/proc/self/fd/{}", file.as_raw_fd());
        loop {
            match linkat(CWD, &open, CWD, path, AtFlags::SYMLINK_FOLLOW) {
                Err(Errno::EXIST) => remove(path)?,
                named => return Ok(named?),
            }
        }
    }

    /// Another run may have been faster.
    fn remove(path: &Path) -> io::Result<()> {
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}
