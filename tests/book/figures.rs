//! Drawings, images and live figures.

use crate::small_book::{
    BOOK, FIGURE, ONE, PREFACE, SETTINGS, each_is_found, each_is_found_in,
    found, plant, write_all,
};

#[test]
fn figures_and_images() {
    each_is_found(
        ONE,
        &[
            ("![A line]", "![]", 27, "an image without alt text"),
            (
                "../figures/one.svg",
                "../figures/two.svg",
                27,
                "no figure ../figures/two.svg",
            ),
        ],
    );
    let figure = "the figure ../figures/one.svg";
    for (from, to, problem) in [
        ("</svg>", "<script>1</script></svg>", "holds a script"),
        ("<g id", "<g onload=\"x()\" id", "holds a script"),
        ("#g\"", "b.svg#g\"", "refers to another file"),
        ("href=\"#g\"", "xlink:href=\"b.svg#g\"", "refers to another file"),
        ("<g id=\"g\"/>", "<image src=\"a.png\"/>", "refers to another file"),
        (
            "<g id=\"g\"/>",
            "<g id=\"g\" style=\"fill: url(b.svg)\"/>",
            "refers to another file",
        ),
        (
            "<g id=\"g\"/>",
            "<style>a { fill: url(b.svg) }</style>",
            "refers to another file",
        ),
        ("viewBox", "box", "has no viewBox"),
    ] {
        each_is_found_in(
            FIGURE,
            ONE,
            &[(from, to, 27, &format!("{figure} {problem}"))],
        );
    }
    let narrow = "book/figures/one.narrow.svg";
    each_is_found_in(
        narrow,
        ONE,
        &[(
            "",
            "<svg viewBox=\"0 0 1 1\"><script>1</script></svg>",
            27,
            "the figure ../figures/one.narrow.svg holds a script",
        )],
    );
    each_is_found(
        PREFACE,
        &[
            ("![a plot]", "![]", 3, "an image without alt text"),
            (
                "A [",
                "<img src=\"plot.png\"> A [",
                3,
                "an image without alt text",
            ),
        ],
    );
}

const LIVE: &str = "book/theme/live/figures/dot.js";
const BUNDLE: &str = "target/theme/live.js";

/// The small book, with its drawing as a live figure.
fn live_book() -> Vec<(&'static str, String)> {
    let drawing = "![A line](../figures/one.svg \"The *line* of $`x`$\")";
    let live = format!(
        "<live-figure name=\"dot\" data-seed=\"1\">\n\n{drawing}\n\nTry.\n\n</live-figure>"
    );
    let mut book: Vec<_> =
        BOOK.iter().map(|&(file, text)| (file, text.to_owned())).collect();
    for (file, text) in &mut book {
        match *file {
            ONE => *text = text.replace(drawing, &live),
            SETTINGS => {
                *text = format!(
                    "[output.html]\nadditional-js = [\"{BUNDLE}\"]\n{text}"
                )
            }
            _ => {}
        }
    }
    book.push((LIVE, "Live.figure('dot', () => {});\n".to_owned()));
    book
}

#[test]
fn live_figures() {
    let book = live_book();
    let book: Vec<(&str, &str)> =
        book.iter().map(|(file, text)| (*file, text.as_str())).collect();
    let alone = "this live figure needs one drawing of its own";
    for (edit, expected) in [
        (
            (ONE, "name=\"dot\"", "name=\"dash\""),
            "book/en/one.md:27: no live figure is called \"dash\"",
        ),
        (
            (ONE, "<live-figure name=\"dot\" data-seed=\"1\">", ""),
            "book/theme/live/figures/dot.js:1: no page shows the live figure dot",
        ),
        (
            (ONE, "![A line](../figures/one.svg \"The *line* of $`x`$\")", "x"),
            alone,
        ),
        ((ONE, "Try.", "![A line](../figures/two.svg)"), alone),
        (
            (ONE, "</live-figure>", ""),
            "book/en/one.md:27: this live figure is not closed",
        ),
        (
            (ONE, "Try.", "<live-figure name=\"dot\">"),
            "book/en/one.md:31: this live figure stands in another one",
        ),
        (
            (SETTINGS, BUNDLE, ""),
            "book.toml:1: book.toml needs \"target/theme/live.js\" in its list additional-js",
        ),
        (
            ("book/theme/live/figures/dash.js", "", "//\n"),
            "book/theme/live/figures/dash.js:1: ",
        ),
        (
            (LIVE, "() => {}", "() => fetch('https://a.b/')"),
            "book/theme/live/figures/dot.js:1: loads https://a.b/",
        ),
    ] {
        let root = write_all(&book);
        assert_eq!(found(root.path()), Vec::<String>::new());
        plant(root.path(), edit.0, edit.1, edit.2);
        let faults = found(root.path());
        assert!(
            faults.iter().any(|fault| fault.contains(expected)),
            "{edit:?}: {expected} is not among {faults:#?}"
        );
    }
}
