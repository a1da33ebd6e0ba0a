//! Figures: a drawing that stands in the page itself, with its number and caption.

use crate::book::Book;
use crate::faults::Refusal;
use crate::html::{Piece, escape, pieces};
use crate::loads::css_addresses;
use crate::paths;
use std::collections::BTreeMap;
use std::path::Path;

/// A figure as one line of HTML.
pub fn html(id: &str, svg: &str, label: &str, caption: &str) -> String {
    if caption.trim().is_empty() {
        return format!(r#"<figure id="{id}">{svg}</figure>"#); // the cover
    }
    let label = format!(r#"<span class="figno">{label}</span>"#);
    let caption = [label.as_str(), caption].join(" ");
    format!(
        r#"<figure id="{id}">{svg}<figcaption>{}</figcaption></figure>"#,
        caption.trim().replace('\n', " ")
    )
}

/// The id of the figure drawn in `file`.
pub fn id(file: &str) -> String {
    let stem = Path::new(file).file_stem().unwrap_or_default();
    format!("fig-{}", stem.to_string_lossy())
}

/// "Figure 2.1." in the chapter with that number, "Figure." in one without.
pub fn label(src: &Path, chapter: Option<&str>, figure: usize) -> String {
    let chinese = src
        .file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with("zh"));
    let (word, stop) = if chinese { ("图", "") } else { ("Figure", ".") };
    match chapter {
        Some(chapter) => format!("{word} {chapter}.{figure}{stop}"),
        None => format!("{word}{stop}"),
    }
}

/// The title of `![alt](file "title")` as it is written: Markdown would take
/// the backslashes of a formula for escapes of its own.
pub fn raw_title(image: &str) -> String {
    let target = image.split_once("](").map_or("", |(_, target)| target);
    let target =
        target.trim_end().strip_suffix(')').unwrap_or(target).trim_end();
    let Some(quote) = target.chars().last().filter(|c| matches!(c, '"' | '\''))
    else {
        return String::new();
    };
    let title = target.strip_suffix(quote).unwrap_or(target);
    let title = title.split_once(quote).map_or("", |(_, title)| title);
    title.replace(&format!("\\{quote}"), &quote.to_string())
}

/// The drawing as one line of HTML that takes the width it is given.
pub fn svg(
    book: &Book,
    page: &Path,
    file: &str,
    alt: &str,
) -> Result<String, Refusal> {
    let missing = || Refusal::MissingFigure(file.to_owned());
    let path =
        paths::resolve(&book.src.join(page), file).ok_or_else(missing)?;
    let text =
        std::fs::read_to_string(book.root.join(path)).map_err(|_| missing())?;
    inlined(&text, alt).map_err(|problem| Refusal::BadFigure {
        file: file.to_owned(),
        problem,
    })
}

fn inlined(text: &str, alt: &str) -> Result<String, &'static str> {
    let text = without_comments(text);
    let start = text.find("<svg").ok_or("has no <svg>")?;
    let (root, rest) = after_tag(&text[start..]).ok_or("has no <svg>")?;
    if let Some(problem) = pieces(&text).iter().find_map(problem) {
        return Err(problem);
    }
    if css_addresses(&text).iter().any(|(_, url)| !is_within(url)) {
        return Err("refers to another file");
    }
    let attributes = root_attributes(root)?;
    let rest = rest.trim().lines().map(str::trim).collect::<Vec<_>>().join(" ");
    Ok(format!(
        r#"<svg role="img" aria-label="{}"{attributes}>{}"#,
        escape(alt),
        rest.trim()
    ))
}

fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    (out + rest).replace("<![CDATA[", "").replace("]]>", "")
}

/// Splits `<tag …>rest` behind the tag; a quoted value may hold a `>`.
fn after_tag(text: &str) -> Option<(&str, &str)> {
    let mut quote = None;
    for (index, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(text.split_at(index + 1)),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

fn problem(piece: &Piece) -> Option<&'static str> {
    let Piece::Open { name, attributes, .. } = piece else { return None };
    let is_handler = |name: &String| name.starts_with("on");
    if name == "script" || attributes.keys().any(is_handler) {
        return Some("holds a script");
    }
    let links = ["href", "xlink:href", "src"]
        .iter()
        .filter_map(|name| attributes.get(*name));
    links
        .into_iter()
        .any(|url| !is_within(url))
        .then_some("refers to another file")
}

fn is_within(url: &str) -> bool {
    url.starts_with('#') || url.starts_with("data:")
}

/// The attributes of the outermost tag, without a size of its own.
fn root_attributes(tag: &str) -> Result<String, &'static str> {
    let found = pieces(tag);
    let Some(Piece::Open { attributes, .. }) = found.first() else {
        return Err("has no <svg>");
    };
    if !attributes.contains_key("viewbox") {
        return Err("has no viewBox");
    }
    Ok(kept(attributes)
        .map(|(name, value)| format!(r#" {name}="{}""#, escape(value)))
        .collect())
}

fn kept(
    attributes: &BTreeMap<String, String>,
) -> impl Iterator<Item = (&str, &String)> {
    let dropped = ["width", "height", "role", "aria-label", "version"];
    let kept = attributes
        .iter()
        .filter(move |(name, _)| !dropped.contains(&name.as_str()));
    // The tokenizer writes all names small.
    kept.map(|(name, value)| match name.as_str() {
        "viewbox" => ("viewBox", value),
        "preserveaspectratio" => ("preserveAspectRatio", value),
        name => (name, value),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_is_one_line_without_a_size() {
        let text = concat!(
            "<?xml version=\"1.0\"?>\n<!-- a\n\nb -->\n",
            "<svg width=\"640\" height=\"480\" viewBox=\"0 0 640 480\">\n\n<text>\nhi\n</text>\n</svg>\n",
        );
        assert_eq!(
            inlined(text, "a \"b\"").as_deref(),
            Ok(concat!(
                r#"<svg role="img" aria-label="a &#34;b&#34;" viewBox="0 0 640 480">"#,
                "<text> hi </text> </svg>"
            ))
        );
    }

    #[test]
    fn a_drawing_stands_alone() {
        for (inside, problem) in [
            ("<script>1</script>", "holds a script"),
            ("<image href='a.png'/>", "refers to another file"),
            ("<use xlink:href='b.svg#c'/>", "refers to another file"),
            ("<style>a { fill: url(c.svg) }</style>", "refers to another file"),
        ] {
            let text = format!("<svg viewBox='0 0 1 1'>{inside}</svg>");
            assert_eq!(inlined(&text, "x"), Err(problem), "{inside}");
        }
        assert!(
            inlined("<svg viewBox='0 0 1 1'><use href='#a'/></svg>", "x")
                .is_ok()
        );
        assert_eq!(inlined("<svg><g/></svg>", "x"), Err("has no viewBox"));
    }

    #[test]
    fn a_title_keeps_its_backslashes() {
        for (image, title) in [
            (
                r#"![a](b.svg "x $`\hat{y} \, z`$ (c)")"#,
                r"x $`\hat{y} \, z`$ (c)",
            ),
            (r#"![a](b.svg 'say "so"')"#, r#"say "so""#),
            (r#"![a](b.svg "say \"so\"")"#, r#"say "so""#),
            ("![a](b.svg)", ""),
        ] {
            assert_eq!(raw_title(image), title);
        }
    }

    #[test]
    fn figures_are_counted_within_a_chapter() {
        assert_eq!(label(Path::new("book/en"), Some("2"), 1), "Figure 2.1.");
        assert_eq!(label(Path::new("book/en"), None, 1), "Figure.");
        assert_eq!(label(Path::new("book/zh"), Some("2"), 3), "图 2.3");
    }
}
