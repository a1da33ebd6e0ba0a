//! The files around the pages: settings, documents, the summary, the theme.

use crate::small_book::{
    BOOK, PREFACE, SETTINGS, SUMMARY, each_is_found, found, write, write_all,
};

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
        ("book/theme/deep/a.js", "fetch(\"https://a.b/c\")"),
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
