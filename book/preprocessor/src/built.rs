//! The book that came out: nothing left unrendered, every link alive, no id
//! there twice, nothing from elsewhere.

use crate::book::Book;
use crate::faults::{Fault, Refusal};
use crate::html::{Piece, Tag, pieces, tags};
use crate::links::{self, LinkedPage};
use crate::render::render;
use crate::{paths, remote};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Everything that is wrong with the book built in `built` from the pages of
/// `src` (`book/en`) in the repository `root`.
pub fn check_built(root: &Path, src: &Path, built: &Path) -> Vec<Fault> {
    let loads = remote::check(built, Path::new(""), &["css", "html"]);
    let mut faults: BTreeSet<Fault> = loads.into_iter().collect();
    let mut pages = BTreeMap::new();
    let mut with_math = BTreeSet::new();
    for path in paths::files_below(built, "", &["html"]) {
        let text = std::fs::read(built.join(&path)).unwrap_or_default();
        let text = String::from_utf8_lossy(&text).into_owned();
        let tags: Vec<Tag> = tags(&text).collect();
        for (at, refusal) in leftovers(&text).into_iter().chain(twice(&tags)) {
            faults.insert(Fault::at(&path, &text, at, refusal));
        }
        let headings = tags.iter().filter(|tag| tag.name == "h1").count();
        // The error page, the list of contents, and the whole book in one.
        let others = ["404.html", "toc.html", "print.html"];
        if headings != 1 && !others.iter().any(|it| path.ends_with(it)) {
            faults.insert(Fault::new(&path, 1, Refusal::Headings(headings)));
        }
        if tags.iter().any(|tag| tag.name == "math") {
            with_math.insert(path.with_extension("md"));
        }
        // The error page is served under any address, and its links begin at the top.
        if path != Path::new("404.html") {
            pages.insert(path, LinkedPage::new(text, tags));
        }
    }
    faults.extend(links::check(&pages, |path| built.join(path).is_file()));
    let book = Book::open(root, src);
    for page in &book.pages {
        if !with_math.contains(page) && has_formulas(&book, page) {
            let page = page.with_extension("html");
            faults.insert(Fault::new(page, 1, Refusal::LostFormulas));
        }
    }
    faults.into_iter().collect()
}

/// Directives and formulas that went through as they were written.
fn leftovers(html: &str) -> Vec<(usize, Refusal)> {
    let (directive, formula) = ("a directive", "a formula");
    let mut found = Vec::new();
    let mut before_dollar = false;
    // A script, or code that the book shows, may hold anything.
    let mut in_code = false;
    let mut verbatim = false;
    for piece in pieces(html) {
        match piece {
            Piece::Text(text, offset) => {
                let at = |mark| text.find(mark).filter(|_| !in_code);
                let left = at("{{#").map(|at| (at, directive));
                let dollars = at("$$").filter(|_| !verbatim);
                let left =
                    left.into_iter().chain(dollars.map(|at| (at, formula)));
                found.extend(left.map(|(at, what)| (offset + at, what)));
                before_dollar = text.ends_with('$');
            }
            Piece::Close(name) => {
                verbatim &= name != "code";
                in_code &= !matches!(name.as_str(), "script" | "pre")
            }
            Piece::Open(tag) => {
                let (name, class) = (tag.name.as_str(), tag.get("class"));
                if name == "merror"
                    || class.contains("language-math")
                    || name == "code" && before_dollar
                {
                    found.push((tag.place.start, formula));
                }
                before_dollar = false;
                verbatim |= name == "code";
                in_code |=
                    name == "script" || matches!(class, "listing" | "source");
            }
        }
    }
    let left = found.into_iter();
    left.map(|(at, what)| (at, Refusal::Unrendered(what))).collect()
}

/// The ids that an earlier element of the page has.
fn twice(tags: &[Tag]) -> Vec<(usize, Refusal)> {
    let mut met = BTreeSet::new();
    let ids =
        tags.iter().filter_map(|tag| Some((tag, tag.attributes.get("id")?)));
    let again = ids.filter(|(_, id)| !met.insert(*id));
    let refused = |id: &String| Refusal::DuplicateId(id.clone());
    again.map(|(tag, id)| (tag.place.start, refused(id))).collect()
}

/// Whether a page has formulas in its source.
fn has_formulas(book: &Book, page: &Path) -> bool {
    let text = std::fs::read_to_string(book.root.join(&book.src).join(page));
    render(book, page, &text.unwrap_or_default(), None).formulas > 0
}
