//! Paths inside the repository, and as they stand in links.

use std::path::{Component, Path, PathBuf};

/// Where `target`, written in the file `from`, leads; none if it leaves the repository.
pub fn resolve(from: &Path, target: &str) -> Option<PathBuf> {
    let mut path = from.parent().unwrap_or(Path::new("")).to_path_buf();
    for component in Path::new(target).components() {
        match component {
            Component::Normal(name) => path.push(name),
            Component::CurDir => {}
            Component::ParentDir => {
                if !path.pop() {
                    return None;
                }
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(path)
}

/// A relative path with slashes, on every system.
pub fn url(path: &Path) -> String {
    path.components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}

/// The files below `folder` (relative to `root`) with one of `extensions`, sorted.
pub fn files_below(
    root: &Path,
    folder: &Path,
    extensions: &[&str],
) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let entries =
        std::fs::read_dir(root.join(folder)).into_iter().flatten().flatten();
    for entry in entries {
        let path = folder.join(entry.file_name());
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            found.extend(files_below(root, &path, extensions));
        } else if path
            .extension()
            .is_some_and(|e| extensions.iter().any(|x| e == *x))
        {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_may_climb_but_not_leave() {
        let from = Path::new("book/en/a.md");
        assert_eq!(
            resolve(from, "../../src/x.rs"),
            Some(PathBuf::from("src/x.rs"))
        );
        assert_eq!(
            resolve(from, "./b.md"),
            Some(PathBuf::from("book/en/b.md"))
        );
        assert_eq!(resolve(from, "../../../x"), None);
        assert_eq!(resolve(from, "/etc/x"), None);
    }
}
