//! What a page shows from elsewhere: code, outputs, numbers.

use crate::small_book::{
    BOOK, CORE, ONE, PREFACE, SNAPSHOT, SUMMARY, each_is_found, found, plant,
    write_all,
};

#[test]
fn limits_of_an_output() {
    let lines = r#"3 "loss 0.5", 4 "loss: end 7""#;
    for (key, meant) in [("from", "start"), ("to", "end")] {
        let from = format!("{key}=\"{meant}\"");
        let to = format!("{key}=\"loss\"");
        let message = format!(
            "the snapshot one has 2 lines that fit {to}, write more of the one that is meant: {lines}"
        );
        each_is_found(ONE, &[(&from, &to, 15, &message)]);
    }
    let swapped = r#"from="end" to="start""#;
    let message = "the snapshot one has the line of to above that of from";
    each_is_found(ONE, &[(r#"from="start" to="end""#, swapped, 15, message)]);
}

#[test]
fn anchors() {
    each_is_found(
        CORE,
        &[
            (
                "}\n",
                "}\n// ANCHOR: b\n1\n// ANCHOR_END: b\n",
                6,
                "no page shows the anchor b",
            ),
            ("}\n", "}\n// ANCHOR: b\n", 6, "the anchor b is never closed"),
            (
                "}\n",
                "}\n// ANCHOR_END: b\n",
                6,
                "the anchor b is closed but not open",
            ),
            (
                "}\n",
                "}\n// ANCHOR: step\n",
                6,
                "the anchor step is opened a second time",
            ),
            ("    let z = 1;\n", "\n", 2, "the anchor step holds no code"),
            (
                "}\n",
                "}\n// ANCHOR b\n",
                6,
                "an anchor reads ANCHOR: name or ANCHOR_END: name",
            ),
        ],
    );
    for (file, mark) in [
        ("chapters/one/main.rs", "//"),
        ("src/deep/b.rs", "//"),
        ("tests/parity/b.rs", "//"),
        ("tests/parity/b.py", "#"),
    ] {
        let text = format!("{mark} ANCHOR: b\n1\n{mark} ANCHOR_END: b\n");
        each_is_found(file, &[("", &text, 1, "no page shows the anchor b")]);
    }
}

#[test]
fn includes() {
    // A second block, so that the anchor of the first stays in use.
    let block = "```rust\n{{#include ../../src/lib.rs:step}}\n```\n";
    for (include, message) in [
        ("{{#include ../../src/lib.rs:stop}}", "src/lib.rs has no anchor stop"),
        (
            "{{#include ../../src/b.rs:step}}",
            "cannot read ../../src/b.rs, which this block includes",
        ),
        (
            "{{#include ../../../b.rs:step}}",
            "cannot read ../../../b.rs, which this block includes",
        ),
        ("{{#include ../../src/lib.rs}}", "write {{#include path:anchor}}"),
        ("{{#include a b}}", "write {{#include path:anchor}}"),
        ("{{#output one}}", "write {{#include path:anchor}}"),
        ("{{#include ../../src/lib.rs}}\nlet x = 1;", "pasted rust block"),
    ] {
        let blocks = format!("{block}\nand\n\n```rust\n{include}\n```\n");
        each_is_found(ONE, &[(block, &blocks, 17, message)]);
    }
}

#[test]
fn directives() {
    each_is_found(
        PREFACE,
        &[
            ("A [", "{{#title x}} A [", 3, "unknown directive {{#title"),
            (
                "A [",
                "{{#playground x}} A [",
                3,
                "unknown directive {{#playground",
            ),
            (
                "A [",
                "{{#rustdoc_include x}} A [",
                3,
                "unknown directive {{#rustdoc_include",
            ),
            (
                "A [",
                "{{#include x}} A [",
                3,
                "{{#include}} belongs alone in its own block",
            ),
            (
                "cargo doc\n",
                "{{#output one}}\n",
                6,
                "{{#output}} belongs alone in its own block",
            ),
            (
                "A [",
                "{{#number one\n\"x\"}} A [",
                3,
                "{{#number is not closed by }} on its line",
            ),
        ],
    );
}

#[test]
fn outputs_and_numbers() {
    each_is_found(
        ONE,
        &[
            (
                "#output one",
                "#output two",
                15,
                "no recorded output tests/snapshots/two.snap",
            ),
            (
                "=\"start\"",
                "=\"begin\"",
                15,
                "the snapshot one has no line containing \"begin\"",
            ),
            (
                "to=\"end\"",
                "to=\"$ cargo\"",
                15,
                "the snapshot one has no line containing",
            ),
            ("to=\"end\"", "till=\"end\"", 15, "write {{#output NAME}} or"),
            (
                "#number one",
                "#number two",
                5,
                "no recorded output tests/snapshots/two.snap",
            ),
            (
                "loss: end",
                "gain",
                5,
                "the snapshot one has no line labelled \"gain\"",
            ),
            (
                "loss: end",
                "loss",
                5,
                "the snapshot one has 2 lines labelled \"loss\"",
            ),
            (
                "loss: end\"",
                "loss: end\" 2",
                5,
                "the snapshot one has no number there",
            ),
            (
                "loss: end\"",
                "loss: end\" last",
                5,
                "write {{#number NAME \"label\"}} or",
            ),
        ],
    );
    let number = "number {{#number one \"loss: end\"}}";
    let command = "$ cargo run --bin one\n";
    let root = write_all(&BOOK);
    plant(root.path(), ONE, number, "number");
    assert_eq!(found(root.path()), Vec::<String>::new());
    plant(root.path(), SNAPSHOT, command, "");
    let expected =
        "the snapshot one does not begin with its command, $ cargo …";
    assert_eq!(found(root.path()), [format!("{ONE}:15: {expected}")]);
}

#[test]
fn measurements() {
    const FILE: &str = "book/measurements/day.txt";
    let text = "$ cargo run\nmeasured on 2026-01-31, here\nspeed 5\n";
    let one_more = |chapter: &'static str| {
        let mut book = BOOK.to_vec();
        book.push((FILE, text));
        book.push(("book/en/two.md", chapter));
        book
    };
    let shown = "# Two\n\n{{#number measured/day \"speed\"}}\n\n```output\n{{#output measured/day}}\n```\n";
    let summary = (SUMMARY, "(one.md)", "(one.md)\n- [Two](two.md)");
    let root = write_all(&one_more(shown));
    plant(root.path(), summary.0, summary.1, summary.2);
    assert_eq!(found(root.path()), Vec::<String>::new());

    for (file, from, to, expected) in [
        (
            FILE,
            "2026-01-31",
            "2026",
            "book/en/two.md:3: the snapshot measured/day has no second line that reads:",
        ),
        (
            FILE,
            ", here",
            "",
            "book/en/two.md:3: the snapshot measured/day has no second line",
        ),
        (
            FILE,
            "$ cargo run\n",
            "",
            "book/en/two.md:3: the snapshot measured/day does not begin",
        ),
        (
            "book/en/two.md",
            "number measured/day",
            "number measured/night",
            "book/en/two.md:3: no recorded output book/measurements/night.txt",
        ),
        (
            "book/measurements/night.txt",
            "",
            text,
            "book/measurements/night.txt:1: no page shows the measurement night",
        ),
    ] {
        let root = write_all(&one_more(shown));
        plant(root.path(), summary.0, summary.1, summary.2);
        plant(root.path(), file, from, to);
        let faults = found(root.path());
        assert!(
            faults.first().is_some_and(|fault| fault.starts_with(expected)),
            "{faults:?} should begin with {expected}"
        );
    }
}
