//! Chapter 7's ways to run: a rung alone, a quick run and its record, the
//! ladder alone.

use std::fs;

use crate::chapter::{chapter, text};

#[test]
fn a_record_that_cannot_be_written_is_refused_before_measuring() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let arguments = "--quick --record nowhere/a.txt";
    let line = chapter(7).fails(2, folder.path(), arguments);
    let start = "error: 'nowhere/a.txt' cannot be written: ";
    assert!(line.starts_with(start), "{line}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_record_that_is_no_file_is_refused_before_measuring() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let link = folder.path().join("link");
    std::os::unix::fs::symlink("nowhere", link).expect("a link");
    let long = "x".repeat(300);
    for (file, reason) in [
        ("here/", "it names no file"),
        (".", "it names no file"),
        ("./.", "it names no file"),
        ("here/.", "it names no file"),
        ("link", "it is no regular file"),
        ("/dev/null", "it is no regular file"),
        (&*long, "File name too long (os error 36)"),
    ] {
        let arguments = format!("--quick --record {file}");
        let line = chapter(7).fails(2, folder.path(), &arguments);
        let says = format!("error: '{file}' cannot be written: {reason}");
        assert_eq!(line, says);
    }
}

#[test]
fn a_record_where_the_figures_go_is_refused_before_measuring() {
    for figures in ["here", "here/below"] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let arguments = format!("--quick --record here --figures {figures}");
        let line = chapter(7).fails(2, folder.path(), &arguments);
        let says = "error: 'here' cannot be written: it is no regular file";
        assert_eq!(line, says);
    }
}

#[test]
fn every_rung_can_be_run_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut losses = Vec::new();
    for rung in ["literal", "reused", "slope", "flat", "fused"] {
        let output = chapter(7)
            .run_in(folder.path(), &format!("--rung {rung} --steps 10"));
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
    let output = chapter(7).run_in(folder.path(), arguments);
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
    // Four of them, each for a wide page and for a narrow one.
    assert_eq!(fs::read_dir(figures).expect("figures").count(), 8);
}

#[test]
fn the_ladder_alone_draws_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = chapter(7)
        .run_in(folder.path(), "--ladder --quick --python no-such-python");
    assert!(text(&output.stdout).contains("\n25 the crate "));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
}
