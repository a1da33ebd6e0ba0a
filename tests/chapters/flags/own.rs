//! The flags that one chapter alone has: what is refused, and what is allowed
//! instead.

use crate::chapter::{chapter, text};

/// Holds a chapter to one line for each of these arguments.
fn refuses(number: usize, flag: &str, values: &[&str], allowed: &str) {
    let name = flag.split(' ').next().expect("a flag");
    for value in values {
        let line = format!(
            "error: invalid value '{value}' for '{flag}': '{value}' is not \
             {allowed}"
        );
        let found = chapter(number).refusal(&format!("{name} {value}"));
        assert_eq!(found, Some(line), "chapter {number}");
    }
}

#[test]
fn counts_are_refused_in_one_form() {
    for (number, flag, values, least, most) in [
        (1, "--draws <DRAWS>", ["1", "4294967296"], 2, u64::from(u32::MAX)),
        (3, "--census <N>", ["0", "100001"], 1, 100_000),
        (3, "--constant <N>", ["0", "101"], 1, 100),
        (4, "--seeds <N>", ["1", "10001"], 2, 10_000),
        (4, "--samples <SAMPLES>", ["4", "10001"], 5, 10_000),
        (5, "--seeds <N>", ["0", "1001"], 1, 1000),
        (6, "--passes <PASSES>", ["1", "100001"], 2, 100_000),
        (6, "--samples <SAMPLES>", ["4", "10001"], 5, 10_000),
        (6, "--seeds <N>", ["1", "1001"], 2, 1000),
        (8, "--seeds <N>", ["1", "1001"], 2, 1000),
        (8, "--samples <N>", ["9", "1001"], 10, 1000),
        (8, "--epochs <N>", ["0", "10001"], 1, 10_000),
        (8, "--batch <N>", ["0", "1001"], 1, 1000),
    ] {
        let allowed = format!("a whole number from {least} to {most}");
        refuses(number, flag, &values, &allowed);
        refuses(number, flag, &["-3", "2.5", "few"], &allowed);
    }
}

#[test]
fn a_sample_for_paper_is_small() {
    let values =
        ["1", "1,2,3", "1,x", ",", "11,0", "0,-10.5", "NaN,0", "0,inf"];
    let allowed = "two numbers from −10 to 10, as in 1,0.5";
    refuses(2, "--x <X>", &values, allowed);
    let values = ["x", "10.5", "-11", "1,2", "nan", "-inf"];
    refuses(2, "--y <Y>", &values, "a number from −10 to 10");
    for (flag, arguments) in
        [("x", "--x 0,1"), ("y", "--y 0"), ("y", "--sweep --y 0")]
    {
        let line = format!("error: --{flag} cannot be used without --explain");
        assert_eq!(chapter(2).refusal(arguments), Some(line));
    }
}

#[test]
fn the_judge_agrees_whatever_the_sample() {
    for x in ["1,0.5", "0,0", "10,-10", "-10,10", "10,10", "-3,0.25"] {
        for y in ["1", "0", "-10", "10", "-0.099051"] {
            let arguments = format!("--explain --x {x} --y {y}");
            let output = chapter(2).run(&arguments);
            let printed = text(&output.stdout);
            let agree = "nine central differences agree";
            assert!(printed.contains(agree), "{arguments}: {printed}");
        }
    }
}

#[test]
fn a_momentum_is_a_share() {
    let values = ["1", "-0.1", "nan", "much"];
    refuses(2, "--momentum <BETA>", &values, "a number in [0, 1)");
}

#[test]
fn a_step_size_is_small_and_not_too_small() {
    let values = ["0", "-1", "9e-13", "1.1", "1e308", "nan", "small"];
    refuses(5, "--step-size <H>", &values, "a number from 1e-12 to 1");
}

#[test]
fn a_gap_has_two_ends_inside_the_data() {
    let values =
        ["1", "1,0", "0,0", "-2,1", "0,2", "0,1,1", "0,1,x", "a,1", "0,NaN"];
    let allowed = "LOW,HIGH with −2 < LOW < HIGH < 2";
    refuses(6, "--gap <LOW,HIGH>", &values, allowed);
}

#[test]
fn budgets_rise() {
    let values = ["0", "3,3", "6,3", "1,", "1,x", "-1,3", "10000001"];
    let allowed = "rising numbers of steps, such as 3000,6000";
    refuses(5, "--at <STEPS,…>", &values, allowed);
}

#[test]
fn names_are_refused_with_what_there_is() {
    let rungs = "one of literal, reused, slope, flat, fused, half, the crate";
    refuses(7, "--rung <NAME>", &["quick"], rungs);
    for (number, arguments, says) in [
        (3, "--init zero", "[possible values: uniform, xavier, he]"),
        (5, "--bug typo", "'typo' is not in the gallery; --bug list shows"),
    ] {
        let line = chapter(number).refusal(arguments).expect("refused");
        assert!(line.contains(says), "{line}");
    }
}

#[test]
fn what_a_mode_of_chapter_8_has_no_use_for_is_refused() {
    for (arguments, says) in [
        ("--noise --batch 8", "--batch cannot be used with --noise"),
        ("--earns --weights w", "--weights cannot be used with --earns"),
        ("--mnist x --figures y", "--figures cannot be used with --mnist"),
        (
            "--seeds 3",
            "--seeds cannot be used without --optimisers or --earns or \
             --calibration",
        ),
        (
            "--record x",
            "--record cannot be used without --earns or --calibration",
        ),
    ] {
        let line = chapter(8).refusal(arguments);
        assert_eq!(line, Some(format!("error: {says}")));
    }
}

#[test]
fn numbers_that_are_right_alone_and_too_large_together_are_refused() {
    for (arguments, says) in [
        (
            "--layers 1,1000,1 --samples 5000",
            "--layers of 1002 units and --samples 5000 are together not \
             within 5000000 units × samples",
        ),
        (
            "--seeds 10000 --steps 500001",
            "--seeds 10000 and --steps 500001 are together not within \
             5000000000 seeds × steps",
        ),
    ] {
        let line = chapter(4).refusal(arguments);
        assert_eq!(line, Some(format!("error: {says}")));
    }
    for (arguments, says) in [
        ("--samples 10000", "--samples 10000"),
        ("--amounts", "--amounts 1280"),
    ] {
        let arguments = format!("--layers 1,8000,1 {arguments}");
        let says = format!(
            "error: --layers of 8002 units and {says} are together not within \
             8000000 units × samples"
        );
        assert_eq!(chapter(6).refusal(&arguments), Some(says));
    }
    let fits = "--layers 1,998,1 --samples 5000 --seeds 10000 --steps 500000";
    assert_eq!(chapter(4).refusal(fits), None);
}
