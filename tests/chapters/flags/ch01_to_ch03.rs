//! Chapters 1 to 3. Values that make no sense: one clear line on stderr, exit code 2, no files.

use crate::run::run;

const CH01: &str = env!("CARGO_BIN_EXE_ch01_dropout");
const CH02: &str = env!("CARGO_BIN_EXE_ch02_backprop");
const CH03: &str = env!("CARGO_BIN_EXE_ch03_network");

/// Asserts on the exit code, the one line, and that nothing was written.
fn refuses(program: &str, arguments: &str, line: &str) {
    let (output, left) = run(program, arguments);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{arguments}: {stderr}");
    assert_eq!(stderr.trim_end(), line, "{arguments}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{arguments}");
    assert_eq!(left, 0, "{arguments}: files were left behind");
}

#[test]
fn chapter_1_refuses() {
    let value = "error: invalid value";
    for p in ["1", "1.7", "-0.1", "NaN", "inf"] {
        let line = format!(
            "{value} '{p}' for '--drop-prob <DROP_PROB>': drop probability {p} is not in [0, 1)"
        );
        refuses(CH01, &format!("--drop-prob {p}"), &line);
    }
    refuses(
        CH01,
        "--drop-prob half",
        &format!(
            "{value} 'half' for '--drop-prob <DROP_PROB>': 'half' is not a number"
        ),
    );
    refuses(
        CH01,
        "--draws 1",
        &format!(
            "{value} '1' for '--draws <DRAWS>': 1 is not in 2..=4294967295"
        ),
    );
    for program in [CH01, CH02, CH03] {
        refuses(
            program,
            "--seed -1",
            "error: invalid value '-1' for '--seed <SEED>': \
             '-1' is not a whole number from 0 to 18446744073709551615",
        );
    }
}

#[test]
fn chapter_2_refuses() {
    let layers = |text: &str| {
        format!("error: invalid value '{text}' for '--layers <LAYERS>':")
    };
    for (text, found) in [("1", "[1]"), ("1,0,1", "[1, 0, 1]")] {
        let line = format!(
            "{} layers {found} are not two or more sizes of at least 1 each",
            layers(text)
        );
        refuses(CH02, &format!("--layers {text}"), &line);
    }
    refuses(
        CH02,
        "--layers 1,x,1",
        &format!(
            "{} '1,x,1' is not a list of sizes such as 1,25,1",
            layers("1,x,1")
        ),
    );
    refuses(
        CH02,
        "--layers 2,3,1",
        &format!(
            "{} [2, 3, 1] must begin and end with 1: the sine has one input and one output",
            layers("2,3,1")
        ),
    );
    for eta in ["nan", "0", "-0.3", "inf"] {
        let shown = eta.replace("nan", "NaN");
        refuses(
            CH02,
            &format!("--learning-rate {eta}"),
            &format!(
                "error: invalid value '{eta}' for '--learning-rate <LEARNING_RATE>': \
             learning rate {shown} is not a finite number above 0"
            ),
        );
    }
    for steps in ["0", "many", "99999999999999999999"] {
        refuses(
            CH02,
            &format!("--steps {steps}"),
            &format!(
                "error: invalid value '{steps}' for '--steps <STEPS>': \
             '{steps}' is not a whole number from 1 to 10000000"
            ),
        );
    }
}

#[test]
fn networks_too_large_for_memory_are_refused() {
    for layers in ["1,10000000,1", "1,4000,4000,1"] {
        let (output, left) = run(CH03, &format!("--layers {layers}"));
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), left), (Some(2), 0), "{stderr}");
        assert!(
            stderr.contains("has more than 100000 units or 10000000 weights")
        );
    }
}

#[test]
fn the_last_seed_is_a_seed() {
    let (output, _) = run(CH03, "--seed 18446744073709551615 --steps 3");
    assert_eq!(output.status.code(), Some(0));
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(stdout.contains("seed 0"), "{stdout}");
}

#[test]
fn chapter_3_refuses() {
    refuses(
        CH03,
        "--activation softplus",
        "error: invalid value 'softplus' for '--activation <ACTIVATION>': \
         activation 'softplus' is not one of sigmoid, tanh, relu",
    );
    refuses(
        CH03,
        "--init zero",
        "error: invalid value 'zero' for '--init <INIT>'; [possible values: uniform, xavier]",
    );
}

#[test]
fn an_unwritable_folder_is_refused_before_the_first_step() {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    let inside_a_file = file.path().join("figures");
    for program in [CH01, CH02, CH03] {
        let (output, _) =
            run(program, &format!("--figures {}", inside_a_file.display()));
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
        assert!(stderr.contains("cannot be written"), "{stderr}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_diverging_run_says_at_which_step() {
    for program in [CH02, CH03] {
        let (output, _) = run(program, "--learning-rate 1e200 --steps 20");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{stderr}");
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
        assert!(
            stderr.starts_with(
                "error: diverged at step 1: the loss contains inf"
            ),
            "{stderr}"
        );
    }
}

#[test]
fn help_is_a_result() {
    for program in [CH01, CH02, CH03] {
        let (output, left) = run(program, "--help");
        assert_eq!((output.status.code(), left), (Some(0), 0));
        let help = String::from_utf8_lossy(&output.stdout);
        assert!(
            help.contains("--figures <DIR>") && help.contains("--seed"),
            "{help}"
        );
    }
}
