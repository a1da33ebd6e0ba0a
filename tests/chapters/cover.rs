//! The weights of the cover that draws itself are those of chapter 6's run.

use std::fs;
use std::path::Path;
use std::process::Command;

/// After a change of the program, write them again:
/// `cargo run --bin ch06_uncertainty -- --weights book/live/title.weights`.
#[test]
fn the_weights_of_the_cover_are_the_programs() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = |words: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_ch06_uncertainty"))
            .args(words)
            .current_dir(folder.path())
            .output()
            .expect("the chapter starts")
    };
    // The passes come after the training.
    let written = run(&["--weights", "weights", "--passes", "2"]);
    assert!(written.status.success());
    let fresh = fs::read(folder.path().join("weights")).expect("written");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let kept = fs::read(root.join("book/live/title.weights"));
    assert!(fresh == kept.expect("the book's weights"), "they differ");

    let refused = run(&["--weights", "nowhere/weights"]);
    assert_eq!(refused.status.code(), Some(2));
    let line = String::from_utf8_lossy(&refused.stderr);
    assert!(line.contains("cannot be written"), "{line}");
}
