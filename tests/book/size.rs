//! The preprocessor itself: how large it may be, and how its modules hang together.

use std::path::{Path, PathBuf};

/// The name and the text of each module of the preprocessor.
fn modules() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(root.join("book/preprocessor/src")).unwrap();
    let module = |file: PathBuf| {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        (name, std::fs::read_to_string(file).unwrap())
    };
    files.map(|file| module(file.unwrap().path())).collect()
}

#[test]
fn the_preprocessor_stays_small() {
    let files = modules();
    let lines: usize = files.iter().map(|it| it.1.lines().count()).sum();
    assert!((1..=5200).contains(&lines), "{lines} lines");
}

#[test]
fn no_modules_import_each_other() {
    let mut left = modules();
    // Those that import none of the others go, until the rest is a circle.
    while let Some(at) = left.iter().position(|(this, text)| {
        let mut others = left.iter().filter(|(name, _)| name != this);
        !others.any(|(name, _)| imports(text, name))
    }) {
        left.remove(at);
    }
    let circle: Vec<_> = left.into_iter().map(|(name, _)| name).collect();
    assert_eq!(circle, Vec::<String>::new());
}

/// Whether `text` holds `crate::module`, or `crate::{…, module, …}`.
fn imports(text: &str, module: &str) -> bool {
    text.split("crate::").skip(1).any(|path| {
        let end = if path.starts_with('{') { ';' } else { ':' };
        let path = path.split([end, ';', '(']).next().unwrap_or_default();
        let mut names = path.split(|c: char| !c.is_alphanumeric() && c != '_');
        names.any(|name| name == module)
    })
}
