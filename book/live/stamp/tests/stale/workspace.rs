//! A workspace on disk like the repository, but small.

use std::path::PathBuf;
use std::{fs, io};

use chainrule_stamp::of_module;
use tempfile::TempDir;

/// Our own files. What would come from a registry comes from `vendor`.
const FILES: [(&str, &str); 11] = [
    (
        "Cargo.toml",
        r#"# The workspace.
[workspace]
members = ["book/live"]

[package]
name = "chainrule"
version = "0.1.0"
edition = "2024"

[features]
notebook = ["dep:plotters"]

[dependencies]
ndarray = { version = "0.17", features = ["std"] }
thiserror = "2"
plotters = { version = "0.3", optional = true }

[dev-dependencies]
insta = "1"

[profile.dev]
opt-level = 3

[profile.wasm]
# No unwinding.
inherits = "release"
panic = "abort"
"#,
    ),
    (
        "src/lib.rs",
        r#"//! The core.

#[cfg(test)]
mod checks;
mod mask;
pub mod tasks;

/// Only for notebooks.
#[cfg(feature = "notebook")]
pub mod notebook;

pub use mask::largest; // for all
"#,
    ),
    ("src/checks.rs", "fn check() {}\n"),
    (
        "src/mask.rs",
        r#"//! The mask.

/// The largest number.
///
/// Of all.
pub fn largest() -> u32 {
    // It fits.
    let largest = u32::MAX; // always
    /* As it is. */
    largest
}

#[cfg(test)]
use std::fmt;

/// The name.
pub const NAME: &str = "// mask
// and more";

#[cfg(test)]
mod tests {
    #[test]
    fn it_is_large() {
        assert!(super::largest() > 1_000);
    }
}

pub fn smallest() -> u32 {
    0
}
"#,
    ),
    ("src/tasks/mod.rs", "mod gap;\n"),
    ("src/tasks/gap.rs", "pub const GAP: f64 = 0.5;\n"),
    ("src/notebook/mod.rs", "mod show;\n"),
    ("src/notebook/show.rs", "pub const WIDTH: u32 = 7;\n"),
    (
        "book/live/Cargo.toml",
        r#"[package]
name = "chainrule-live"
version = "0.1.0"
edition = "2024"

[dependencies]
chainrule = { path = "../.." }

[dev-dependencies]
insta = "1"
"#,
    ),
    ("book/live/src/lib.rs", "pub const DONE: i32 = 0;\n"),
    (
        ".cargo/config.toml",
        r#"[source.crates-io]
replace-with = "vendor"

[source.vendor]
directory = "vendor"
"#,
    ),
];

/// The crates in `vendor`: the name, and the manifest from the version on.
const VENDORED: [(&str, &str); 5] = [
    (
        "ndarray",
        r#"version = "0.17.1"

[features]
std = []
rayon = []

[dependencies]
rawpointer = "0.2"
"#,
    ),
    ("rawpointer", "version = \"0.2.0\"\n"),
    ("thiserror", "version = \"2.0.0\"\n[lib]\nproc-macro = true\n"),
    ("plotters", "version = \"0.3.0\"\n"),
    ("insta", "version = \"1.0.0\"\n"),
];

pub struct Workspace {
    folder: TempDir,
}

impl Workspace {
    pub fn new() -> Workspace {
        let folder = tempfile::tempdir().expect("a folder");
        let workspace = Workspace { folder };
        for (name, text) in FILES {
            workspace.write(name, text);
        }
        for (name, manifest) in VENDORED {
            let manifest = format!("[package]\nname = \"{name}\"\n{manifest}");
            for (file, text) in [
                ("Cargo.toml", manifest.as_str()),
                ("src/lib.rs", ""),
                (".cargo-checksum.json", r#"{"files":{}}"#),
            ] {
                workspace.write(&format!("vendor/{name}/{file}"), text);
            }
        }
        workspace
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A new file, or another text of an old one.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        let folder = path.parent().expect("a folder");
        fs::create_dir_all(folder).expect("a folder");
        fs::write(path, text).expect("written");
    }

    /// In the file `name`, `old` becomes `new`. Returns the text before.
    pub fn change(&self, (name, old, new): (&str, &str, &str)) -> String {
        let text = fs::read_to_string(self.path(name)).expect("a file");
        assert!(text.contains(old), "{old} is not in {name}");
        self.write(name, &text.replacen(old, new, 1));
        text
    }

    /// Whether the mark is another one after a change, which is taken back.
    pub fn is_stale_after(&self, change: (&str, &str, &str)) -> bool {
        let before = self.mark();
        let text = self.change(change);
        let after = self.mark();
        self.write(change.0, &text);
        before != after
    }

    pub fn mark(&self) -> u64 {
        self.try_mark().expect("a mark")
    }

    /// With the versions that are there now, and not those of an earlier call.
    pub fn try_mark(&self) -> io::Result<u64> {
        let _ = fs::remove_file(self.path("Cargo.lock"));
        of_module(self.folder.path())
    }
}
