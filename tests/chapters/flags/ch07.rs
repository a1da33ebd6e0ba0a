//! Chapter 7: what it refuses, what it leaves behind, what a record is.

use std::fs;

use crate::run::run_in;

const CH07: &str = env!("CARGO_BIN_EXE_ch07_speed");

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn chapter_7_refuses() {
    for (arguments, line) in [
        (
            "--rung quick",
            "error: invalid value 'quick' for '--rung <NAME>': 'quick' is none of: \
             literal, reused, slope, flat, fused, the crate",
        ),
        (
            "--rung flat --steps 0",
            "error: invalid value '0' for '--steps <STEPS>': '0' is not a whole \
             number from 1 to 10000000",
        ),
        (
            "--counts --quick",
            "error: the argument '--counts' cannot be used with '--quick'",
        ),
        (
            "--quick --record nowhere/a.txt",
            "error: nowhere/a.txt: cannot be written: No such file or directory \
             (os error 2)",
        ),
    ] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let output = run_in(folder.path(), CH07, arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments}");
        assert_eq!(text(&output.stderr).trim_end(), line, "{arguments}");
        assert!(output.stdout.is_empty(), "{arguments}");
        let left = fs::read_dir(folder.path()).expect("a folder").count();
        assert_eq!(left, 0, "{arguments}: files were left behind");
    }
}

#[test]
fn every_rung_can_be_run_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut losses = Vec::new();
    for rung in ["literal", "reused", "slope", "flat", "fused"] {
        let output =
            run_in(folder.path(), CH07, &format!("--rung {rung} --steps 10"));
        let said = text(&output.stdout);
        let (name, loss) = said.split_once(", 10 steps: ").expect("a loss");
        assert_eq!(name, rung);
        losses.push(loss.to_owned());
    }
    assert!(losses.iter().all(|loss| *loss == losses[0]), "{losses:?}");
}

#[test]
fn a_quick_run_measures_draws_and_records() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let arguments = "--quick --python no-such-python --record here.txt";
    let output = run_in(folder.path(), CH07, arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let printed = text(&output.stdout);
    let record = fs::read_to_string(folder.path().join("here.txt"));
    let record = record.expect("a record");
    let mut lines = record.lines();
    let command = lines.next().expect("a first line");
    assert!(command.starts_with("$ ") && command.ends_with("-- --quick"));
    assert!(
        lines.next().is_some_and(|line| line.starts_with("measured on 20"))
    );
    let measured: Vec<_> = lines.collect();
    assert!(printed.starts_with(&measured.join("\n")), "{printed}");
    assert!(printed.contains("no NumPy here: not measured"), "{printed}");
    assert!(!printed.contains("NaN") && !printed.contains("inf"), "{printed}");
    let figures = folder.path().join("target/figures");
    assert_eq!(fs::read_dir(figures).expect("figures").count(), 4);
}

#[test]
fn the_ladder_alone_draws_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output =
        run_in(folder.path(), CH07, "--ladder --quick --python no-such-python");
    assert!(text(&output.stdout).contains("\n25 the crate "));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
}
