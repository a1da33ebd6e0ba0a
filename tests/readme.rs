//! `tests/README.md` names every file with tests, itself or by its folder, and
//! nothing that is not there.

use std::fs;
use std::path::{Path, PathBuf};

/// What stands between backticks and is a path: `gradients.rs`, `parity/`.
fn named(readme: &str) -> Vec<&str> {
    let code = readme.split('`').skip(1).step_by(2);
    code.filter(|code| {
        !code.contains(' ') && (code.contains('.') || code.ends_with('/'))
    })
    .collect()
}

/// Every file in a folder and below.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("readable").path());
    paths
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .collect()
}

#[test]
fn it_names_what_there_is() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let readme = tests.join("README.md");
    let readme = fs::read_to_string(readme).expect("a README");
    let named = named(&readme);
    for name in &named {
        assert!(tests.join(name).exists(), "{name} is not there");
    }
    for file in files(&tests) {
        let text = fs::read_to_string(&file).unwrap_or_default();
        let path = file.strip_prefix(&tests).expect("below").display();
        let path = path.to_string().replace('\\', "/");
        let found = named.iter().any(|name| {
            path == *name || name.ends_with('/') && path.starts_with(name)
        });
        let rust = path.ends_with(".rs") && text.contains("#[test]");
        assert!(found || !rust, "{path} has tests and is not named");
    }
}
