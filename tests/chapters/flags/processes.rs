//! The programs themselves: exit codes, one line on stderr, no files.

use std::fs;
#[cfg(target_os = "linux")]
use std::fs::File;
#[cfg(target_os = "linux")]
use std::path::Path;
use std::process::Command;

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

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_figures_cannot_go_to_is_refused_before_the_first_step() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let inside = |name: &str| folder.path().join(name);
    fs::write(inside("file.svg"), "").expect("a file");
    std::os::unix::fs::symlink("nowhere", inside("link")).expect("a link");
    fs::create_dir_all(inside("figures/a.svg")).expect("a folder");
    // Its own path is not too long for the system, that of a figure is.
    let deep = format!("{}{}", "d/".repeat(2020), "d".repeat(20));
    for (name, refused) in [
        ("file.svg", "file.svg"),
        ("file.svg/", "file.svg/"),
        ("file.svg/below", "file.svg/below"),
        ("link", "link"),
        ("link/below", "link/below"),
        ("figures", "figures/a.svg"),
        (&*deep, &*deep),
    ] {
        for number in [1, 5] {
            let arguments = format!("--figures {name}");
            let line = chapter(number).fails(2, folder.path(), &arguments);
            let start = format!("error: '{refused}' cannot be written: ");
            assert!(line.starts_with(&start), "{line}");
        }
    }
}

#[test]
fn a_diverging_run_says_at_which_step_and_leaves_nothing() {
    for (number, arguments, step) in [
        (2, "--learning-rate 1e200", 1),
        (2, "--learning-rate 1e200 --curvature", 1),
        (2, "--learning-rate 1e6 --curvature", 3),
        (2, "--learning-rate 1e308 --explain", 1),
        (2, "--learning-rate 1e200 --curvature --momentum 0.5", 1),
        (3, "--learning-rate 1e200 --plateau", 1),
        (3, "--learning-rate 1e200", 1),
        (4, "--learning-rate 1e200 --seeds 2", 1),
        (4, "--learning-rate 1e3 --seeds 2 --samples 5 --layers 1,1", 0),
        (4, "--learning-rate 1e200 --widths --seeds 2", 1),
        (5, "--learning-rate 1e200 --bug none", 1),
        (5, "--learning-rate 1e200 --bug all", 1),
        (6, "--learning-rate 1e200", 1),
        (6, "--learning-rate 1e200 --sweep", 1),
        (8, "--learning-rate 1e200", 1),
        (8, "--learning-rate 1e200 --mistakes", 1),
        (8, "--learning-rate 1e200 --calibration --seeds 2", 1),
        (8, "--learning-rate 1e200 --earns --seeds 2", 1),
        // The last step of an epoch, and the look after it.
        (8, "--learning-rate 1e160 --batch 1000 --epochs 1", 1),
        // Two steps, and then those with the sample that was moved.
        (6, "--learning-rate 100 --steps 2", 4),
    ] {
        let steps = ["--explain", "--plateau", "--steps"]
            .map(|flag| arguments.contains(flag));
        let has_none = steps.contains(&true) || number == 8;
        let steps = if has_none { "" } else { " --steps 3" };
        let arguments = format!("{arguments}{steps}");
        let folder = tempfile::tempdir().expect("a temporary folder");
        let output = chapter(number).run_in(folder.path(), &arguments);
        let line = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments}: {line}");
        assert_eq!(line.lines().count(), 1, "{line}");
        let start = format!("error: diverged at step {step}: ");
        assert!(line.starts_with(&start), "{arguments}: {line}");
        let entries = fs::read_dir(folder.path()).expect("a folder");
        assert_eq!(entries.count(), 0, "{arguments}");
    }
}

/// What the others came to is printed all the same.
#[test]
fn a_run_among_many_that_diverges_is_told() {
    for (number, arguments, row, start) in [
        (
            2,
            "--sweep --layers 1,300,50,1 --steps 100",
            "     1  diverged  diverged  diverged  diverged  diverged",
            "error: diverged at step 95 with rate 0.8, seed 0: ",
        ),
        (
            3,
            "--census 3 --learning-rate 1e200 --steps 3",
            "    diverged      3",
            "error: diverged at step 1 with seed 0: ",
        ),
    ] {
        let output = chapter(number).run(arguments);
        let line = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments}: {line}");
        assert_eq!(line.lines().count(), 1, "{line}");
        assert!(line.starts_with(start), "{line}");
        let printed = text(&output.stdout);
        assert_eq!(printed.lines().last(), Some(row), "{printed}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_stdout_is_exit_code_1() {
    for chapter in &ALL {
        for arguments in ["--help", "--version"] {
            let full = File::options().write(true).open("/dev/full");
            let output = Command::new(chapter.program)
                .arg(arguments)
                .stdout(full.expect("a device"))
                .output()
                .expect("the chapter starts");
            let line = text(&output.stderr);
            assert_eq!(output.status.code(), Some(1), "{arguments}: {line}");
            let start = "error: the result could not be printed: ";
            assert!(line.starts_with(start), "{line}");
        }
    }
}

/// Rust puts /dev/null in its place, which is a place to print to.
#[cfg(target_os = "linux")]
#[test]
fn a_closed_stdout_is_exit_code_1_and_dev_null_is_none() {
    for chapter in &ALL {
        let program = chapter.program;
        let closed =
            "error: the result could not be printed: stdout is closed\n";
        for (stdout, code, said) in
            [(">&-", 1, closed), (">/dev/null", 0, ""), ("1<>/dev/null", 0, "")]
        {
            let output = Command::new("sh")
                .args(["-c", &format!("exec {program} --help {stdout}")])
                .output()
                .expect("a shell");
            let line = text(&output.stderr);
            assert_eq!((output.status.code(), &*line), (Some(code), said));
        }
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let program = chapter(1).program;
    let output = Command::new("sh")
        .args(["-c", &format!("exec {program} --draws 2 >&-")])
        .current_dir(folder.path())
        .output()
        .expect("a shell");
    assert_eq!(output.status.code(), Some(1));
    let entries = fs::read_dir(folder.path()).expect("a folder");
    assert_eq!(entries.count(), 0);
}

/// As `| head` closes it.
#[test]
fn a_closed_pipe_is_no_failure() {
    for arguments in ["--help", "--draws 2"] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let output = Command::new(chapter(1).program)
            .args(arguments.split(' '))
            .current_dir(folder.path())
            .stdout(writer)
            .output()
            .expect("the chapter starts");
        let said = text(&output.stderr);
        assert_eq!((output.status.code(), &*said), (Some(0), ""));
    }
}

/// A limit on the size of files stands for a disk that is full. It is a
/// signal, which ends the program in the middle of its write; or, where that
/// is ignored, an error.
#[cfg(target_os = "linux")]
#[test]
fn nothing_is_left_of_a_file_that_does_not_fit() {
    for (number, arguments) in [
        (1, "--draws 2"),
        (1, "--draws 2 --figures made/for/it"),
        (7, "--ladder --quick --python none --record here.txt"),
    ] {
        for (ignore, code) in [("", None), ("trap '' XFSZ; ", Some(2))] {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let program = chapter(number).program;
            let limited =
                format!("{ignore}ulimit -f 0; exec {program} {arguments}");
            let output = Command::new("sh")
                .args(["-c", &limited])
                .current_dir(folder.path())
                .output()
                .expect("a shell");
            let line = text(&output.stderr);
            assert_eq!(output.status.code(), code, "{arguments}: {line}");
            assert_eq!(line.lines().count(), code.map_or(0, |_| 1), "{line}");
            assert_eq!(files(folder.path()), 0, "{arguments}");
        }
    }
}

/// How many files are in a folder and below.
#[cfg(target_os = "linux")]
fn files(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("readable").path());
    paths.map(|path| if path.is_dir() { files(&path) } else { 1 }).sum()
}

/// Data and networks of as many seeds would not fit.
#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_seeds() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let program = chapter(4).program;
    let arguments = "--layers 1,1 --samples 10000 --seeds 200 --steps 1";
    let limited = format!("ulimit -v 600000; exec {program} {arguments}");
    let output = Command::new("sh")
        .args(["-c", &limited])
        .env("MALLOC_ARENA_MAX", "1")
        .current_dir(folder.path())
        .output()
        .expect("a shell");
    assert!(output.status.success(), "{}", text(&output.stderr));
}

#[test]
fn what_steers_a_terminal_is_shown_escaped() {
    let name = "a\u{1b}[31m\nb\u{202e}'c é";
    let escaped = "a\\u{1b}[31m\\nb\\u{202e}'c é";
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = |number: usize, arguments: &[&str]| {
        let mut command = Command::new(chapter(number).program);
        command.args(arguments).current_dir(folder.path());
        command.output().expect("the chapter starts")
    };
    for (number, arguments) in [
        (8, ["--mnist", name].as_slice()),
        (1, &["--seed", name]),
        (3, &["--layers", name]),
        (3, &["--activation", name]),
        (3, &["--init", name]),
        (5, &["--bug", name]),
        (7, &["--rung", name]),
        (7, &["--record", &format!("{name}/nowhere")]),
        (1, &[&format!("--{name}")]),
        (1, &[name]),
    ] {
        let output = run(number, arguments);
        let line = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{line}");
        assert_eq!(line.lines().count(), 1, "{line}");
        assert!(line.contains(escaped), "{line}");
    }
    let output = run(1, &["--draws", "2", "--figures", name]);
    let line = format!("\nfigure: {escaped}/ch01_dropout.svg\n");
    assert!(text(&output.stdout).contains(&line));
}

#[test]
fn chapter_6_runs_at_the_edges_of_its_flags() {
    for arguments in [
        "--drop-prob 0 --passes 2",
        "--layers 1,1 --learning-rate 0.01",
        "--gap -1.99,1.99",
        "--sweep --seeds 2 --passes 2",
        "--controls --seeds 2 --passes 2 --drop-prob 0",
        "--samples 5",
    ] {
        let output = chapter(6).run(&format!("{arguments} --steps 3"));
        let said = text(&output.stderr);
        assert!(output.status.success(), "{arguments}: {said}");
        let printed = text(&output.stdout);
        let wrong = printed.contains("NaN") || printed.contains("inf");
        assert!(!wrong, "{arguments}: {printed}");
    }
}
