//! Which packages the module is compiled from.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A package, as the module needs it.
pub struct Package {
    /// Its name; with the version, where it comes from a registry.
    pub name: String,
    pub features: Vec<String>,
    /// Where its sources are, if it belongs to the workspace.
    pub folder: Option<PathBuf>,
}

/// The module's own package and all that it depends on, in a fixed order.
///
/// Macros are left out: they are compiled for the machine that builds, and
/// what they write depends on the package that they come with.
pub fn of_module(root: &Path) -> io::Result<Vec<Package>> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--package", "chainrule-live"])
        .args(["--edges", "normal,no-proc-macro", "--no-dedupe"])
        .args(["--target", "wasm32-unknown-unknown"])
        .args(["--prefix", "none", "--format", "{p}|{f}"])
        .args(["--offline", "--quiet", "--color", "never"])
        // They are meant for another target.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .current_dir(root)
        .output()?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(io::Error::other(said));
    }
    let listed = String::from_utf8_lossy(&output.stdout);
    let mut lines: Vec<&str> = listed.lines().collect();
    lines.sort_unstable();
    lines.dedup();
    Ok(lines.into_iter().filter_map(package).collect())
}

/// `ndarray v0.17.2|std`, or `chainrule v0.1.0 (/folder)|` in the workspace.
fn package(line: &str) -> Option<Package> {
    let (package, features) = line.rsplit_once('|')?;
    let features = features.split_terminator(',').map(str::to_owned).collect();
    let local = package
        .strip_suffix(')')
        .and_then(|package| package.split_once(" ("))
        .filter(|(_, source)| Path::new(source).is_dir());
    let (name, folder) = match local {
        Some((named, folder)) => (named.split(' ').next()?, Some(folder)),
        None => (package, None),
    };
    Some(Package {
        name: name.to_owned(),
        features,
        folder: folder.map(PathBuf::from),
    })
}
