//! Links, checked once, on what a reader gets: every target is there, and so
//! is its #anchor.

use crate::faults::{Fault, Refusal};
use crate::html::Tag;
use crate::paths;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What links know of a page: where they stand, and where they can point to.
#[derive(Debug)]
pub struct LinkedPage {
    text: String,
    tags: Vec<Tag>,
    ids: BTreeSet<String>,
}

impl LinkedPage {
    /// A page with these start tags, whose places are bytes of `text`.
    pub fn new(text: String, tags: Vec<Tag>) -> Self {
        let ids = tags.iter().filter_map(|tag| tag.attributes.get("id"));
        LinkedPage { ids: ids.cloned().collect(), text, tags }
    }
}

/// The dead links of pages that link to each other, and to files of which
/// `is_there` says whether they are there.
pub fn check(
    pages: &BTreeMap<PathBuf, LinkedPage>,
    is_there: impl Fn(&Path) -> bool,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, page) in pages {
        for tag in &page.tags {
            for target in targets(tag) {
                if let Err(refusal) = follow(pages, path, target, &is_there) {
                    let at = tag.place.start;
                    faults.push(Fault::at(path, &page.text, at, refusal));
                }
            }
        }
    }
    faults
}

/// What an element leads to or shows; an image without a source shows nothing.
fn targets(tag: &Tag) -> impl Iterator<Item = &str> {
    let names = ["href", "src", "xlink:href"].into_iter();
    let has = |name: &&str| tag.attributes.contains_key(*name);
    let named = names
        .filter(move |name| has(name) || tag.name == "img" && *name == "src");
    let within = |target: &&str| tag.name != "a" && target.starts_with("data:");
    named.map(|name| tag.get(name)).filter(move |target| !within(target))
}

fn follow(
    pages: &BTreeMap<PathBuf, LinkedPage>,
    from: &Path,
    target: &str,
    is_there: impl Fn(&Path) -> bool,
) -> Result<(), Refusal> {
    let elsewhere = ["https://", "http://", "mailto:"];
    if elsewhere.iter().any(|scheme| target.starts_with(scheme)) {
        return Ok(());
    }
    let dead = || Refusal::DeadLink(target.to_owned());
    if target.is_empty() {
        return Err(Refusal::EmptyLink);
    }
    if target.starts_with('/') {
        return Err(dead());
    }
    let (path, id) = target.split_once('#').unwrap_or((target, ""));
    let path = match path {
        "" => Some(from.to_path_buf()),
        _ => paths::resolve(from, path),
    };
    let outside = || Refusal::OutsideLink(target.to_owned());
    let path = path.ok_or_else(outside)?;
    match pages.get(&path) {
        Some(page) if id.is_empty() || page.ids.contains(id) => Ok(()),
        Some(_) => Err(Refusal::DeadAnchor(paths::url(&path), id.to_owned())),
        None if is_there(&path) => Ok(()),
        None => Err(dead()),
    }
}
