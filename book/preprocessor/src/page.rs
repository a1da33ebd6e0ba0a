//! One page: its Markdown made ready for mdBook, and what was found on the way.

use crate::book::Book;
use crate::directives;
use crate::faults::{Fault, Refusal};
use crate::ids::Ids;
use crate::loads::line_at;
use crate::snapshots;
use crate::walk::Walk;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A page after the walk over it.
#[derive(Debug, Default)]
pub struct Page {
    /// The file, relative to the folder of the pages.
    pub path: PathBuf,
    /// The chapter's number in the summary, `2` or `2.1`.
    pub number: Option<String>,
    /// What mdBook is to render.
    pub markdown: String,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
    /// The targets of its links, and their lines.
    pub links: Vec<(usize, String)>,
    /// The ids that links can point to.
    pub ids: Ids,
    /// The files it shows, each with its anchor.
    pub included: Vec<(PathBuf, Option<String>)>,
    /// The measurements it shows.
    pub measured: BTreeSet<String>,
    /// The lines of the list of exceptions that it needs.
    pub excused: Vec<usize>,
    /// How many formulas it has.
    pub formulas: usize,
    /// How many figures it has.
    pub figures: usize,
    /// The live figures it has.
    pub live: BTreeSet<String>,
    /// The lines on which an include or an output may stand.
    pub(crate) directives: BTreeSet<usize>,
}

impl Page {
    /// Reads and renders a page; `number` is that of its chapter.
    pub fn render(
        book: &Book,
        path: &Path,
        text: &str,
        number: Option<String>,
    ) -> Page {
        let mut page =
            Page { path: path.to_path_buf(), number, ..Page::default() };
        let text = page.with_numbers(book, text);
        page.markdown = Walk::over(book, &mut page, &text, 1);
        page.find_misplaced(book, &text);
        page.faults.sort();
        page
    }

    /// Puts the numbers of the snapshots into the text, wherever they stand:
    /// in a sentence, a table, a caption, a formula.
    fn with_numbers(&mut self, book: &Book, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        while let Some(found) = directives::next(text, done) {
            let (start, end, replacement) = match found {
                Err((start, refusal)) => (start, start + 3, Err(refusal)),
                Ok(directive) => {
                    let measurement = snapshots::measurement(&directive);
                    self.measured.extend(measurement.map(str::to_owned));
                    let replacement = match directive.name.as_str() {
                        "number" => snapshots::number(&book.root, &directive),
                        "include" | "output" => {
                            Ok(text[directive.range.clone()].to_owned())
                        }
                        name => Err(Refusal::UnknownDirective(name.to_owned())),
                    };
                    (directive.range.start, directive.range.end, replacement)
                }
            };
            out.push_str(&text[done..start]);
            match replacement {
                Ok(replacement) => out.push_str(&replacement),
                Err(refusal) => {
                    self.refuse(book, line_at(text, start), refusal)
                }
            }
            done = end;
        }
        out + &text[done..]
    }

    /// Every include and every output that no block has taken up.
    fn find_misplaced(&mut self, book: &Book, text: &str) {
        let mut from = 0;
        while let Some(Ok(directive)) = directives::next(text, from) {
            from = directive.range.end;
            let line = line_at(text, directive.range.start);
            if !self.directives.contains(&line) {
                self.refuse(
                    book,
                    line,
                    Refusal::MisplacedDirective(directive.name),
                );
            }
        }
    }

    fn refuse(&mut self, book: &Book, line: usize, refusal: Refusal) {
        self.faults.push(Fault::new(book.src.join(&self.path), line, refusal));
    }
}
