//! Figures: a drawing or a table in the page itself, with number and caption.

use crate::book::Book;
use crate::faults::Refusal;
use crate::html::{Tag, escape, tags};
use crate::markdown::{Placed, extent};
use crate::page::Page;
use crate::paths;
use crate::remote::css_addresses;
use pulldown_cmark::{Event, Tag as Markdown};
use std::ops::Range;
use std::path::Path;

/// The file, and the bytes, of a drawing that is all of the paragraph that
/// begins at `events[0]`.
pub fn alone<'a>(
    events: &'a [Placed<'_>],
) -> Option<(&'a str, &'a Range<usize>)> {
    let (Event::Start(Markdown::Image { dest_url, .. }), place) =
        events.get(1)?
    else {
        return None;
    };
    let ends = extent(events) == extent(&events[1..]) + 2;
    let known = [".svg", ".html"].iter().any(|it| dest_url.ends_with(it));
    (ends && known).then_some((dest_url, place))
}

/// The last figure of a page so far, drawn in `file`, as one line of HTML.
pub fn html(
    book: &Book,
    page: &Page,
    file: &str,
    svg: &str,
    caption: &str,
) -> String {
    let id = Path::new(file).file_stem().unwrap_or_default();
    let id = id.to_string_lossy();
    let caption = caption.trim().replace('\n', " ");
    if caption.is_empty() {
        return format!(r#"<figure id="fig-{id}">{svg}</figure>"#); // the cover
    }
    let label = label(&book.src, page.number.as_deref(), page.figures);
    format!(
        r#"<figure id="fig-{id}">{svg}<figcaption><span class="figno">{label}</span> {caption}</figcaption></figure>"#
    )
}

/// "Figure 2.1." in the chapter with that number, "Figure." in one without.
fn label(src: &Path, chapter: Option<&str>, figure: usize) -> String {
    let chinese = src.ends_with("zh");
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
    let target = target.trim_end().trim_end_matches(')').trim_end();
    let Some(quote) = target.chars().last().filter(|c| "\"'".contains(*c))
    else {
        return String::new();
    };
    let title = target.strip_suffix(quote).unwrap_or(target);
    let title = title.split_once(quote).map_or("", |(_, title)| title);
    title.replace(&format!("\\{quote}"), &quote.to_string())
}

/// The drawing as one line of HTML that takes the width it is given, and after
/// it the one for a narrow page, `name.narrow.svg`, if there is one. The style
/// sheet shows one of the two; so one of them is read aloud.
pub fn svg(
    book: &Book,
    page: &Path,
    file: &str,
    alt: &str,
) -> Result<String, Refusal> {
    let read = |file: &str| {
        let path = paths::resolve(&book.src.join(page), file)?;
        std::fs::read_to_string(book.root.join(path)).ok()
    };
    let drawing = |file: &str, text: &str, class| {
        inlined(text, alt, class)
            .map_err(|problem| Refusal::BadFigure(file.to_owned(), problem))
    };
    let missing = || Refusal::MissingFigure(file.to_owned());
    let wide = read(file).ok_or_else(missing)?;
    let name = format!("{}.narrow.svg", file.trim_end_matches(".svg"));
    match read(&name) {
        Some(narrow) => Ok(drawing(file, &wide, r#" class="drawn-wide""#)?
            + &drawing(&name, &narrow, r#" class="drawn-narrow""#)?),
        None => drawing(file, &wide, ""),
    }
}

fn inlined(text: &str, alt: &str, class: &str) -> Result<String, &'static str> {
    let found: Vec<Tag> = tags(text).collect();
    let root =
        found.iter().find(|tag| tag.name == "svg").ok_or("has no <svg>")?;
    if let Some(problem) = found.iter().find_map(problem) {
        return Err(problem);
    }
    if css_addresses(text).iter().any(|(_, url)| !is_within(url)) {
        return Err("refers to another file");
    }
    if root.get("viewbox").is_empty() {
        return Err("has no viewBox");
    }
    let rest = text[root.place.end..].trim().lines().map(str::trim);
    let rest = rest.collect::<Vec<_>>().join(" ");
    Ok(format!(
        r#"<svg role="img" aria-label="{}"{class}{}>{}"#,
        escape(alt),
        kept(root),
        rest.trim()
    ))
}

/// A table as one line of HTML, named for those who do not see it.
pub fn table(
    book: &Book,
    page: &Path,
    file: &str,
    alt: &str,
) -> Result<String, Refusal> {
    let path = paths::resolve(&book.src.join(page), file);
    let text = path
        .and_then(|path| std::fs::read_to_string(book.root.join(path)).ok());
    let text = text.ok_or_else(|| Refusal::MissingFigure(file.to_owned()))?;
    named(&text, alt)
        .map_err(|problem| Refusal::BadFigure(file.to_owned(), problem))
}

fn named(text: &str, alt: &str) -> Result<String, &'static str> {
    let rest = text.trim().strip_prefix("<table").ok_or("is no <table>")?;
    tags(text).find_map(|tag| problem(&tag)).map_or(Ok(()), Err)?;
    let rest: String = rest.lines().map(str::trim).collect();
    Ok(format!(r#"<table aria-label="{}" {rest}"#, escape(alt)))
}

fn problem(tag: &Tag) -> Option<&'static str> {
    let has_handler = tag.attributes.keys().any(|it| it.starts_with("on"));
    if tag.name == "script" || has_handler {
        return Some("holds a script");
    }
    let mut links =
        ["href", "xlink:href", "src"].map(|it| tag.get(it)).into_iter();
    links.any(|url| !is_within(url)).then_some("refers to another file")
}

fn is_within(url: &str) -> bool {
    url.is_empty() || url.starts_with('#') || url.starts_with("data:")
}

/// The attributes of the outermost tag, without a size of its own.
fn kept(root: &Tag) -> String {
    let dropped = ["width", "height", "role", "aria-label", "version"];
    let kept = root.attributes.iter();
    let kept = kept.filter(|(name, _)| !dropped.contains(&name.as_str()));
    kept.map(|(name, value)| {
        // The tokenizer writes all names small.
        let name = match name.as_str() {
            "viewbox" => "viewBox",
            "preserveaspectratio" => "preserveAspectRatio",
            name => name,
        };
        format!(r#" {name}="{}""#, escape(value))
    })
    .collect()
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_is_one_line_without_a_size() {
        let text = concat!(
            "<?xml version=\"1.0\"?>\n<!-- <svg> -->\n",
            "<svg width=\"6\" height=\"4\" viewBox=\"0 0 6 4\">\n\n<text>\nhi\n</text>\n</svg>\n",
        );
        let line = r#"<svg role="img" aria-label="a &#34;b&#34;" viewBox="0 0 6 4"><text> hi </text> </svg>"#;
        let drawing = inlined(text, "a \"b\"", "");
        assert_eq!(drawing, Ok(line.to_owned()));
        assert_eq!(inlined("<p>", "x", ""), Err("has no <svg>"));
    }

    #[test]
    fn a_title_keeps_its_backslashes() {
        for (image, title) in [
            (r#"![a](b "x $`\hat{y} \, z`$ (c)")"#, r"x $`\hat{y} \, z`$ (c)"),
            (r#"![a](b.svg 'say "so"')"#, r#"say "so""#),
            (r#"![a](b.svg "say \"so\"")"#, r#"say "so""#),
            ("![a](b.svg)", ""),
        ] {
            assert_eq!(raw_title(image), title);
        }
    }

    #[test]
    fn figures_are_counted_within_a_chapter() {
        let (en, zh) = (Path::new("book/en"), Path::new("book/zh"));
        assert_eq!(label(en, Some("2"), 1), "Figure 2.1.");
        assert_eq!(label(en, None, 1), "Figure.");
        assert_eq!(label(zh, Some("2"), 3), "图 2.3");
    }
}
