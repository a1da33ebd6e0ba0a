//! What a page, a style sheet or a script would load from another host.

use crate::faults::{Fault, Refusal};
use crate::html::{Piece, Tag, pieces};
use crate::paths;
use std::path::Path;

/// How the attributes end through which an element loads something: `srcset`,
/// `xlink:href`, `formaction`.
const LOADING: [&str; 7] =
    ["src", "srcset", "href", "poster", "data", "action", "background"];

/// What the files below `folder` with one of `extensions` load.
pub fn check(root: &Path, folder: &Path, extensions: &[&str]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in paths::files_below(root, folder, extensions) {
        let text = std::fs::read(root.join(&file)).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let loads = match file.extension().and_then(|it| it.to_str()) {
            Some("css") => in_css(&text),
            Some("js") => in_script(&text),
            _ => in_html(&text),
        };
        faults.extend(loads.into_iter().map(|(offset, url)| {
            Fault::at(&file, &text, offset, Refusal::Remote(url))
        }));
    }
    faults
}

/// The remote addresses that HTML loads, and the bytes they are found at.
pub fn in_html(html: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut inside = String::new();
    for piece in pieces(html) {
        match piece {
            Piece::Open(tag) => {
                let loaded = in_attributes(&tag);
                let loaded = loaded.into_iter().filter(|url| is_remote(url));
                found.extend(loaded.map(|url| (tag.place.start, url)));
                inside = tag.name;
            }
            Piece::Text(text, offset) => {
                let loads = match inside.as_str() {
                    "style" => in_css(&text),
                    "script" => in_script(&text),
                    _ => Vec::new(),
                };
                let loads = loads.into_iter();
                found.extend(loads.map(|(at, url)| (offset + at, url)));
            }
            Piece::Close(_) => inside.clear(),
        }
    }
    found
}

/// The addresses that an element loads, or leads to by itself.
fn in_attributes(tag: &Tag) -> Vec<String> {
    let style = css_addresses(tag.get("style"));
    let mut found: Vec<_> = style.into_iter().map(|(_, url)| url).collect();
    if !matches!(tag.name.as_str(), "a" | "area") {
        let loads = |name: &str| LOADING.iter().any(|it| name.ends_with(it));
        let loaded = tag.attributes.iter().filter(|(name, _)| loads(name));
        found.extend(loaded.map(|(_, url)| url.clone()));
    }
    if tag.get("http-equiv").eq_ignore_ascii_case("refresh") {
        let (_, url) = tag.get("content").split_once('=').unwrap_or_default();
        found.push(url.trim().trim_matches(['"', '\'']).to_owned());
    }
    found
}

fn in_css(css: &str) -> Vec<(usize, String)> {
    css_addresses(css).into_iter().filter(|(_, url)| is_remote(url)).collect()
}

/// Everything that `url(…)` and its kind, and `@import` name, and where.
pub fn css_addresses(css: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for start in ["url(", "src(", "@import"] {
        for (offset, _) in css.match_indices(start) {
            let rest = css[offset + start.len()..].trim_start();
            let rest = rest.trim_start_matches(['"', '\'']);
            let end = rest.find(['"', '\'', ')', ';', '\n']);
            let address = &rest[..end.unwrap_or(rest.len())];
            if !address.starts_with("url(") {
                found.push((offset, address.trim().to_owned()));
            }
        }
    }
    for (offset, set) in css.match_indices("image-set(") {
        let rest = &css[offset + set.len()..];
        let set = rest.split([';', '}']).next().unwrap_or_default();
        let strings = set.split(['"', '\'']).skip(1).step_by(2);
        found.extend(strings.map(|text| (offset, text.to_owned())));
    }
    found
}

/// The remote addresses among the strings of a script; a namespace is not loaded.
fn in_script(script: &str) -> Vec<(usize, String)> {
    let strings = script.match_indices(['"', '\'', '`']).map(|(offset, _)| {
        let rest = &script[offset + 1..];
        let end = rest.find(['"', '\'', '`', '\n']).unwrap_or(rest.len());
        (offset, rest[..end].to_owned())
    });
    let loaded =
        |text: &str| is_remote(text) && !text.starts_with("http://www.w3.org/");
    strings.filter(|(_, text)| loaded(text)).collect()
}

/// Whether an address names a host.
pub fn is_remote(url: &str) -> bool {
    let url = url.trim();
    let after_scheme = || url.split_once("://").map(|(_, host)| host);
    let host = url.strip_prefix("//").or_else(after_scheme);
    let named = |c: char| c.is_alphanumeric() || c == '[';
    !url.starts_with("data:") && host.is_some_and(|it| it.starts_with(named))
}
