//! The built book: its links, its ids, and what went through unrendered.

use crate::small_book::{BOOK, SUMMARY, found_built, one_is_found, write_all};

/// A page as mdBook makes it: ids on headings, figures and notes.
const BUILT: &str = r##"<head><meta name="viewport"></head>
<h1 id="one"><a class="header" href="#one">One</a></h1>
<p>See <a href="TARGET">this</a>.</p>
<figure id="fig-one"><svg><g id="g"/><use href="#g"/></svg></figure>
<sup id="fr-n-1"><a href="#footnote-n">1</a></sup>
<div id="footnote-n"><a href="#fr-n-1">back</a></div>
"##;

const SOURCE: &str =
    "<h1>lib</h1><code><span class=\"line\" id=\"L3\">x</span></code>";

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
            "<math>",
            "<h1>P</h1><math>",
            "one.html:1: the page has 2 headings of the first rank",
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
