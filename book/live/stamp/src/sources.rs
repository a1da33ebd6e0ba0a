//! The code of a package that is compiled.

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::code::{Code, read};

/// Every file below `src` but those of modules that are left out: its name,
/// with slashes on every system, and its code.
pub fn of(package: &Path, features: &[String]) -> io::Result<Vec<String>> {
    let mut files = Vec::new();
    collect(&package.join("src"), &mut files)?;
    files.sort();

    let mut compiled = Vec::new();
    let mut left_out = Vec::new();
    for file in &files {
        let Code { text, modules_left_out } =
            code(file, features).map_err(|error| {
                io::Error::other(format!("{}: {error}", file.display()))
            })?;
        let modules = modules_of(file);
        left_out.extend(modules_left_out.iter().map(|name| modules.join(name)));
        compiled.push((file, text));
    }
    // `name.rs` and all of `name/`.
    compiled.retain(|(file, _)| {
        let module = file.with_extension("");
        !left_out.iter().any(|left_out| module.starts_with(left_out))
    });

    let name = |file: &Path| {
        let inside = file.strip_prefix(package).unwrap_or(file);
        inside.to_string_lossy().replace('\\', "/")
    };
    Ok(compiled
        .into_iter()
        .flat_map(|(file, text)| [name(file), text])
        .collect())
}

fn code(file: &Path, features: &[String]) -> io::Result<Code> {
    // Git adds carriage returns on some systems.
    let text = fs::read_to_string(file)?.replace('\r', "");
    read(&text, features).map_err(|error| io::Error::other(error.to_string()))
}

/// The Rust files below `folder`.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(())
}

/// Where the modules are that a file declares.
fn modules_of(file: &Path) -> PathBuf {
    if file.ends_with("lib.rs") || file.ends_with("mod.rs") {
        file.with_file_name("")
    } else {
        file.with_extension("")
    }
}
