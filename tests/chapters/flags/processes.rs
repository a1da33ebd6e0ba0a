//! The programs themselves: exit codes, one line on stderr, no files.

use crate::chapter::{ALL, chapter, text};

#[test]
fn a_value_without_meaning_is_exit_code_2() {
    for chapter in &ALL {
        let folder = tempfile::tempdir().expect("a temporary folder");
        // A seed below 0; in chapter 7, a flag that it does not have.
        let arguments = "--seed -1";
        let line = chapter.fails(2, folder.path(), arguments);
        assert_eq!(Some(line), chapter.refusal(arguments));
    }
}

#[test]
fn an_unwritable_folder_is_refused_before_the_first_step() {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    let inside_a_file = file.path().join("figures");
    let arguments = format!("--figures {}", inside_a_file.display());
    for chapter in &ALL {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let line = chapter.fails(2, folder.path(), &arguments);
        assert!(line.contains("cannot be written"), "{line}");
    }
}

#[test]
fn a_diverging_run_says_at_which_step() {
    for (number, arguments, step) in [
        (2, "", 1),
        (3, "", 1),
        (4, "--widths --seeds 2", 1),
        (5, "--bug none", 20),
        (6, "", 1),
        (6, "--sweep", 1),
    ] {
        let arguments = format!("{arguments} --learning-rate 1e200 --steps 20");
        let output = chapter(number).run(&arguments);
        let line = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments}: {line}");
        assert_eq!(line.lines().count(), 1, "{line}");
        let start = format!("error: diverged at step {step}: ");
        assert!(line.starts_with(&start), "{line}");
    }
}

#[test]
fn chapter_6_runs_at_the_edges_of_its_flags() {
    for arguments in [
        "--drop-prob 0 --passes 2",
        "--layers 1,1 --learning-rate 0.01",
        "--gap -1.99,1.99",
        "--sweep --seeds 2 --passes 2",
    ] {
        let output = chapter(6).run(&format!("{arguments} --steps 3"));
        let said = text(&output.stderr);
        assert!(output.status.success(), "{arguments}: {said}");
        let printed = text(&output.stdout);
        let wrong = printed.contains("NaN") || printed.contains("inf");
        assert!(!wrong, "{arguments}: {printed}");
    }
}
