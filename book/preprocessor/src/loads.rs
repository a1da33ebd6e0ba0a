//! What a page, a style sheet or a script would load from another host.

use crate::faults::{Fault, Refusal};
use crate::html::{Piece, pieces};
use crate::paths;
use std::collections::BTreeMap;
use std::path::Path;

/// The attributes through which an element loads something.
const LOADING: [&str; 9] = [
    "src",
    "srcset",
    "href",
    "xlink:href",
    "poster",
    "data",
    "action",
    "formaction",
    "background",
];

/// The remote addresses that HTML loads, and the bytes they are found at.
pub fn in_html(html: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut inside = String::new();
    for piece in pieces(html) {
        match piece {
            Piece::Open { name, attributes, offset } => {
                let follows = matches!(name.as_str(), "a" | "area");
                let loaded =
                    LOADING.iter().filter_map(|name| attributes.get(*name));
                let remote =
                    loaded.filter(|url| !follows && is_remote(url)).cloned();
                found.extend(remote.map(|url| (offset, url)));
                found.extend(refresh(&attributes).map(|url| (offset, url)));
                let style = attributes.get("style").map_or("", String::as_str);
                found.extend(
                    in_css(style).into_iter().map(|(_, url)| (offset, url)),
                );
                inside = name;
            }
            Piece::Text { text, offset } => {
                let loads = match inside.as_str() {
                    "style" => in_css(&text),
                    "script" => in_script(&text),
                    _ => Vec::new(),
                };
                found.extend(
                    loads.into_iter().map(|(at, url)| (offset + at, url)),
                );
            }
            Piece::Close { .. } => inside.clear(),
        }
    }
    found
}

/// The remote address that `<meta http-equiv="refresh">` leads to.
fn refresh(attributes: &BTreeMap<String, String>) -> Option<String> {
    let is = attributes.get("http-equiv")?.eq_ignore_ascii_case("refresh");
    let (_, url) = attributes.get("content").filter(|_| is)?.split_once('=')?;
    let url = url.trim().trim_matches(['"', '\'']);
    is_remote(url).then(|| url.to_owned())
}

/// The remote addresses in `url(…)` and its kind, and in `@import`.
pub fn in_css(css: &str) -> Vec<(usize, String)> {
    css_addresses(css).into_iter().filter(|(_, url)| is_remote(url)).collect()
}

/// Everything that `url(…)` and its kind, and `@import` name, and where.
pub fn css_addresses(css: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for start in ["url(", "src(", "@import"] {
        for (offset, _) in css.match_indices(start) {
            let rest = css[offset + start.len()..]
                .trim_start()
                .trim_start_matches(['"', '\'']);
            if rest.starts_with("url(") {
                continue;
            }
            let end =
                rest.find(['"', '\'', ')', ';', '\n']).unwrap_or(rest.len());
            found.push((offset, rest[..end].trim().to_owned()));
        }
    }
    found.extend(image_sets(css));
    found
}

/// The strings in `image-set(…)`.
fn image_sets(css: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (offset, _) in css.match_indices("image-set(") {
        let rest = &css[offset..];
        let end = rest.find([';', '}']).unwrap_or(rest.len());
        let strings = rest[..end].split(['"', '\'']).skip(1).step_by(2);
        found.extend(strings.map(|text| (offset, text.to_owned())));
    }
    found
}

/// The remote addresses among the strings of a script; a namespace is not loaded.
fn in_script(script: &str) -> Vec<(usize, String)> {
    let quotes = script.match_indices(['"', '\'', '`']);
    let strings = quotes.map(|(offset, _)| {
        let rest = &script[offset + 1..];
        let end = rest.find(['"', '\'', '`', '\n']).unwrap_or(rest.len());
        (offset, rest[..end].to_owned())
    });
    strings
        .filter(|(_, text)| {
            is_remote(text) && !text.starts_with("http://www.w3.org/")
        })
        .collect()
}

/// Whether an address names a host.
pub fn is_remote(url: &str) -> bool {
    let url = url.trim();
    let host = url
        .strip_prefix("//")
        .or_else(|| url.split_once("://").map(|(_, host)| host));
    host.is_some_and(|host| {
        host.starts_with(|c: char| c.is_alphanumeric() || c == '[')
    }) && !url.starts_with("data:")
}

/// What the theme, and the style sheets and scripts beside the pages, load.
pub fn check_files(root: &Path, src: &Path) -> Vec<Fault> {
    let kinds = ["css", "js", "hbs", "html"];
    let mut faults = Vec::new();
    for folder in [Path::new("book/theme"), src] {
        for file in paths::files_below(root, folder, &kinds) {
            let text =
                std::fs::read_to_string(root.join(&file)).unwrap_or_default();
            let loads =
                match file.extension().and_then(|extension| extension.to_str())
                {
                    Some("css") => in_css(&text),
                    Some("js") => in_script(&text),
                    _ => in_html(&text),
                };
            faults.extend(loads.into_iter().map(|(offset, url)| {
                Fault::new(&file, line_at(&text, offset), Refusal::Remote(url))
            }));
        }
    }
    faults
}

/// The line, counted from 1, of a byte of `text`.
pub fn line_at(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_loaded_counts() {
        for (html, expected) in [
            (r#"<a href="https://a.b/">x</a>"#, vec![]),
            (r#"<img src="//a.b/c.png">"#, vec!["//a.b/c.png"]),
            (r#"<link href="https://a.b/c.css">"#, vec!["https://a.b/c.css"]),
            (
                r#"<p style="background: url('http://a.b/c')">"#,
                vec!["http://a.b/c"],
            ),
            (
                "<style>@import \"https://a.b/c\";</style>",
                vec!["https://a.b/c"],
            ),
            ("<script>fetch('https://a.b/')</script>", vec!["https://a.b/"]),
            (
                "<script>ns = 'http://www.w3.org/2000/svg' // no 'x'</script>",
                vec![],
            ),
            (r#"<script src="{{ path_to_root }}live.js"></script>"#, vec![]),
        ] {
            let found: Vec<String> =
                in_html(html).into_iter().map(|(_, url)| url).collect();
            assert_eq!(found, expected, "{html}");
        }
    }
}
