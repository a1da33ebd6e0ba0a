//! Chapter 5: values that make no sense are one line on stderr, exit code 2.

use crate::run::run;

const CH05: &str = env!("CARGO_BIN_EXE_ch05_gradient_check");

#[test]
fn chapter_5_refuses() {
    for (arguments, reason) in [
        ("--bug typo", "'typo' is not in the gallery; --bug list shows"),
        ("--step-size 0", "step size 0 is not a finite number above 0"),
        ("--step-size -1", "step size -1 is not a finite number above 0"),
        ("--step-size nan", "step size NaN is not a finite number above 0"),
        ("--step-size small", "'small' is not a number"),
        ("--drop-prob 0", "drop probability 0 is not in (0, 1)"),
        ("--drop-prob 1.7", "drop probability 1.7 is not in [0, 1)"),
        ("--steps 0", "'0' is not a whole number from 1 to 10000000"),
    ] {
        let (output, left) = run(CH05, arguments);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments}: {stderr}");
        assert_eq!(stderr.lines().count(), 1, "{arguments}: {stderr}");
        assert!(stderr.contains(reason), "{arguments}: {stderr}");
        assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{arguments}");
        assert_eq!(left, 0, "{arguments}: files were left behind");
    }
}

#[test]
fn a_diverging_exhibit_says_at_which_step() {
    let (output, _) = run(CH05, "--bug none --learning-rate 1e200 --steps 20");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.starts_with("error: diverged at step 20:"), "{stderr}");
}
