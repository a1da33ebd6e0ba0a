//! Each mistake of chapter 5's gallery fails the check that its page names,
//! and the right code passes all of them.

use std::process::Command;

use chapters::ch05_gradient_check::gallery::bug::Bug;
use chapters::ch05_gradient_check::gallery::checks;

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
    assert_eq!(list.lines().count(), 13);
    for (bug, line) in Bug::all().zip(list.lines()) {
        assert!(line.starts_with(&bug.to_string()), "{line}");
        assert!(line.ends_with(bug.what()), "{line}");
    }
}

#[test]
fn the_checks_do_not_depend_on_a_lucky_seed() {
    for seed in 1..6 {
        for p in [0.2, 0.4] {
            assert_eq!(failed(Bug::None, seed, p), [""; 0], "seed {seed}");
            for bug in Bug::all() {
                let failed = failed(bug, seed, p);
                assert!(
                    failed.contains(&bug.caught_by()),
                    "{bug}, seed {seed}, p = {p}: {failed:?}"
                );
            }
        }
    }
}

/// At one half, dividing by p is dividing by 1 − p: the check has to be made
/// elsewhere.
#[test]
fn at_one_half_the_wrong_scale_is_right() {
    assert_eq!(failed(Bug::WrongScale, 0, 0.5), [""; 0]);
}

/// What the page says no gradient check can see.
#[test]
fn these_mistakes_have_a_right_gradient() {
    for bug in [
        Bug::FactorTwo,
        Bug::FixedMask,
        Bug::SharedMask,
        Bug::WrongScale,
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
