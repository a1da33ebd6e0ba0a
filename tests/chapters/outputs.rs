//! What every chapter prints and draws, held to what the book shows.
//!
//! The outputs are insta snapshots: review a change with `cargo insta review`,
//! or accept it with `INSTA_UPDATE=always cargo test --test outputs`. The
//! figures are the files of book/figures, which each chapter writes itself:
//! `cargo run --bin ch02_backprop -- --figures book/figures`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;

use tempfile::TempDir;

/// A chapter's program, the arguments it runs with, and the snapshot's name.
struct Case {
    snapshot: &'static str,
    bin: &'static str,
    program: &'static str,
    arguments: &'static [&'static str],
    /// Whether the book shows the figures of this run.
    figures: bool,
}

macro_rules! case {
    ($snapshot:literal, $bin:literal $(, $argument:literal)*) => {
        Case {
            snapshot: $snapshot,
            bin: $bin,
            program: env!(concat!("CARGO_BIN_EXE_", $bin)),
            arguments: &[$($argument),*],
            figures: true,
        }
    };
    (text only: $($case:tt)*) => {
        Case { figures: false, ..case!($($case)*) }
    };
}

/// Every output and every figure that the book shows.
const CASES: &[Case] = &[
    case!("ch01_dropout", "ch01_dropout"),
    case!(text only: "ch01_dropout_nine_tenths", "ch01_dropout", "--drop-prob", "0.9"),
    case!("ch02_backprop", "ch02_backprop"),
    case!("ch02_backprop_valley", "ch02_backprop", "--valley"),
    case!(
        "ch02_backprop_valley_quarter",
        "ch02_backprop",
        "--valley",
        "--learning-rate",
        "0.25"
    ),
    case!("ch02_backprop_sum_rule", "ch02_backprop", "--sum-rule"),
    case!(
        "ch02_backprop_explain_other",
        "ch02_backprop",
        "--explain",
        "--x",
        "0,1",
        "--y",
        "0"
    ),
    case!("ch02_backprop_parting", "ch02_backprop", "--parting"),
    case!("ch02_backprop_curvature", "ch02_backprop", "--curvature"),
    case!(
        "ch02_backprop_momentum",
        "ch02_backprop",
        "--curvature",
        "--momentum",
        "0.5"
    ),
    case!("ch02_backprop_explain", "ch02_backprop", "--explain"),
    case!("ch02_backprop_sweep", "ch02_backprop", "--sweep"),
    case!("ch03_network", "ch03_network"),
    case!("ch03_network_plateau", "ch03_network", "--plateau"),
    case!("ch03_network_census", "ch03_network", "--census", "100"),
    case!("ch03_network_depth", "ch03_network", "--depth"),
    case!("ch03_network_constant", "ch03_network", "--constant", "50"),
    case!("ch03_network_saturation", "ch03_network", "--saturation"),
    case!("ch04_regularize", "ch04_regularize"),
    // Of the long runs a short one; book/measurements holds the whole.
    case!(text only: "ch04_regularize_budgets", "ch04_regularize", "--budgets", "--seeds", "2", "--steps", "2400"),
    case!(text only: "ch04_regularize_widths", "ch04_regularize", "--widths", "--seeds", "2", "--steps", "2400"),
    case!("ch04_regularize_redraw", "ch04_regularize", "--redraw"),
    case!(
        "ch04_regularize_spirals",
        "ch04_regularize",
        "--spirals",
        "--seeds",
        "2"
    ),
    case!(
        "ch04_regularize_theory",
        "ch04_regularize",
        "--theory",
        "--drop-prob",
        "0.5"
    ),
    case!("ch06_uncertainty", "ch06_uncertainty"),
    case!("ch06_uncertainty_sweep", "ch06_uncertainty", "--sweep"),
    // Short ones; the book shows the long ones, from book/measurements.
    case!(
        text only: "ch06_uncertainty_controls",
        "ch06_uncertainty",
        "--controls",
        "--seeds",
        "2",
        "--steps",
        "100",
        "--passes",
        "20"
    ),
    case!(
        text only: "ch06_uncertainty_amounts",
        "ch06_uncertainty",
        "--amounts",
        "--seeds",
        "2",
        "--steps",
        "50",
        "--passes",
        "20"
    ),
    // Chapter 7: what is the same everywhere; and the figures, drawn again
    // from the measurements of one day.
    case!(text only: "ch07_speed_counts", "ch07_speed", "--counts"),
    case!("ch07_speed_redraw", "ch07_speed", "--redraw"),
    case!(text only: "ch07_speed_answers", "ch07_speed", "--answers"),
    // Chapter 5.
    case!("ch05_gradient_check", "ch05_gradient_check"),
    case!("ch05_gradient_check_gallery", "ch05_gradient_check", "--bug", "all"),
    case!(text only: "ch05_gradient_check_list", "ch05_gradient_check", "--bug", "list"),
    case!(text only: "ch05_gradient_check_masked_derivative", "ch05_gradient_check", "--bug", "masked-derivative"),
    case!(text only: "ch05_gradient_check_unfrozen_check", "ch05_gradient_check", "--bug", "unfrozen-check", "--steps", "1"),
    case!(text only: "ch05_gradient_check_two_seeds", "ch05_gradient_check", "--bug", "masked-derivative", "--at", "1500,3000", "--seeds", "2"),
    case!(text only: "ch05_gradient_check_short", "ch05_gradient_check", "--bug", "all", "--at", "60", "--seeds", "2"),
    // The figure of the long run, drawn again from its record.
    case!("ch05_gradient_check_redraw", "ch05_gradient_check", "--redraw"),
    // Chapter 8.
    case!("ch08_digits", "ch08_digits"),
    case!("ch08_digits_bowl", "ch08_digits", "--bowl"),
    case!("ch08_digits_noise", "ch08_digits", "--noise"),
    case!("ch08_digits_optimisers", "ch08_digits", "--optimisers"),
    // The network that the first of them chooses.
    case!(
        "ch08_digits_mistakes",
        "ch08_digits",
        "--mistakes",
        "--epochs",
        "53"
    ),
    // Short ones; the book shows the long ones, and draws their figures.
    case!(text only: "ch08_digits_earns", "ch08_digits", "--earns", "--seeds", "2", "--epochs", "12"),
    case!(text only: "ch08_digits_calibration", "ch08_digits", "--calibration", "--seeds", "2", "--epochs", "5"),
    case!("ch08_digits_redraw", "ch08_digits", "--redraw"),
];

/// Chapter 9 has a workspace of its own, whose tests compare what it makes.
const ELSEWHERE: &str = "ch09_";

impl Case {
    /// The command as a reader types it.
    fn command(&self) -> String {
        let arguments = self.arguments.join(" ");
        let separator = if arguments.is_empty() { "" } else { " -- " };
        format!("$ cargo run --bin {}{separator}{arguments}", self.bin)
    }

    /// Runs the program in an empty folder; returns what it printed.
    fn run(&self, folder: &Path) -> String {
        let output = Command::new(self.program)
            .args(self.arguments)
            .current_dir(folder)
            .output()
            .expect("the chapter starts");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{}: {stderr}", self.command());
        assert_eq!(
            stderr, "",
            "progress and errors only on stderr, and here there are none"
        );
        String::from_utf8(output.stdout).expect("the output is UTF-8")
    }
}

/// The names of figures in a folder: drawings, and tables.
fn figures(folder: &Path) -> BTreeSet<String> {
    let mut names = files(folder, ".svg");
    names.extend(files(folder, ".html"));
    names
}

/// The names in a folder that end so; none if there is no such folder.
fn files(folder: &Path, ending: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let names =
        entries.map(|entry| entry.expect("readable").file_name().into_string());
    names
        .map(|name| name.expect("UTF-8"))
        .filter(|name| name.ends_with(ending))
        .collect()
}

/// Runs every case, side by side; returns the folders and what was printed.
fn run_all() -> Vec<(TempDir, String)> {
    thread::scope(|scope| {
        let runs = CASES.iter().map(|case| {
            scope.spawn(|| {
                let folder = tempfile::tempdir().expect("a temporary folder");
                let printed = case.run(folder.path());
                (folder, printed)
            })
        });
        let runs: Vec<_> = runs.collect();
        runs.into_iter()
            .map(|run| run.join().expect("the chapter succeeds"))
            .collect()
    })
}

#[test]
fn the_book_shows_what_the_chapters_print_and_draw() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (book, snapshots) =
        (root.join("book/figures"), root.join("tests/snapshots"));
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path(&snapshots);

    let mut drawn = BTreeSet::new();
    for (case, (folder, printed)) in CASES.iter().zip(run_all()) {
        settings.bind(|| {
            insta::assert_snapshot!(
                case.snapshot,
                format!("{}\n{printed}", case.command())
            );
        });
        if case.figures {
            drawn.extend(assert_figures(
                case,
                &folder.path().join("target/figures"),
                &book,
            ));
        }
    }
    let named: BTreeSet<_> =
        CASES.iter().map(|case| format!("{}.snap", case.snapshot)).collect();
    // Those of the ladder are compared where its rungs are run.
    let mut taken = files(&snapshots, ".snap");
    taken.retain(|it| it.starts_with("ch") && !it.starts_with(ELSEWHERE));
    assert_eq!(taken, named, "every snapshot is the output of a case");
    let mut shown = figures(&book);
    shown.retain(|name| !name.starts_with(ELSEWHERE));
    assert_eq!(shown, drawn, "every figure of the book is drawn by a chapter");
}

/// Holds what a case has drawn against the book; returns the names.
fn assert_figures(case: &Case, fresh: &Path, book: &Path) -> BTreeSet<String> {
    let read = |folder: &Path, name| {
        fs::read_to_string(folder.join(name)).unwrap_or_default()
    };
    let names = figures(fresh);
    for name in &names {
        assert!(
            read(fresh, name) == read(book, name),
            "{name} is not what the chapter draws; look at the new one with\n  \
             cargo run --bin {} -- {} --figures book/figures",
            case.bin,
            case.arguments.join(" ")
        );
    }
    names
}
