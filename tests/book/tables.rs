//! Tables that a program has written, in the place of a drawing.

use std::path::Path;

use chainrule_book::{Book, render};

use crate::small_book::{BOOK, ONE, found, plant, write, write_all};

const DRAWING: &str = "one.svg \"The";
const TABLE: &str = "one.html \"The";
const FILE: &str = "book/figures/one.html";

/// The faults of the small book with this table, and its page.
fn with(table: &str) -> (Vec<String>, String) {
    let root = write_all(&BOOK);
    plant(root.path(), ONE, DRAWING, TABLE);
    write(root.path(), FILE, table);
    let book = Book::open(root.path(), Path::new("book/en"));
    let text = std::fs::read_to_string(root.path().join(ONE)).expect("a page");
    let page = render(&book, Path::new("one.md"), &text, None);
    (found(root.path()), page.markdown)
}

#[test]
fn a_table_is_a_figure_of_one_line_with_a_name() {
    let (faults, page) =
        with("<table class=\"m\">\n<tr>\n<td>1</td></tr>\n</table>\n");
    assert_eq!(faults, Vec::<String>::new());
    let line = "<figure id=\"fig-one\"><table aria-label=\"A line\" class=\"m\">\
                <tr><td>1</td></tr></table><figcaption>";
    assert!(page.contains(line), "{page}");
}

#[test]
fn what_is_no_table_or_leads_out_of_the_page_is_refused() {
    for (table, problem) in [
        ("<p>1</p>", "is no <table>"),
        ("<table><a href=\"b.html\">1</a></table>", "refers to another file"),
        ("<table onclick=\"x()\"></table>", "holds a script"),
    ] {
        let (faults, _) = with(table);
        let fault = format!(
            "book/en/one.md:27: the figure ../figures/one.html {problem}"
        );
        assert!(
            faults.len() == 1 && faults[0].starts_with(&fault),
            "{faults:?}"
        );
    }
}
