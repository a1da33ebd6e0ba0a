//! Which files are sources, and in which order the book shows them.

use crate::paths::files_below;
use std::path::{Path, PathBuf};

/// The page of the summary below which the sources stand.
pub const PAGE: &str = "source.md";

/// Where the sources are that have a page of their own.
const SHOWN: [(&str, &str); 3] =
    [("src", "rs"), ("chapters", "rs"), ("tests/parity", "py")];

/// Where else an anchor has to be on a page.
const EXCERPTED: [(&str, &str); 1] = [("tests/parity", "rs")];

/// The files that have a page: the core in the order of its modules, then the
/// chapters, then the scripts that NumPy runs.
pub fn shown(root: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    in_module_order(root, Path::new("src/lib.rs"), &mut files);
    for (folder, extension) in SHOWN {
        let mut below = files_below(root, folder, &[extension]);
        below.sort_by_cached_key(|file| module(file));
        below.retain(|file| !files.contains(file));
        files.extend(below);
    }
    files
}

/// The files whose anchors have to be on some page.
pub fn anchored(root: &Path) -> impl Iterator<Item = PathBuf> {
    let folders = SHOWN.into_iter().chain(EXCERPTED);
    folders.flat_map(|(folder, kind)| files_below(root, folder, &[kind]))
}

/// The path of a module, which comes before those of its parts: `src/a` for
/// `src/a.rs` as for `src/a/mod.rs`.
fn module(file: &Path) -> PathBuf {
    let is_top =
        ["lib.rs", "main.rs", "mod.rs"].iter().any(|it| file.ends_with(it));
    if is_top { file.with_file_name("") } else { file.with_extension("") }
}

/// `file`, then the files of the modules it declares.
fn in_module_order(root: &Path, file: &Path, files: &mut Vec<PathBuf>) {
    let Ok(text) = std::fs::read_to_string(root.join(file)) else { return };
    files.push(file.to_path_buf());
    for name in text.lines().filter_map(declared_module) {
        let path = module(file).join(name);
        for file in [path.with_extension("rs"), path.join("mod.rs")] {
            if !files.contains(&file) {
                in_module_order(root, &file, files);
            }
        }
    }
}

/// `forward` for the line `pub mod forward;`.
fn declared_module(line: &str) -> Option<&str> {
    let line = line.split("//").next()?.trim().strip_suffix(';')?;
    let (visibility, name) = line.split_once("mod ")?;
    let alone =
        matches!(visibility, "" | "pub " | "pub(crate) " | "pub(super) ");
    alone.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_core_stands_in_the_order_of_its_modules() {
        let root = tempfile::tempdir().unwrap();
        let files = [
            ("src/lib.rs", "mod z;\npub mod nest;\nmod inline { mod x; }\n"),
            ("src/z.rs", ""),
            ("src/nest.rs", "pub(crate) mod b; // why\nmod a;\n"),
            ("src/nest/b.rs", ""),
            ("src/nest/a.rs", ""),
            ("src/stray.rs", ""),
            ("chapters/ch01.rs", ""),
            ("chapters/ch01/figures.rs", ""),
            ("chapters/ch02/main.rs", ""),
            ("chapters/ch02/figures.rs", ""),
            ("tests/parity/x.py", ""),
        ];
        for (file, text) in files {
            let path = root.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let expected = files.map(|(file, _)| PathBuf::from(file));
        assert_eq!(shown(root.path()), expected);
    }
}
