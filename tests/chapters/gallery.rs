//! Each mistake of chapter 5's gallery fails the check that its page names,
//! and the right code passes all of them.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;

use chainrule::{
    Layer, Parameters, Result, central_differences, relative_difference,
    seeded, sine,
};
use chapters::ch05_gradient_check::gallery::bug::Bug;
use chapters::ch05_gradient_check::gallery::checks;
use chapters::ch05_gradient_check::gallery::network::Network;
use chapters::plain::{self, cost};

/// Runs the chapter's program with these flags; returns what it printed.
fn program(flags: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = Command::new(env!("CARGO_BIN_EXE_ch05_gradient_check"))
        .args(flags.split(' '))
        .current_dir(folder.path())
        .output()
        .expect("the chapter starts");
    assert!(output.status.success(), "{flags}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The names of the checks that a mistake fails.
fn failed(bug: Bug, seed: u64, drop_prob: f64) -> Vec<&'static str> {
    let verdicts = checks::run(bug, seed, drop_prob).expect("finite");
    for checks::Verdict { check, measured, allowed, .. } in &verdicts {
        println!("{bug}, {check}: {measured}, allowed {allowed}");
    }
    let failed = verdicts.iter().filter(|verdict| !verdict.pass);
    failed.map(|verdict| verdict.check).collect()
}

#[test]
fn the_program_says_which_check_fails() {
    for bug in Bug::all() {
        let printed = program(&format!("--steps 1 --bug {bug}"));
        let line = printed.lines().find(|l| l.starts_with(bug.caught_by()));
        assert!(
            line.is_some_and(|line| line.ends_with("FAIL")),
            "{bug} is not caught by '{}':\n{printed}",
            bug.caught_by()
        );
    }
    assert!(!program("--steps 1 --bug none").contains("FAIL"));
}

#[test]
fn the_list_names_every_mistake_and_what_is_wrong() {
    let list = program("--bug list");
    assert_eq!(list.lines().count(), 15);
    for (bug, line) in Bug::all().zip(list.lines()) {
        assert!(line.starts_with(&bug.to_string()), "{line}");
        assert!(line.ends_with(bug.what()), "{line}");
    }
}

#[test]
fn the_checks_do_not_depend_on_a_lucky_seed() {
    thread::scope(|scope| {
        for seed in 1..6 {
            scope.spawn(move || checks_hold(seed, 0.2));
            scope.spawn(move || checks_hold(seed, 0.4));
        }
    });
}

fn checks_hold(seed: u64, p: f64) {
    assert_eq!(failed(Bug::None, seed, p), [""; 0], "seed {seed}");
    for bug in Bug::all() {
        let failed = failed(bug, seed, p);
        assert!(
            failed.contains(&bug.caught_by()),
            "{bug}, seed {seed}, p = {p}: {failed:?}"
        );
    }
}

/// At one half, dividing by p is dividing by 1 − p: the check has to be made
/// elsewhere.
#[test]
fn at_one_half_the_wrong_scale_is_right() {
    assert_eq!(failed(Bug::WrongScale, 0, 0.5), [""; 0]);
    assert_eq!(failed(Bug::KeepForDrop, 0, 0.5), [""; 0]);
}

/// Why the check was added: without it, nothing sees this mistake for sure.
#[test]
fn the_share_dropped_alone_sees_keep_for_drop() {
    let of_seeds: Vec<_> =
        (0..5).map(|seed| failed(Bug::KeepForDrop, seed, 0.2)).collect();
    assert!(of_seeds.iter().all(|failed| failed.contains(&"share dropped")));
    assert!(of_seeds.contains(&vec!["share dropped"]), "{of_seeds:?}");
}

/// The judge is wrong, and the program right: a check of the gradient says no,
/// and a question to the check itself says why.
#[test]
fn an_unfrozen_check_condemns_the_right_code() {
    let failed = failed(Bug::UnfrozenCheck, 0, 0.2);
    assert_eq!(failed, ["gradient, p > 0", "cost twice"]);
}

/// What the page says no gradient check can see.
#[test]
fn these_mistakes_have_a_right_gradient() {
    for bug in [
        Bug::FactorTwo,
        Bug::FixedMask,
        Bug::SharedMask,
        Bug::WrongScale,
        Bug::KeepForDrop,
        Bug::NormalMask,
        Bug::DropoutAtEvaluation,
        Bug::PositiveInit,
        Bug::SigmoidOverflow,
    ] {
        let failed = failed(bug, 0, 0.2);
        assert!(
            failed.iter().all(|check| !check.starts_with("gradient")),
            "{bug}: {failed:?}"
        );
    }
}

/// What a step takes for the gradient, against central differences: both as
/// the core crate judges them.
fn judged(bug: Bug, seed: u64, with_masks: bool) -> Result<f64> {
    let network = Network::new(bug, seed, 0.2)?;
    let (x, y) = sine(20)?;
    let masks = if with_masks {
        network.masks(x.ncols(), &mut seeded(seed + 1))
    } else {
        Vec::new()
    };
    let mut parameters = core(&network.layers)?;
    let measured = central_differences(&parameters, 1e-5, |moved| {
        let mut network = network.clone();
        network.layers = plain::layers(moved);
        Ok(cost(network.forward(&x, &masks).output(), &y))
    })?;
    let (mut stepped, learning_rate) = (network, 0.01);
    stepped.step(&x, &y, &masks, learning_rate);
    let mut after = core(&stepped.layers)?;
    let pairs = parameters.values_mut().zip(after.values_mut());
    let taken: Vec<f64> =
        pairs.map(|(p, after)| (*p - *after) / learning_rate).collect();
    // As the gradient of Σ g·θ at 0, which central differences give exactly.
    parameters.values_mut().for_each(|p| *p = 0.0);
    let taken = central_differences(&parameters, 0.5, |moved| {
        let mut moved = moved.clone();
        Ok(moved.values_mut().zip(&taken).map(|(p, g)| *p * g).sum())
    })?;
    Ok(relative_difference(&taken, &measured))
}

fn core(layers: &[plain::Layer]) -> Result<Parameters> {
    let layers = layers
        .iter()
        .map(|layer| Layer { weights: layer.w.clone(), bias: layer.b.clone() });
    Parameters::from_layers(layers.collect())
}

#[test]
fn the_core_s_judge_refuses_each_wrong_gradient() -> Result<()> {
    for bug in [Bug::None].into_iter().chain(Bug::all()) {
        let wrong_at = match bug.caught_by() {
            "gradient, p = 0" => Some(false),
            "gradient, p > 0" => Some(true),
            _ => None,
        };
        for with_masks in [false, true] {
            let apart = judged(bug, 1, with_masks)?;
            match wrong_at {
                Some(masks) if masks == with_masks => {
                    assert!(apart > 1e-6, "{bug}: {apart}");
                }
                Some(_) => {} // perhaps wrong there too
                None => assert!(apart < 1e-6, "{bug}: {apart}"),
            }
        }
    }
    Ok(())
}

/// The numbers of a row that begins so, `3000 right`.
fn row(text: &str, label: &str) -> Vec<String> {
    let line = text.lines().find_map(|line| line.strip_prefix(label));
    let words = line.unwrap_or_else(|| panic!("no {label}: {text}"));
    words.split_whitespace().map(str::to_owned).collect()
}

/// The record of the long run, against the short one that is run at every
/// test: two seeds, to the first budget.
#[test]
fn the_record_begins_as_the_short_run_does() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |name| fs::read_to_string(root.join(name)).expect("a file");
    let record =
        read("book/measurements/ch05_gradient_check_masked_derivative.txt");
    let short = read("tests/snapshots/ch05_gradient_check_two_seeds.snap");
    for label in ["3000 mistake", "3000 right", "3000 p = 0"] {
        let (record, short) = (row(&record, label), row(&short, label));
        assert_eq!(record[..2], short[..2], "{label}");
        assert_eq!((record.len(), short.len()), (9, 3), "{label}");
    }
}
