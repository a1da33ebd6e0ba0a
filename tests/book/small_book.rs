//! A small book without faults, and how one is planted in it.

use chainrule_book::{check, check_built};
use std::path::Path;
use tempfile::TempDir;

pub const SUMMARY: &str = "book/en/SUMMARY.md";
pub const PREFACE: &str = "book/en/preface.md";
pub const ONE: &str = "book/en/one.md";
pub const FIGURE: &str = "book/figures/one.svg";
pub const CORE: &str = "src/lib.rs";
pub const SETTINGS: &str = "book.toml";
pub const SNAPSHOT: &str = "tests/snapshots/one.snap";

/// A small book without faults: each file and its text.
pub const BOOK: [(&str, &str); 10] = [
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

pub const CHAPTER: &str = r#"# One

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

pub fn write(root: &Path, file: &str, text: &str) {
    let path = root.join(file);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

pub fn write_all(files: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (file, text) in files {
        write(root.path(), file, text);
    }
    root
}

/// Makes one edit; without a text to replace it makes a new file.
pub fn plant(root: &Path, file: &str, from: &str, to: &str) {
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

pub fn found(root: &Path) -> Vec<String> {
    check(root).iter().map(ToString::to_string).collect()
}

pub fn found_built(root: &Path) -> Vec<String> {
    let faults = check_built(root, Path::new("book/en"), &root.join("public"));
    faults.iter().map(ToString::to_string).collect()
}

/// This text of a file becomes that one, and then there is one fault, on this
/// line, with a message that begins like this.
pub type Plant<'a> = (&'a str, &'a str, usize, &'a str);

/// Plants faults in `file`, one at a time.
pub fn each_is_found(file: &str, plants: &[Plant<'_>]) {
    each_is_found_in(file, file, plants);
}

/// Plants faults in `file` that are found in the file `place`.
pub fn each_is_found_in(file: &str, place: &str, plants: &[Plant<'_>]) {
    for &(from, to, line, message) in plants {
        one_is_found(
            &BOOK,
            found,
            (file, from, to),
            &format!("{place}:{line}: {message}"),
        );
    }
}

pub fn one_is_found(
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
