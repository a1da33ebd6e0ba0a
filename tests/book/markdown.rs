//! What stands in a page itself: blocks, commands, formulas, links without a target.

use crate::small_book::{
    BOOK, ONE, PREFACE, each_is_found, found, plant, write_all,
};

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
        ("cargo doc\n# loss\n", 7, "in an sh block: not a command: # loss"),
        (
            "cargo run --bin two\n",
            6,
            "in an sh block: this command needs chapters/two/main.rs",
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
    let good = "A_1=b cargo doc \\\n  -- x\n\ncd a\n";
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
fn hyphens_for_minuses() {
    let message = "a hyphen stands for a minus or a dash here";
    for text in ["at -3 A [", "(-0.5) A [", "10-20 A [", "from 1-2. A ["] {
        each_is_found(PREFACE, &[("A [", text, 3, message)]);
    }
    for good in ["at −3", "10–20", "2026-01-31", "x86-64", "`-3`", "AVX-512"]
    {
        let root = write_all(&BOOK);
        plant(root.path(), PREFACE, "A [", &format!("{good} A ["));
        assert_eq!(found(root.path()), Vec::<String>::new(), "{good}");
    }
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
