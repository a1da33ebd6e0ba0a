//! Chapter 9's program for a framework: the same losses, the same masks, the
//! same file.

mod case;

use case::Program;

const FRAMEWORK: Program = Program {
    path: env!("CARGO_BIN_EXE_ch09_framework"),
    command: "cargo run -p framework --",
};

#[test]
fn burn_computes_what_the_core_crate_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let printed = FRAMEWORK.prints(folder.path(), "");
    assert!(!printed.contains("not below"), "{printed}");
    let plain = Program { command: "cargo run", ..FRAMEWORK };
    plain.assert_snapshot("ch09_scale", "", &printed);
}

#[test]
fn so_it_does_in_other_trainings() {
    let folder = tempfile::tempdir().expect("a folder");
    for words in
        ["--seed 3 --drop-prob 0.5 --steps 200", "--drop-prob 0 --steps 20"]
    {
        let printed = FRAMEWORK.prints(folder.path(), words);
        assert!(!printed.contains("not below"), "{words}\n{printed}");
        assert!(!printed.contains("other bytes"), "{words}\n{printed}");
    }
}

#[test]
fn what_makes_no_sense_is_refused_in_a_line() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a"), "a file").expect("written");
    for (words, code, expected) in [
        ("--drop-prob 1", 2, "'1' is not a number in [0, 1)"),
        ("--steps 0", 2, "'0' is not a whole number from 1 to"),
        ("--learning-rate 1e300", 1, "diverged at step "),
        ("--weights a --steps 1", 2, "a: File exists"),
    ] {
        let line = FRAMEWORK.refuses(folder.path(), words, code);
        assert!(line.contains(expected), "{words}: {line}");
    }
}

/// A flag that is not there would be refused.
#[test]
fn what_a_reader_is_told_to_type_is_accepted() {
    let folder = tempfile::tempdir().expect("a folder");
    let commands = FRAMEWORK.shown_commands();
    assert!(!commands.is_empty(), "{commands:?}");
    for words in commands {
        FRAMEWORK.prints(folder.path(), &words);
    }
}
