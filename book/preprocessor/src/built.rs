//! The book that came out: nothing left unrendered, every link alive, nothing from elsewhere.

use crate::book::Book;
use crate::faults::{Fault, Refusal};
use crate::html::{Piece, pieces};
use crate::loads::{self, line_at};
use crate::page::Page;
use crate::paths;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A built page: its pieces, and the ids in it.
struct Built {
    text: String,
    pieces: Vec<Piece>,
    ids: BTreeSet<String>,
}

/// Everything that is wrong with the book built in `built` from the pages of
/// `src` (`book/en`) in the repository `root`.
pub fn check_built(root: &Path, src: &Path, built: &Path) -> Vec<Fault> {
    let mut faults = Vec::new();
    let pages = read(built, &mut faults);
    for (path, page) in &pages {
        let refused = leftovers(page)
            .into_iter()
            .chain(remote(page))
            .chain(dead(built, &pages, path));
        faults.extend(refused.map(|(offset, refusal)| {
            Fault::new(path, line_at(&page.text, offset), refusal)
        }));
    }
    faults.extend(lost_formulas(&Book::open(root, src), &pages));
    faults.extend(style_sheets(built));
    faults.sort();
    faults.dedup();
    faults
}

fn read(built: &Path, faults: &mut Vec<Fault>) -> BTreeMap<PathBuf, Built> {
    let mut pages = BTreeMap::new();
    for path in paths::files_below(built, Path::new(""), &["html"]) {
        match std::fs::read_to_string(built.join(&path)) {
            Ok(text) => drop(pages.insert(path, Built::parse(text))),
            Err(error) => faults.push(Fault::new(
                path,
                1,
                Refusal::Unreadable(error.to_string()),
            )),
        }
    }
    pages
}

impl Built {
    fn parse(text: String) -> Self {
        let pieces = pieces(&text);
        let ids = pieces.iter().filter_map(|piece| match piece {
            Piece::Open { attributes, .. } => {
                attributes.get("id").or(attributes.get("name"))
            }
            _ => None,
        });
        Built { ids: ids.cloned().collect(), pieces, text }
    }

    fn has(&self, element: &str) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Open { name, .. } if name == element))
    }
}

/// Directives and formulas that went through as they were written.
fn leftovers(page: &Built) -> Vec<(usize, Refusal)> {
    let mut found = Vec::new();
    let mut before_dollar = false;
    // A script, or code that the book shows, may hold anything.
    let mut in_code = false;
    let mut verbatim = false;
    for piece in &page.pieces {
        match piece {
            Piece::Text { text, offset } => {
                if let Some(at) = text.find("{{#").filter(|_| !in_code) {
                    found.push((
                        offset + at,
                        Refusal::Unrendered("a directive"),
                    ));
                }
                let dollars = text.find("$$").filter(|_| !in_code && !verbatim);
                if let Some(at) = dollars {
                    let refusal = Refusal::Unrendered("a formula");
                    found.push((offset + at, refusal));
                }
                before_dollar = text.ends_with('$');
            }
            Piece::Close { name } => {
                verbatim &= name != "code";
                in_code &= !matches!(name.as_str(), "script" | "pre")
            }
            Piece::Open { name, attributes, offset } => {
                let class = attributes.get("class").map_or("", String::as_str);
                if is_formula(name, class) || name == "code" && before_dollar {
                    found.push((*offset, Refusal::Unrendered("a formula")));
                }
                before_dollar = false;
                verbatim |= name == "code";
                in_code |=
                    name == "script" || matches!(class, "listing" | "source");
            }
        }
    }
    found
}

fn is_formula(name: &str, class: &str) -> bool {
    name == "merror" || class.contains("language-math")
}

fn remote(page: &Built) -> Vec<(usize, Refusal)> {
    let loads = loads::in_html(&page.text).into_iter();
    loads.map(|(offset, url)| (offset, Refusal::Remote(url))).collect()
}

/// The links and the sources of images, scripts and style sheets that lead nowhere.
fn dead(
    built: &Path,
    pages: &BTreeMap<PathBuf, Built>,
    from: &Path,
) -> Vec<(usize, Refusal)> {
    // The error page is served under any address, and its links begin at the top.
    if from == Path::new("404.html") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for piece in &pages[from].pieces {
        let Piece::Open { attributes, offset, .. } = piece else { continue };
        let targets = ["href", "src", "xlink:href"]
            .iter()
            .filter_map(|name| attributes.get(*name));
        for target in targets
            .filter(|target| !leads_somewhere(built, pages, from, target))
        {
            found.push((*offset, Refusal::DeadLink(target.clone())));
        }
    }
    found
}

fn leads_somewhere(
    built: &Path,
    pages: &BTreeMap<PathBuf, Built>,
    from: &Path,
    target: &str,
) -> bool {
    let elsewhere = ["https://", "http://", "mailto:", "data:"];
    if elsewhere.iter().any(|scheme| target.starts_with(scheme)) {
        return true;
    }
    let (path, id) = target.split_once('#').unwrap_or((target, ""));
    let path = path.split('?').next().unwrap_or_default();
    let Some(path) = (if path.is_empty() {
        Some(from.to_path_buf())
    } else {
        paths::resolve(from, path)
    }) else {
        return false;
    };
    match pages.get(&path) {
        Some(page) => id.is_empty() || page.ids.contains(id),
        None => built.join(path).is_file(),
    }
}

/// The pages whose formulas did not become MathML.
fn lost_formulas(book: &Book, pages: &BTreeMap<PathBuf, Built>) -> Vec<Fault> {
    let lost = book.pages.iter().filter(|path| {
        let text =
            std::fs::read_to_string(book.root.join(&book.src).join(path));
        let formulas =
            Page::render(book, path, &text.unwrap_or_default(), None).formulas;
        let html = pages.get(&path.with_extension("html"));
        formulas > 0 && !html.is_some_and(|html| html.has("math"))
    });
    lost.map(|path| {
        Fault::new(path.with_extension("html"), 1, Refusal::LostFormulas)
    })
    .collect()
}

fn style_sheets(built: &Path) -> Vec<Fault> {
    let mut faults = Vec::new();
    for path in paths::files_below(built, Path::new(""), &["css"]) {
        let text =
            std::fs::read_to_string(built.join(&path)).unwrap_or_default();
        faults.extend(loads::in_css(&text).into_iter().map(|(offset, url)| {
            Fault::new(&path, line_at(&text, offset), Refusal::Remote(url))
        }));
    }
    faults
}
