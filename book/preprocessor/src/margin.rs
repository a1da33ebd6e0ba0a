//! What stands beside the text where there is room, and on a telephone above the
//! cells of a table: the works that are cited, and the heads of columns.

use crate::book::Book;
use crate::html::{escape, escape_markdown, inline};
use crate::markdown::{self, Placed, extent, plain_text};
use crate::math;
use pulldown_cmark::{Event, Tag};

/// The page with the words and the symbols that have a meaning of their own here.
pub const WORDS: &str = "notation.md";

/// The page with the works.
const WORKS: &str = "bibliography.md";

/// The id of the work that a link leads to, if it leads to one.
pub fn cited(url: &str) -> Option<&str> {
    let (page, id) = url.split_once('#')?;
    (page.trim_start_matches("../") == WORKS).then_some(id)
}

/// A work as a note in the margin: authors, title and place. It says nothing
/// that the bibliography does not, so it is no business of a screen reader's,
/// which would read it in the middle of a sentence.
pub fn note(book: &Book, id: &str) -> Option<String> {
    let file = book.root.join(&book.src).join(WORKS);
    let text = std::fs::read_to_string(file).ok()?;
    let (_, below) = text.split_once(&format!("{{#{id}}}\n"))?;
    let entry = below.trim_start().lines().next()?;
    let end =
        [" <http", " *Not checked*"].iter().filter_map(|it| entry.find(it));
    let entry = &entry[..end.min().unwrap_or(entry.len())];
    let mut html = String::new();
    let events = markdown::events(entry).into_iter().map(|(event, _)| event);
    pulldown_cmark::html::push_html(&mut html, events);
    let html = inline(&html);
    Some(format!(r#"<span class="note" aria-hidden="true">{html}</span>"#))
}

/// A word as a note in the margin, if it is among those with a meaning of their
/// own; several of a word are the word.
pub fn definition(book: &Book, word: &str) -> Option<String> {
    let file = book.root.join(&book.src).join(WORDS);
    let text = std::fs::read_to_string(file).ok()?;
    let rows = text.lines().skip_while(|line| *line != "## Words");
    let rows = rows.skip(1).take_while(|line| !line.starts_with("## "));
    let wanted = word.to_lowercase();
    let mut meanings = rows.filter_map(|line| {
        let (name, meaning) = line.strip_prefix("| ")?.split_once(" | ")?;
        let names = || name.split(", ").map(str::to_owned);
        let is_it = |it: String| it == wanted || format!("{it}s") == wanted;
        (names().any(is_it)).then(|| meaning.trim_end_matches(" |").to_owned())
    });
    let html = with_formulas(&meanings.next()?)?;
    let word = escape_markdown(word);
    Some(format!(
        r#"<span class="note" aria-hidden="true"><b>{word}</b> {html}</span>"#
    ))
}

/// The HTML of a text with formulas, if they are sound.
pub fn with_formulas(text: &str) -> Option<String> {
    let mut html = String::new();
    // What stands between the marks of formulas is every second part.
    for (index, part) in text.split("$`").enumerate() {
        let (tex, text) = match index {
            0 => ("", part),
            _ => part.split_once("`$")?,
        };
        if !tex.is_empty() {
            html += &math::inline(tex).ok()?;
        }
        html += &escape_markdown(text);
    }
    Some(html)
}

/// What comes before a table, the events of which these are: it hands the heads
/// of the columns to the style sheet, which on a narrow page writes them above
/// the cells if there is much to read in those.
pub fn before_table(table: &[Placed<'_>]) -> String {
    let cells: Vec<(bool, String)> = cells(table);
    let longest = cells.iter().filter(|(is_head, _)| !is_head);
    let longest = longest.map(|(_, text)| text.chars().count()).max();
    if longest.unwrap_or(0) < LONG {
        return "<div>".to_owned();
    }
    let heads = cells.iter().filter(|(is_head, _)| *is_head);
    let heads = (1..).zip(heads).map(|(column, (_, head))| {
        let colon = if head.is_empty() { "" } else { ": " };
        let head = head.replace(['\\', '"'], "") + colon;
        format!("--head-{column}: {};", escape(&format!("\"{head}\"")))
    });
    format!(r#"<div class="stacks" style="{}">"#, heads.collect::<String>())
}

/// From how many letters on a cell is one to read.
const LONG: usize = 24;

/// The text of each cell, and whether it is a head.
fn cells(table: &[Placed<'_>]) -> Vec<(bool, String)> {
    let mut is_head = false;
    let mut cells = Vec::new();
    for (index, (event, _)) in table.iter().enumerate() {
        match event {
            Event::Start(Tag::TableHead) => is_head = true,
            Event::Start(Tag::TableRow) => is_head = false,
            Event::Start(Tag::TableCell) => {
                let cell = &table[index..];
                let text = plain_text(&cell[..extent(cell)]);
                cells.push((is_head, text.replace('$', "")));
            }
            _ => {}
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_with_much_to_read_has_its_heads_handed_on() {
        let cell = "words to read, more than a few";
        let text = format!("| a \"b\" | `c` |\n|---|---|\n| 1 | {cell} |\n");
        assert_eq!(
            before_table(&markdown::events(&text)),
            "<div class=\"stacks\" style=\"--head-1: &#34;a “b”: &#34;;--head-2: &#34;c: &#34;;\">"
        );
        let numbers = text.replace(cell, "2");
        assert_eq!(before_table(&markdown::events(&numbers)), "<div>");
    }

    #[test]
    fn a_note_says_who_what_and_where() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("book/en");
        std::fs::create_dir_all(&folder).unwrap();
        let works = "# B\n\n### A (1) {#a-1}\n\nA B, *C d*. Place 3. <https://a.b/> *Not checked*: it.\n";
        std::fs::write(folder.join(WORKS), works).unwrap();
        let book = Book::open(root.path(), "book/en".as_ref());
        let note = note(&book, cited("../bibliography.md#a-1").unwrap());
        assert_eq!(
            note.unwrap(),
            r#"<span class="note" aria-hidden="true">A B, <em>C d</em>. Place 3.</span>"#
        );
        assert_eq!(cited("notation.md#a"), None);
        let words = "## Words\n\n| word | m |\n|---|---|\n| unit, cell | where $`J`$ is |\n\n## Symbols\n\n| x | y |\n";
        std::fs::write(folder.join(WORDS), words).unwrap();
        let note = definition(&book, "Units").unwrap();
        assert!(note.contains("<b>Units</b> where <math"), "{note}");
        assert!(note.ends_with("</math> is</span>"), "{note}");
        assert_eq!(definition(&book, "x"), None);
    }
}
