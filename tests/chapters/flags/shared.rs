//! A flag that several chapters have answers the same bad value by the same
//! line in all of them.

use crate::chapter::{ALL, chapter};

/// A flag, the chapters that have it, values that are refused, and what is
/// allowed instead.
type Row =
    (&'static str, &'static [usize], &'static [&'static str], &'static str);

const ROWS: &[Row] = &[
    (
        "seed",
        &[1, 2, 3, 4, 5, 6, 8],
        &["-1", "x", "1.5", "18446744073709551616"],
        "a whole number from 0 to 18446744073709551615",
    ),
    (
        "steps",
        &[2, 3, 4, 5, 6, 7],
        &["0", "-4", "many", "1e3", "10000001", "99999999999999999999"],
        "a whole number from 1 to 10000000",
    ),
    (
        "learning-rate",
        &[2, 3, 4, 5, 6, 8],
        &["0", "-0.3", "fast", "nan", "inf", "-inf"],
        "a finite number above 0",
    ),
    (
        "layers",
        &[2, 3, 4, 6],
        &["1", "1,0,1", "1,x,1", "-1,5,1", "1,,1"],
        "two or more sizes of at least 1, such as 1,25,1",
    ),
    (
        "layers",
        &[2, 3, 4, 6],
        &["2,3,1", "1,3,2"],
        "a network for the sine: it begins and ends with 1",
    ),
    (
        "layers",
        &[2, 3, 4, 6],
        &["1,10000000,1", "1,4000,4000,1"],
        "within 100000 units and 10000000 weights",
    ),
    (
        "drop-prob",
        &[1, 3, 4, 6, 8],
        &["1", "1.7", "-0.1", "NaN", "inf", "half"],
        "a number in [0, 1)",
    ),
    // Without masks there is nothing to see in the gallery.
    (
        "drop-prob",
        &[5],
        &["0", "1", "1.7", "-0.1", "NaN", "inf", "half"],
        "a number in (0, 1)",
    ),
];

#[test]
fn the_same_bad_value_gets_the_same_line() {
    for (flag, chapters, values, allowed) in ROWS {
        let shown = flag.to_uppercase().replace('-', "_");
        for (&number, value) in
            chapters.iter().flat_map(|c| values.iter().map(move |v| (c, v)))
        {
            // Chapter 7's steps are those of one rung.
            let more = if number == 7 { " --rung flat" } else { "" };
            let line = format!(
                "error: invalid value '{value}' for '--{flag} <{shown}>': \
                 '{value}' is not {allowed}"
            );
            let found =
                chapter(number).refusal(&format!("--{flag} {value}{more}"));
            assert_eq!(found, Some(line), "chapter {number}");
        }
    }
}

#[test]
fn an_unknown_activation_gets_the_same_line() {
    for number in [3, 4, 6] {
        let line = "error: invalid value 'softplus' for \
                    '--activation <ACTIVATION>': activation 'softplus' is not \
                    one of sigmoid, tanh, relu";
        let found = chapter(number).refusal("--activation softplus");
        assert_eq!(found.as_deref(), Some(line));
    }
}

/// A chapter that gets a shared flag must enter the table.
#[test]
fn the_table_knows_which_chapter_has_which_flag() {
    for (i, chapter) in ALL.iter().enumerate() {
        for (flag, ..) in ROWS {
            let command = (chapter.flags)();
            let mut flags = command.get_arguments();
            let has = flags.any(|found| found.get_long() == Some(flag));
            let mut rows = ROWS.iter().filter(|row| row.0 == *flag);
            let listed = rows.any(|row| row.1.contains(&(i + 1)));
            assert_eq!(listed, has, "chapter {}, --{flag}", i + 1);
        }
    }
}

#[test]
fn the_last_seed_is_a_seed() {
    for (number, more) in [
        (1, "--draws 2"),
        (2, "--steps 3"),
        (3, "--steps 3"),
        (4, "--steps 3 --seeds 2 --spirals"),
        (5, "--steps 3 --seeds 2 --bug none"),
        (6, "--steps 3 --seeds 2 --passes 2 --sweep"),
        (8, "--epochs 1"),
    ] {
        let seed = format!("--seed {} {more}", u64::MAX);
        let output = chapter(number).run(&seed);
        assert_eq!(output.status.code(), Some(0), "chapter {number}");
    }
}
