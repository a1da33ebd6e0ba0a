//! Where an excerpt begins and ends: its first and its last line, as they were
//! when somebody last looked. A mark that has slipped shows less than the page
//! speaks of, and the code compiles as before.
//!
//! `EXCERPTS_UPDATE=always cargo test --test prose` accepts what there is; look
//! at `git diff tests/snapshots/excerpts.txt`.

use std::path::Path;

use chainrule_book::anchors::Source;
use chainrule_book::sources::anchored;

use crate::{assert_none, read, root};

const FILE: &str = "tests/snapshots/excerpts.txt";

/// Three lines for each excerpt of a source: what it is called, its first line
/// and its last.
fn ends(source: &Source) -> Vec<String> {
    let anchors = source.anchors.iter();
    let ends = anchors.filter_map(|anchor| {
        let shown = source.anchor(&anchor.name)?;
        let code = source.dedented(&shown);
        let (first, last) = (code.lines().next()?, code.lines().last()?);
        // A last line is often a brace: which one, counted from the first line?
        let which = code.lines().filter(|line| *line == last).count();
        let which =
            if which > 1 { format!(" ({which})") } else { String::new() };
        let path = source.path.display();
        Some(format!("{path}:{}\n{first}\n{last}{which}\n", anchor.name))
    });
    ends.collect()
}

/// The excerpts that do not begin and end as it is written.
fn moved(is: &[String], written: &str) -> Vec<String> {
    let written: Vec<&str> =
        written.split_inclusive("\n\n").map(str::trim_end).collect();
    let name = |ends: &str| ends.lines().next().unwrap_or_default().to_owned();
    let new =
        is.iter().map(|it| it.trim_end()).filter(|it| !written.contains(it));
    let new = new.map(|it| format!("not as in {FILE}:\n{it}"));
    let names: Vec<String> = is.iter().map(|it| name(it)).collect();
    let gone = written.iter().filter(|it| !names.contains(&name(it)));
    new.chain(gone.map(|it| format!("{FILE}: there is no {}", name(it))))
        .collect()
}

#[test]
fn excerpts_begin_and_end_where_they_did() {
    let mut files: Vec<_> = anchored(root()).collect();
    files.sort();
    let sources = files.iter().map(|file| Source::read(root(), file));
    let is: Vec<String> =
        sources.flat_map(|source| ends(&source.expect("a source"))).collect();
    if std::env::var("EXCERPTS_UPDATE").is_ok_and(|it| it == "always") {
        std::fs::write(root().join(FILE), is.join("\n")).expect("written");
    }
    assert_none(&moved(&is, &read(FILE)));
}

#[test]
fn every_mark_that_has_slipped_is_found() {
    let text = "// ANCHOR: a\nfn f() {\n    if x {\n        y();\n    }\n    if z {\n        y();\n    }\n}\n// ANCHOR_END: a\n";
    let read = |text: &str| ends(&Source::parse(Path::new("a.rs"), text));
    let written = read(text).join("\n");
    assert_eq!(written, "a.rs:a\nfn f() {\n}\n");
    assert_none(&moved(&read(text), &written));
    let mark = "// ANCHOR_END: a\n";
    let without = text.replace(mark, "");
    for (at, last) in [("}\n", "    } (2)"), ("    if z {\n", "    }")] {
        let (before, after) = without.rsplit_once(at).unwrap();
        let slipped = format!("{before}{mark}{at}{after}");
        let expected = format!("not as in {FILE}:\na.rs:a\nfn f() {{\n{last}");
        assert_eq!(moved(&read(&slipped), &written), [expected]);
    }
    let late =
        text.replace("// ANCHOR: a\nfn f() {\n", "fn f() {\n// ANCHOR: a\n");
    assert_eq!(moved(&read(&late), &written).len(), 1);
    assert_eq!(moved(&[], &written), [format!("{FILE}: there is no a.rs:a")]);
}
