//! The same tests on notebooks with a fault in them: each one is found.

use crate::notebook::{Notebook, all};
use crate::{
    dead_links, excerpt_faults, order_faults, root, untyped, workshop,
};

/// A notebook of one code cell per text, after a first one that is right.
fn planted(stem: &str, cells: &[(&str, &str)]) -> Notebook {
    let first = ("", "chainrule::notebook::one_line_errors();");
    let cells = std::iter::once(&first).chain(cells).enumerate();
    let cells = cells.map(|(i, (tag, source))| {
        let kind = if matches!(*tag, "solution" | "text") {
            "markdown"
        } else {
            "code"
        };
        serde_json::json!({
            "cell_type": kind, "id": format!("c{i}"),
            "metadata": { "tags": [tag] }, "source": source
        })
    });
    let json = serde_json::json!({ "cells": cells.collect::<Vec<_>>() });
    Notebook::parse(&format!("{stem}.ipynb"), json.to_string())
}

#[test]
fn a_rotten_cell_is_named() {
    let stumble = "panic!(\"too much\");";
    let solution = "```rust\nlet a = 1;\n```";
    let check = "println!(\"{}\", if a == 2 { \"yes\" } else { \"no\" });";
    // It would refuse too large an error, and NaN is not larger than anything.
    let lenient = "println!(\"{}\", if (a - 2.0).abs() > 0.1 { \"no\" } else { \"yes\" });";
    let strict =
        "println!(\"{}\", if f(0.0) <= 1.0 { \"yes\" } else { \"no\" });";
    let of_function = "fn f(a: f64) -> f64 {\n    a + 7.0 // your answer\n}";
    let notebooks = [
        planted("assertion", &[("", "assert_eq!(1 + 1, 3);")]),
        planted(
            "question",
            &[("", "let x: f64 = 1.0;\nx"), ("", "println!(\"{x}\");")],
        ),
        planted(
            "number",
            &[(
                "",
                "// tests/snapshots/ch01_dropout.snap\nprintln!(\"0.6682\");",
            )],
        ),
        planted(
            "tame",
            &[("raises-exception", "let a = 1;"), ("text", "`too much`")],
        ),
        planted(
            "other",
            &[("raises-exception", stumble), ("text", "`too little`")],
        ),
        planted(
            "nan",
            &[
                ("exercise", "let a: f64 = 1.0; // your answer"),
                ("check", lenient),
            ],
        ),
        planted("strict", &[("exercise", of_function), ("check", strict)]),
        planted("solved", &[("exercise", "let a = 2;"), ("check", check)]),
        planted(
            "unsolved",
            &[
                ("exercise", "let a = 0;"),
                ("check", check),
                ("solution", solution),
            ],
        ),
    ];
    let faults = workshop::faults(&root(), "rotten", &notebooks);
    let expected = [
        "assertion.ipynb, cell 2: error: assertion `left == right` failed",
        "assertion.ipynb, cell 2: exit status: 101: ",
        "number.ipynb, cell 2: '0.6682' is not in tests/snapshots/ch01_dropout.snap",
        "tame.ipynb, cell 2: it said \"\", the text below says otherwise",
        "other.ipynb, cell 2: it said \"error: too much\\n\", the text below says otherwise",
        "nan.ipynb, cell 3: the check does not refuse NaN: yes\n",
        "solved.ipynb, cell 3: the exercise is solved already: yes\n",
        "unsolved.ipynb, cell 4: the solution does not pass: no\n",
    ];
    assert_eq!(faults, expected);
}

#[test]
fn a_cell_that_does_not_compile_is_named() {
    let notebooks = [
        planted("name", &[("", "let x: f64 = 1.0;\n\nx"), ("", "let a = b;")]),
        planted("mark", &[("", "let p = chainrule::Dropout::new(0.5)?;")]),
    ];
    let faults = workshop::faults(&root(), "unfit", &notebooks);
    assert_eq!(faults.len(), 2, "{faults:?}");
    let has = |text: &str| faults.iter().any(|fault| fault.starts_with(text));
    assert!(
        has("name.ipynb, cell 3: error[E0425]: cannot find value `b`"),
        "{faults:?}"
    );
    assert!(
        has("mark.ipynb, cell 2: error[E0277]: the `?` operator"),
        "{faults:?}"
    );
}

#[test]
fn what_jupyter_leaves_behind_is_found() {
    let notebook = &all(&root())[0];
    let normal = notebook.normal_form();
    for (from, to, expected) in [
        (
            "\"outputs\": []",
            "\"outputs\": [{}]",
            "\"outputs\": [{}], should be \"outputs\": [],",
        ),
        (
            "\"execution_count\": null",
            "\"execution_count\": 3",
            "\"execution_count\": 3, should be",
        ),
        (
            "\"nbformat_minor\": 5",
            "\"nbformat_minor\": 4",
            "\"nbformat_minor\": 4 should be",
        ),
        (
            "\"metadata\": {}",
            "\"metadata\": {\"scrolled\": true}",
            "should be \"metadata\": {},",
        ),
    ] {
        let left = normal.replacen(from, to, 1);
        assert_ne!(left, normal, "{from}");
        let fault = Notebook::parse("n.ipynb", left).form_fault();
        assert!(
            fault.as_ref().is_some_and(|f| f.contains(expected)),
            "{fault:?}"
        );
    }
    let twins = planted("twins", &[("", "1;")]).normal_form();
    let twins = twins.replace("\"c1\"", "\"c0\"");
    let found = Notebook::parse("n.ipynb", twins).twins();
    assert_eq!(found.as_deref(), Some("n.ipynb: two cells have the id 'c0'"));
}

#[test]
fn an_excerpt_that_is_not_the_books_is_found() {
    let file = "chapters/ch01_dropout/main.rs";
    for (source, expected) in [
        (
            format!("// {file}:expected_variance\nfn f() {{}}"),
            "not as in the source",
        ),
        (format!("// {file}:measured\nfn f() {{}}"), "no measured in chapters"),
        (
            "// chapters/ch00.rs:a\nfn f() {}".to_owned(),
            "no a in chapters/ch00.rs",
        ),
    ] {
        let faults = excerpt_faults(&planted("copy", &[("", &source)]));
        assert!(
            faults.len() == 1 && faults[0].contains(expected),
            "{faults:?}"
        );
    }
}

#[test]
fn a_variable_without_a_type_is_found() {
    let bare = planted("bare", &[("", "let a: u8 = 1;\nlet b = a == 1;")]);
    assert_eq!(untyped(&bare), ["bare.ipynb, cell 2: let b "]);
}

#[test]
fn a_dead_link_is_found() {
    let at = "http://localhost:3000/";
    let text = format!(
        "[one]({at}ch01_dropout.html#x) [none]({at}ch00.html) [page](../ch01_dropout.md)"
    );
    let faults = dead_links(&planted("links", &[("text", &text)]));
    let expected = [
        "links.ipynb: dead link http://localhost:3000/ch00.html",
        "links.ipynb: dead link ../ch01_dropout.md",
    ];
    assert_eq!(faults, expected);
}

#[test]
fn an_exercise_without_its_check_is_found() {
    let right = [("exercise", "1;"), ("check", "2;"), ("solution", "3")];
    assert!(order_faults(&planted("right", &right)).is_empty());
    let missing = [("exercise", "1;"), ("", "2;"), ("check", "3;")];
    let faults = order_faults(&planted("missing", &missing));
    assert_eq!(faults[0], "missing.ipynb, cell 3: no check there");
    let lone = order_faults(&planted("lone", &[("solution", "1")]));
    assert_eq!(lone, ["lone.ipynb, cell 2: no exercise there"]);
}
