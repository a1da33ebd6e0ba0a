//! The outputs on the page of a chapter are those of its own program.

use std::path::Path;

use crate::{assert_none, files, read};

/// The outputs that a chapter's page shows and that another chapter printed.
fn strange(page: &Path, text: &str) -> Vec<String> {
    let stem = page.file_stem().unwrap_or_default().to_string_lossy();
    let parts = text.split("{{#output ").skip(1);
    let names = parts.filter_map(|part| part.split([' ', '}']).next());
    // Chapter 7 compares with the programs of others.
    let own = |name: &str| {
        let name = name.strip_prefix("measured/").unwrap_or(name);
        name.starts_with(&*stem)
            || stem == "ch07_speed" && name.starts_with("peers")
    };
    let strange = names.filter(|name| !own(name));
    let say = |name| format!("{}: {name} is not of {stem}", page.display());
    strange.map(say).collect()
}

#[test]
fn outputs_are_of_the_chapter() {
    let pages = files("book/en", ".md").into_iter();
    let pages = pages.chain(files("book/en/answers", ".md"));
    let chapters = pages.filter(|page| page.to_string_lossy().contains("/ch"));
    let strange = chapters.flat_map(|page| strange(&page, &read(&page)));
    assert_none(&strange.collect::<Vec<_>>());
}

#[test]
fn an_output_of_another_chapter_is_found() {
    let page = Path::new("book/en/ch01_dropout.md");
    let text = "{{#output ch01_dropout}} {{#output ch02_backprop to=\"x\"}}";
    assert_eq!(
        strange(page, text),
        ["book/en/ch01_dropout.md: ch02_backprop is not of ch01_dropout"]
    );
}
