//! Every starter fails, for the reason it was made to fail for, and every answer
//! passes: exit code and verdict. Each mistake of chapter 5's gallery, put into
//! an answer, is named by the judge. What is no number, has another shape or
//! panics is refused.
//!
//! After climbing, a reader's own files are here; then the starters' verdicts
//! are others, and only then.

use std::fs;
use std::path::Path;
use std::process::Command;

use chainrule::{ChaCha8Rng, seeded};
use chapters::ch05_gradient_check::gallery::bug::Bug;
use chapters::plain::{self, Layer, Matrix, Pass, SIGMOID};
use exercises::Verdict;

/// The names in `info.toml`, in order.
fn stems() -> Vec<String> {
    let lines = include_str!("../info.toml").lines();
    let names = lines.filter_map(|line| line.strip_prefix("name = "));
    names.map(|name| name.trim_matches('"').to_owned()).collect()
}

/// What a program printed, and its exit code.
fn run(bin: &str) -> (String, Option<i32>) {
    let one = Path::new(env!("CARGO_BIN_EXE_ch01_mask"));
    let program = one
        .with_file_name(bin)
        .with_extension(one.extension().unwrap_or_default());
    let output = Command::new(program).output().expect("the rung starts");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{bin}");
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    (printed, output.status.code())
}

/// Every rung's command with what it prints.
fn told(ending: &str, code: i32) -> Vec<String> {
    let told = |stem: String| {
        let (printed, found) = run(&format!("{stem}{ending}"));
        assert_eq!(found, Some(code), "{stem}: {printed}");
        format!("$ cargo run -p exercises --bin {stem}{ending}\n{printed}")
    };
    stems().into_iter().map(told).collect()
}

/// Where the outputs of the chapters are.
fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    settings.set_snapshot_path(root.join("../tests/snapshots"));
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn every_starter_fails_for_the_reason_meant() {
    let told = told("", 1);
    snapshot("exercises_starters", &told.join("\n"));
    for (stem, told) in stems().iter().zip(&told) {
        let reason = match stem.strip_prefix("ch05_mend_") {
            None => "nothing is written at exercises/exercises/",
            Some("blame") => "unmasked-backward",
            Some("slope") => "masked-derivative",
            Some("order") => "early-update",
            Some("input") => "first-input-everywhere",
            Some("coins") => "shared-mask",
            Some("answer") => "dropout-at-evaluation",
            Some("start") => "positive-init",
            Some(other) => panic!("what is wrong with {other}?"),
        };
        assert!(told.replace('\n', " ").contains(reason), "{told}");
        if stem == "ch05_mend_slope" {
            snapshot("write_it_yourself", told);
        }
    }
}

#[test]
fn every_answer_passes() {
    snapshot("exercises_answers", &told("_sol", 0).join("\n"));
}

/// A rung is a starter, an answer, a line of the page and a command that its
/// own text names.
#[test]
fn names_are_the_same_everywhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| {
        fs::read_to_string(root.join(path)).expect("a file of the ladder")
    };
    let page = read("../book/en/write_it_yourself.md");
    let manifest = read("Cargo.toml");
    let stems = stems();
    assert_eq!(stems.len(), 30, "the page and the README say thirty");
    assert_eq!(read("info.toml").matches("hint = \"\"\"\n").count(), 30);
    for stem in &stems {
        let starter = read(&format!("exercises/{stem}.rs"));
        assert!(starter.starts_with(&format!("//! {stem}")), "{stem}");
        let command = format!("//! cargo run -p exercises --bin {stem}\n");
        assert!(starter.contains(&command), "{stem}");
        assert!(read(&format!("solutions/{stem}.rs")).contains("fn main()"));
        assert!(page.contains(&format!("`{stem}`")), "{stem} is on no page");
        for bin in [
            format!("{{ name = \"{stem}\", path = \"exercises/{stem}.rs\""),
            format!("{{ name = \"{stem}_sol\", path = \"solutions/{stem}.rs\""),
        ] {
            assert!(manifest.contains(&bin), "{bin}");
        }
    }
    for folder in ["exercises", "solutions"] {
        let files = fs::read_dir(root.join(folder)).expect("a folder").count();
        assert_eq!(files, stems.len(), "{folder}");
    }
}

/// The verdict of the judge that a mistake belongs to.
fn judged(bug: Bug) -> Verdict {
    let code = bug.code();
    let backward =
        |layers: &[Layer], masks: &[Matrix], pass: &Pass, y: &Matrix| {
            (code.backward)(layers, code.activation, masks, pass, y)
        };
    match bug.to_string().as_str() {
        "unmasked-backward" | "masked-derivative" => {
            exercises::ch04_dropout_backward::judge(backward)
        }
        "double-sigmoid" => {
            let (f, slope) = (code.activation.f, code.activation.slope);
            named(bug, &exercises::ch02_sigmoid::judge(f, slope));
            let any_depth =
                exercises::ch03_any_depth::judge(|layers, _, pass, y| {
                    backward(layers, &[], pass, y)
                });
            named(bug, &any_depth);
            exercises::ch02_backward::judge(|layers, pass, y| {
                backward(layers, &[], pass, y)
            })
        }
        "early-update" => {
            exercises::ch05_mend_order::judge(|layers, x, y, learning_rate| {
                let pass = plain::forward(layers, SIGMOID, &[], x);
                (code.descend)(&code, layers, &[], &pass, y, learning_rate);
            })
        }
        "first-input-everywhere" => {
            exercises::ch02_forward::judge(|layers, x| {
                (code.forward)(layers, SIGMOID, &[], x)
            })
        }
        "factor-two" => exercises::ch02_loss::judge(plain::mse, code.reported),
        "fixed-mask" | "shared-mask" | "wrong-scale" | "keep-for-drop"
        | "normal-mask" => exercises::ch04_masks::judge(code.masks),
        "dropout-at-evaluation" => {
            exercises::ch05_mend_answer::judge(|layers, p, x, rng| {
                (code.evaluate)(&code, layers, p, x, rng)
            })
        }
        "positive-init" => exercises::ch05_mend_start::judge(|sizes, rng| {
            plain::layers(&(code.init)(sizes, rng).expect("sizes"))
        }),
        "sigmoid-overflow" => {
            let (f, slope) = (code.activation.f, code.activation.slope);
            exercises::ch02_sigmoid::judge(f, slope)
        }
        "unfrozen-check" => {
            exercises::ch05_frozen_mask::judge(|cost, draw, h| {
                (cost(h, &draw()) - cost(-h, &draw())) / (2.0 * h)
            })
        }
        other => panic!("which judge names {other}?"),
    }
}

fn named(bug: Bug, verdict: &Verdict) {
    let told = verdict.as_ref().expect_err("a mistake is no answer");
    assert!(told.contains(&bug.to_string()), "{bug}: {told}");
}

#[test]
fn each_mistake_of_the_gallery_is_named_by_its_judge() {
    for bug in Bug::all() {
        named(bug, &judged(bug));
    }
}

/// Chapter 1 has some of them already.
#[test]
fn the_first_rungs_name_mistakes_too() {
    let wrong_scale =
        exercises::ch01_scale::judge(
            |x, kept, p| {
                if kept { x / p } else { 0.0 }
            },
        );
    named(Bug::WrongScale, &wrong_scale);
    // Box and Muller's normal number, as in the gallery.
    let normal = |rng: &mut ChaCha8Rng| {
        let (u, v): (f64, f64) = (draw(rng), draw(rng));
        (-2.0 * chainrule::libm::log(1.0 - u)).sqrt()
            * chainrule::libm::cos(2.0 * std::f64::consts::PI * v)
    };
    let normal_mask = exercises::ch01_mask::judge(|p, n, rng| match p {
        0.0 => vec![true; n],
        p => (0..n).map(|_| normal(rng) < 1.0 - p).collect(),
    });
    named(Bug::NormalMask, &normal_mask);
    let fixed = exercises::ch01_mask::judge(|p, n, _| {
        let rng = &mut seeded(0);
        (0..n).map(|_| draw(rng) < 1.0 - p).collect()
    });
    named(Bug::FixedMask, &fixed);
    let swapped = exercises::ch01_mask::judge(|p, n, rng| {
        (0..n).map(|_| draw(rng) < p).collect()
    });
    let told = swapped.expect_err("p is the probability to drop");
    assert!(told.contains("to drop, not to keep"), "{told}");
}

fn draw(rng: &mut ChaCha8Rng) -> f64 {
    rand::RngExt::random(rng)
}
