//! Runs a chapter's program as a reader would.

use std::path::Path;
use std::process::{Command, Output};

/// Runs a chapter in an empty folder; returns what came of it and how many
/// entries the folder then holds.
pub fn run(program: &str, arguments: &str) -> (Output, usize) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = run_in(folder.path(), program, arguments);
    let left =
        std::fs::read_dir(folder.path()).expect("the folder is there").count();
    (output, left)
}

/// Runs a chapter in `folder`.
pub fn run_in(folder: &Path, program: &str, arguments: &str) -> Output {
    Command::new(program)
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .output()
        .expect("the chapter starts")
}
