//! Paths inside the repository, and as they stand in links.

use std::path::{Component, Path, PathBuf};

/// Where `target`, written in the file `from`, leads; none if it leaves the repository.
pub fn resolve(from: &Path, target: &str) -> Option<PathBuf> {
    let mut path = from.parent().unwrap_or(Path::new("")).to_path_buf();
    for component in Path::new(target).components() {
        match component {
            Component::Normal(name) => path.push(name),
            Component::CurDir => {}
            Component::ParentDir if path.pop() => {}
            _ => return None,
        }
    }
    Some(path)
}

/// A relative path with slashes, on every system.
pub fn url(path: &Path) -> String {
    let parts = path.components().map(|part| part.as_os_str());
    parts.map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The files below `folder` (relative to `root`) with one of `extensions`, sorted,
/// without what cargo has built.
pub fn files_below(
    root: &Path,
    folder: impl AsRef<Path>,
    extensions: &[&str],
) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let entries = std::fs::read_dir(root.join(&folder));
    for entry in entries.into_iter().flatten().flatten() {
        let path = folder.as_ref().join(entry.file_name());
        if entry.file_name() == "target" {
            continue;
        }
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            found.extend(files_below(root, &path, extensions));
        } else if extensions.iter().any(|it| has_extension(&path, it)) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Whether the name of a file ends in `.extension`.
pub fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|it| it == extension)
}
