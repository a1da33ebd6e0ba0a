//! Chapter 6: values that make no sense, and a run that diverges.

use crate::run::run;

const CH06: &str = env!("CARGO_BIN_EXE_ch06_uncertainty");

#[test]
fn chapter_6_refuses() {
    let gap = |value: &str| {
        format!(
            "error: invalid value '{value}' for '--gap <LOW,HIGH>': \
             '{value}' is not LOW,HIGH with −2 < LOW < HIGH < 2"
        )
    };
    let mut cases: Vec<(String, String)> =
        ["1", "1,0", "0,0", "-2,1", "0,2", "0,1,1", "a,1", "0,NaN"]
            .map(|value| (format!("--gap {value}"), gap(value)))
            .into();
    for passes in ["0", "1"] {
        cases.push((
            format!("--passes {passes}"),
            format!(
                "error: invalid value '{passes}' for '--passes <PASSES>': \
                 {passes} is not in 2..=100000"
            ),
        ));
    }
    cases.push((
        "--sweep --seeds 1".to_owned(),
        "error: invalid value '1' for '--seeds <N>': 1 is not in 2..=1000"
            .to_owned(),
    ));
    cases.push((
        "--drop-prob 1".to_owned(),
        "error: invalid value '1' for '--drop-prob <DROP_PROB>': \
         drop probability 1 is not in [0, 1)"
            .to_owned(),
    ));
    for (arguments, line) in cases {
        let (output, left) = run(CH06, &arguments);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments}: {stderr}");
        assert_eq!(stderr.trim_end(), line, "{arguments}");
        assert!(output.stdout.is_empty(), "{arguments}");
        assert_eq!(left, 0, "{arguments}: files were left behind");
    }
}

#[test]
fn chapter_6_says_at_which_step_it_diverged() {
    for mode in ["", "--sweep"] {
        let (output, _) =
            run(CH06, &format!("{mode} --learning-rate 1e200 --steps 20"));
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{stderr}");
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
        assert!(stderr.starts_with("error: diverged at step 1:"), "{stderr}");
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
        let (output, _) = run(CH06, &format!("{arguments} --steps 3"));
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments}: {stderr}");
        let stdout = String::from_utf8_lossy(&output.stdout);
        assert!(!stdout.contains("NaN") && !stdout.contains("inf"), "{stdout}");
    }
}
