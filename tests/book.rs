//! The gate of the book: the real one has no faults, and every planted fault is found.

use chainrule_book::{check, check_built};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

#[test]
fn the_book_has_no_faults() {
    let faults = found(Path::new(env!("CARGO_MANIFEST_DIR")));
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// The name and the text of each module of the preprocessor.
fn modules() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(root.join("book/preprocessor/src")).unwrap();
    let module = |file: PathBuf| {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        (name, std::fs::read_to_string(file).unwrap())
    };
    files.map(|file| module(file.unwrap().path())).collect()
}

#[test]
fn the_preprocessor_stays_small() {
    let files = modules();
    let lines: usize = files.iter().map(|it| it.1.lines().count()).sum();
    assert!((1..=3000).contains(&lines), "{lines} lines");
}

#[test]
fn no_modules_import_each_other() {
    let mut left = modules();
    // Those that import none of the others go, until the rest is a circle.
    while let Some(at) = left.iter().position(|(this, text)| {
        let mut others = left.iter().filter(|(name, _)| name != this);
        !others.any(|(name, _)| imports(text, name))
    }) {
        left.remove(at);
    }
    let circle: Vec<_> = left.into_iter().map(|(name, _)| name).collect();
    assert_eq!(circle, Vec::<String>::new());
}

/// Whether `text` holds `crate::module`, or `crate::{…, module, …}`.
fn imports(text: &str, module: &str) -> bool {
    text.split("crate::").skip(1).any(|path| {
        let end = if path.starts_with('{') { ';' } else { ':' };
        let path = path.split([end, ';', '(']).next().unwrap_or_default();
        let mut names = path.split(|c: char| !c.is_alphanumeric() && c != '_');
        names.any(|name| name == module)
    })
}

const SUMMARY: &str = "book/en/SUMMARY.md";
const PREFACE: &str = "book/en/preface.md";
const ONE: &str = "book/en/one.md";
const FIGURE: &str = "book/figures/one.svg";
const CORE: &str = "src/lib.rs";
const SETTINGS: &str = "book.toml";
const SNAPSHOT: &str = "tests/snapshots/one.snap";

/// A small book without faults: each file and its text.
const BOOK: [(&str, &str); 10] = [
    (SETTINGS, "[output.html.playground]\nrunnable = false\n"),
    (
        SUMMARY,
        "[Preface](preface.md)\n\n- [One](one.md)\n- [Soon]()\n\n[Sources](source.md)\n",
    ),
    (
        PREFACE,
        "# Preface\n\nA [citation](https://a.b/), ![a plot](plot.png)\n\n```sh\ncargo doc\n```\n",
    ),
    ("book/en/source.md", "# Sources\n"),
    ("book/en/plot.png", "not looked at"),
    (ONE, CHAPTER),
    (
        FIGURE,
        "<svg viewBox=\"0 0 1 1\"><g id=\"g\"/><use href=\"#g\"/></svg>\n",
    ),
    (
        CORE,
        "fn a() {\n    // ANCHOR: step\n    let z = 1;\n    // ANCHOR_END: step\n}\n",
    ),
    ("tests/parity/net.py", "# ANCHOR: step\nz = 1\n# ANCHOR_END: step\n"),
    (
        SNAPSHOT,
        "---\nsource: x\n---\n$ cargo run --bin one\nstart\nloss 0.5\nloss: end 7\nstop\n",
    ),
];

const CHAPTER: &str = r#"# One

## The rule

A formula $`x_i`$ and a number {{#number one "loss: end"}}.

```python
{{#include ../../tests/parity/net.py:step}}
```

```rust
{{#include ../../src/lib.rs:step}}
```

```output
{{#output one from="start" to="end"}}
```

```math
z = w x
```

Three lines
of a paragraph,
where blocks are pasted.

![A line](../figures/one.svg "The *line* of $`x`$")

See [the rule](#the-rule), [the preface](preface.md#preface), [line 3](source/src/lib.md#L3).
"#;

fn write(root: &Path, file: &str, text: &str) {
    let path = root.join(file);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn write_all(files: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (file, text) in files {
        write(root.path(), file, text);
    }
    root
}

/// Makes one edit; without a text to replace it makes a new file.
fn plant(root: &Path, file: &str, from: &str, to: &str) {
    if from.is_empty() {
        return write(root, file, to);
    }
    let text = std::fs::read_to_string(root.join(file)).unwrap();
    assert_eq!(
        text.matches(from).count(),
        1,
        "{file} should hold {from:?} once"
    );
    write(root, file, &text.replace(from, to));
}

fn found(root: &Path) -> Vec<String> {
    check(root).iter().map(ToString::to_string).collect()
}

fn found_built(root: &Path) -> Vec<String> {
    let faults = check_built(root, Path::new("book/en"), &root.join("public"));
    faults.iter().map(ToString::to_string).collect()
}

/// This text of a file becomes that one, and then there is one fault, on this
/// line, with a message that begins like this.
type Plant<'a> = (&'a str, &'a str, usize, &'a str);

/// Plants faults in `file`, one at a time.
fn each_is_found(file: &str, plants: &[Plant<'_>]) {
    each_is_found_in(file, file, plants);
}

/// Plants faults in `file` that are found in the file `place`.
fn each_is_found_in(file: &str, place: &str, plants: &[Plant<'_>]) {
    for &(from, to, line, message) in plants {
        one_is_found(
            &BOOK,
            found,
            (file, from, to),
            &format!("{place}:{line}: {message}"),
        );
    }
}

fn one_is_found(
    book: &[(&str, &str)],
    found: fn(&Path) -> Vec<String>,
    (file, from, to): (&str, &str, &str),
    expected: &str,
) {
    let root = write_all(book);
    assert_eq!(
        found(root.path()),
        Vec::<String>::new(),
        "the book without the fault"
    );
    plant(root.path(), file, from, to);
    let faults = found(root.path());
    let [fault] = faults.as_slice() else {
        panic!("{from:?} made {to:?}: one fault expected, not {faults:#?}");
    };
    assert!(
        fault.starts_with(expected),
        "{from:?} made {to:?}:\n{fault}\n{expected}"
    );
}

#[test]
fn pasted_blocks() {
    let block = "Three lines\n";
    let before = |pasted: &str| format!("{pasted}\n\n{block}");
    for (pasted, message) in [
        (
            "```text\nx\n```",
            "pasted text block: use rust or python with one {{#include}} line",
        ),
        ("```console\n$ ls\n```", "pasted console block"),
        ("```\nx\n```", "pasted unlabelled block"),
        ("```rust\nlet x = 1;\n```", "pasted rust block"),
        ("```rust,ignore\nlet x = 1;\n```", "pasted rust,ignore block"),
        ("```python\nx = 1\n```", "pasted python block"),
        ("```output\nx = 1\n```", "pasted output block"),
        ("    x = 1", "pasted indented block"),
        ("<pre>\nx = 1\n</pre>", "pasted <pre> block"),
    ] {
        each_is_found(ONE, &[(block, &before(pasted), 23, message)]);
    }
}

#[test]
fn commands() {
    for (lines, line, message) in [
        ("$ cargo doc\n", 6, "in an sh block: not a command: $ cargo doc"),
        ("cargo doc\nloss 1.0\n", 7, "in an sh block: not a command: loss 1.0"),
        ("let x = 1;\n", 6, "in an sh block: not a command: let x = 1;"),
        (
            "cargo run --bin two\n",
            6,
            "in an sh block: this command needs chapters/two.rs or chapters/two/main.rs",
        ),
        (
            "cargo test --test one --test two\n",
            6,
            "in an sh block: this command needs tests/one.rs",
        ),
    ] {
        each_is_found(PREFACE, &[("cargo doc\n", lines, line, message)]);
    }
    let root = write_all(&BOOK);
    let good = "# why\nA_1=b cargo doc \\\n  -- x\n\ncd a\n";
    plant(root.path(), PREFACE, "cargo doc\n", good);
    assert_eq!(found(root.path()), Vec::<String>::new());
}

#[test]
fn undefined_links() {
    let message = "no link is defined as [nope]";
    each_is_found(
        PREFACE,
        &[
            ("A [", "[the chapter][nope] A [", 3, message),
            ("A [", "[nope][] A [", 3, message),
        ],
    );
    let root = write_all(&BOOK);
    let good = "[1, 25, 1] [0, 1) [nope] [x][y] A [";
    plant(root.path(), PREFACE, "A [", good);
    plant(root.path(), PREFACE, "doc\n```\n", "doc\n```\n\n[y]: one.md\n");
    assert_eq!(found(root.path()), Vec::<String>::new());
}

#[test]
fn unseen_formulas() {
    for (text, mark) in [
        ("$`x A [", "$`"),
        ("$`x` A [", "$`"),
        ("<b title=\"$`x\">y</b> A [", "$`"),
        ("$$x A [", "$$"),
        ("\\\\(x A [", "\\\\("),
        ("\\(x A [", "\\("),
        ("\\[x A [", "\\["),
    ] {
        let mark = mark.replace("\\\\", "\\");
        let message = format!("{mark} is no formula here: write one between");
        each_is_found(PREFACE, &[("A [", text, 3, &message)]);
    }
    let root = write_all(&BOOK);
    plant(root.path(), PREFACE, "A [", "`$$` `\\(` $`x`$$`y`$ A [");
    assert_eq!(found(root.path()), Vec::<String>::new());
}

#[test]
fn settings() {
    let runnable = "book.toml needs runnable = false under";
    each_is_found(
        SETTINGS,
        &[
            ("runnable = false", "", 1, runnable),
            ("false", "true", 1, runnable),
            (
                "[output",
                "[output.html]\nmathjax-support = true\n[output",
                2,
                "book.toml needs mathjax-support = false",
            ),
            ("= false", "= fals", 2, "cannot read book.toml: "),
        ],
    );
    let root = write_all(&BOOK);
    let dotted = "output.html.playground.runnable = false # so\n";
    write(root.path(), SETTINGS, dotted);
    assert_eq!(found(root.path()), Vec::<String>::new());
}

#[test]
fn documents() {
    for file in ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"] {
        for (text, message) in [
            ("# A\n\n[x](b.md)\n", "dead link b.md"),
            ("# A\n\n![x](../b.md)\n", "dead link ../b.md: it leads outside"),
            ("# A\n\n<img src=\"b.png\">\n", "dead link b.png"),
            ("# A\n\n[x](#b)\n", &format!("{file} has no #b")),
        ] {
            each_is_found(file, &[("", text, 3, message)]);
        }
        let root = write_all(&BOOK);
        let good = "# A b\n\n[x](#a-b) [y](book/en) [z](https://a.b/)\n";
        write(root.path(), file, good);
        assert_eq!(found(root.path()), Vec::<String>::new());
    }
}

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
        ("chapters/one.rs", "//"),
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
            "{{#include ../../src/b.rs}}",
            "cannot read ../../src/b.rs, which this block includes",
        ),
        (
            "{{#include ../../../b.rs}}",
            "cannot read ../../../b.rs, which this block includes",
        ),
        (
            "{{#include a b}}",
            "write {{#include path}} or {{#include path:anchor}}",
        ),
        (
            "{{#output one}}",
            "write {{#include path}} or {{#include path:anchor}}",
        ),
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

#[test]
fn formulas() {
    each_is_found(
        ONE,
        &[
            (
                "$`x_i`$",
                "$`x^1^2`$",
                5,
                "bad formula x^1^2: trying to add a superscript twice",
            ),
            (
                "z = w x",
                "z \\foo",
                19,
                "bad formula z \\foo: unknown primitive command found",
            ),
            ("$`x`$", "$`{`$", 27, "bad formula {: unbalanced group found"),
            (
                "## The rule",
                "## $`x`$ {#the-rule}\n\n## $`y`$",
                5,
                "a heading with a formula",
            ),
        ],
    );
    each_is_found(
        PREFACE,
        &[("A [", "<b>$`\\foo`$</b> A [", 3, "bad formula \\foo: unknown")],
    );
}

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

/// A page as mdBook makes it: ids on headings, figures and notes.
const BUILT: &str = r##"<head><meta name="viewport"></head>
<h1 id="one"><a class="header" href="#one">One</a></h1>
<p>See <a href="TARGET">this</a>.</p>
<figure id="fig-one"><svg><g id="g"/><use href="#g"/></svg></figure>
<sup id="fr-n-1"><a href="#footnote-n">1</a></sup>
<div id="footnote-n"><a href="#fr-n-1">back</a></div>
"##;

const SOURCE: &str = "<code><span class=\"line\" id=\"L3\">x</span></code>";

/// What the check of the built book says of one element among others.
fn found_with(element: &str) -> Vec<String> {
    let link = "<a href=\"TARGET\">this</a>";
    let root = write_all(&[
        (SUMMARY, "[Two](two.md)\n"),
        ("book/en/two.md", "# Two\n"),
        ("public/deep/one.html", &BUILT.replace(link, element)),
        ("public/two.html", "<h1 id=\"two\">Two</h1>"),
        ("public/plot.png", ""),
        ("public/source/src/lib.html", SOURCE),
        ("public/404.html", "<a href=\"css/none.css\">x</a>"),
    ]);
    found_built(root.path())
}

#[test]
fn links() {
    let (dead, outside) = (
        "dead link TARGET",
        "dead link TARGET: it leads outside; a source file",
    );
    for (target, message) in [
        ("#x", "deep/one.html has no #x"),
        ("#viewport", "deep/one.html has no #viewport"),
        ("../two.html#x", "two.html has no #x"),
        ("../source/src/lib.html#L2", "source/src/lib.html has no #L2"),
        ("two.html", dead),
        ("../two.md", dead),
        ("../SUMMARY.html", dead),
        ("../source/src/b.html", dead),
        ("../source/", dead),
        ("//example.org", dead),
        ("/two.html", dead),
        ("ftp://a.b/c", dead),
        ("data:text/plain,x", dead),
        ("../../src/lib.rs", outside),
        ("", "a link, or an image, to nowhere"),
    ] {
        let faults = found_with(&format!("<a href=\"{target}\">this</a>"));
        let [fault] = faults.as_slice() else { panic!("{target}: {faults:?}") };
        let message = message.replace("TARGET", target);
        let expected = format!("deep/one.html:3: {message}");
        assert!(fault.starts_with(&expected), "{fault}\n{expected}");
    }
    for target in [
        "#one",
        "#g",
        "#fig-one",
        "../two.html#two",
        "../plot.png",
        "../source/src/lib.html#L3",
        "https://a.b/",
        "mailto:a@b",
    ] {
        let faults = found_with(&format!("<a href=\"{target}\">this</a>"));
        assert_eq!(faults, Vec::<String>::new(), "{target}");
    }
}

#[test]
fn images_and_ids_of_the_built_book() {
    for (element, message) in [
        ("<img src=\"plot.png\">", "dead link plot.png"),
        ("<img alt=\"x\">", "a link, or an image, to nowhere"),
        ("<use xlink:href=\"#x\"/>", "deep/one.html has no #x"),
        ("<script src=\"b.js\"></script>", "dead link b.js"),
        ("<b id=\"g\"></b>", "the id g is there twice on this page"),
    ] {
        let faults = found_with(element);
        let [fault] = faults.as_slice() else { panic!("{faults:?}") };
        assert!(fault.ends_with(message), "{element}: {fault}");
    }
    for element in ["<img src=\"data:x\">", "<img src=\"../plot.png\">"] {
        assert_eq!(found_with(element), Vec::<String>::new(), "{element}");
    }
}

#[test]
fn loads_from_other_hosts() {
    each_is_found(
        PREFACE,
        &[
            (
                "plot.png",
                "https://a.b/c.png",
                3,
                "loads https://a.b/c.png from another host",
            ),
            (
                "A [",
                "<b onclick=\"x()\">y</b> A [",
                3,
                "the attribute onclick holds a script",
            ),
        ],
    );
    for element in [
        "<iframe src=\"//a.b/c\"></iframe>",
        "<meta http-equiv=Refresh content='0; url=//a.b/c'>",
        "<link href=\"//a.b/c\">",
        "<b style=\"background: url('//a.b/c')\">x</b>",
        "<style>@import \"//a.b/c\";</style>",
        "<script>fetch('//a.b/c')</script>",
    ] {
        let message = "loads //a.b/c from another host";
        let text = format!("{element} A [");
        each_is_found(PREFACE, &[("A [", &text, 3, message)]);
    }
    let root = write_all(&BOOK);
    let good = "<script>ns = 'http://www.w3.org/2000/svg' // no 'x'</script>
<script src=\"{{ path_to_root }}live.js\"></script>";
    write(root.path(), "book/theme/head.hbs", good);
    assert_eq!(found(root.path()), Vec::<String>::new());
    for (file, text) in [
        ("book/theme/a.css", "@import url(https://a.b/c);"),
        ("book/theme/b.css", "@import \"https://a.b/c\";"),
        (
            "book/theme/c.css",
            "a { b: image-set(\"a\" 1x, \"https://a.b/c\" 2x) }",
        ),
        ("book/theme/d.css", "a { b: src(\"https://a.b/c\") }"),
        ("book/theme/head.hbs", "<script src=\"https://a.b/c\"></script>"),
        ("book/theme/a.js", "fetch(\"https://a.b/c\")"),
        ("book/en/live.js", "import \"https://a.b/c\""),
    ] {
        each_is_found(
            file,
            &[("", text, 1, "loads https://a.b/c from another host")],
        );
    }
}

#[test]
fn summaries() {
    let missing = (
        "(one.md)\n",
        "(one.md)\n- [Two](two.md)\n",
        4,
        "SUMMARY.md lists two.md",
    );
    each_is_found(SUMMARY, &[missing]);
    each_is_found(
        "book/en/deep/two.md",
        &[("", "# Two\n", 1, "SUMMARY.md does not list this")],
    );
    each_is_found(
        "book/zh/SUMMARY.md",
        &[("", "[A](a.md)\n", 1, "SUMMARY.md lists a.md")],
    );
    let nothing = tempfile::tempdir().unwrap();
    assert_eq!(
        found(nothing.path()),
        [format!("{SUMMARY}:1: cannot read SUMMARY.md")]
    );
}

#[test]
fn the_built_book() {
    let one = "public/one.html";
    let built = [
        (
            "public/preface.html",
            "<h1 id=\"p\">P</h1>\n<a href=\"one.html#o\">x</a>\n",
        ),
        (one, "<h1 id=\"o\">O</h1>\n<math></math><img src=\"a.png\">\n"),
        ("public/a.png", ""),
        ("public/a.css", "a { background: url(a.png) }\n"),
    ];
    let book = [BOOK.as_slice(), built.as_slice()].concat();
    for (from, to, expected) in [
        (
            "<math>",
            "{{#output x}}<math>",
            "one.html:2: a directive is left unrendered",
        ),
        ("<math>", "$$x$$<math>", "one.html:2: a formula is left unrendered"),
        (
            "<math>",
            "$<code>x</code>$<math>",
            "one.html:2: a formula is left unrendered",
        ),
        (
            "<math>",
            "<i class=\"language-math\"></i><math>",
            "one.html:2: a formula is left",
        ),
        (
            "<math>",
            "<math><merror></merror>",
            "one.html:2: a formula is left unrendered",
        ),
        (
            "<math></math>",
            "",
            "one.html:1: the page has formulas in its source and none here",
        ),
        (
            "a.png",
            "https://a.b/c",
            "one.html:2: loads https://a.b/c from another host",
        ),
    ] {
        one_is_found(&book, found_built, (one, from, to), expected);
    }
    let style = ("public/a.css", "a.png", "//a.b/c");
    one_is_found(
        &book,
        found_built,
        style,
        "a.css:1: loads //a.b/c from another host",
    );
}

const LIVE: &str = "book/theme/live/figures/dot.js";

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
                    "[output.html]\nadditional-js = [\"{LIVE}\"]\n{text}"
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
            (SETTINGS, LIVE, ""),
            "book/theme/live/figures/dot.js:1: book.toml needs it under additional-js",
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
