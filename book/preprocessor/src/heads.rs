//! What a page says of itself to those who have not opened it: its title, and a
//! sentence or two for a search engine.

use crate::html::escape;
use crate::markdown::{Placed, events, extent, plain_text};
use pulldown_cmark::{Event, HeadingLevel, Tag};

/// How long a description may be; a search engine shows no more.
const LONGEST: usize = 200;

/// The text of the first heading of a page.
pub fn title(markdown: &str) -> Option<String> {
    let events = events(markdown);
    let is_first = |(event, _): &Placed<'_>| {
        matches!(
            event,
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. })
        )
    };
    let at = events.iter().position(is_first)?;
    let heading = &events[at..at + extent(&events[at..])];
    Some(plain_text(heading).trim().to_owned())
}

/// The question that a page opens with, or the first sentences of its text.
pub fn description(markdown: &str) -> Option<String> {
    if let Some((_, rest)) = markdown.split_once(r#"<p class="question">"#) {
        return rest.split_once("</p>").map(|(it, _)| plain(it.trim()));
    }
    let events = events(markdown);
    let starts = (0..events.len()).filter(|&at| {
        matches!(events[at].0, Event::Start(Tag::Paragraph))
            // The times to read and to do.
            && !matches!(events.get(at + 1), Some((Event::Start(Tag::Emphasis), _)))
    });
    let texts = starts.map(|at| {
        let paragraph = &events[at..at + extent(&events[at..])];
        plain(&plain_text(paragraph))
    });
    let text = texts.into_iter().find(|text| text.len() > 40)?;
    Some(shortened(&text))
}

/// A text without the dollars of its formulas and without ends of lines.
fn plain(text: &str) -> String {
    let text = text.replace("$`", "").replace("`$", "").replace(['$', '`'], "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// As many whole sentences as fit, or as many words of the first.
fn shortened(text: &str) -> String {
    let fits = |end: &usize| *end <= LONGEST;
    let ends = text.match_indices(". ").map(|(at, _)| at + 1);
    let ends = ends.chain([text.len()]).filter(fits);
    if let Some(end) = ends.max() {
        return text[..end].to_owned();
    }
    let words = text.match_indices(' ').map(|(at, _)| at);
    let end = words.filter(fits).max().unwrap_or(text.len());
    format!("{} …", text[..end].trim_end_matches([',', ';', ':']))
}

/// The elements of the page's head, for the theme; `live` names the bundles
/// that its live figures need.
pub fn html(title: &str, book: &str, description: &str, live: &str) -> String {
    let whole = match title == book {
        true => title.to_owned(),
        false => format!("{title} – {book}"),
    };
    let [title, whole, description, book] =
        [title, &whole, description, book].map(attribute);
    let mut html = format!(
        concat!(
            r#"<title>{}</title><meta name="description" content="{}">"#,
            r#"<meta property="og:type" content="article">"#,
            r#"<meta property="og:site_name" content="{}">"#,
            r#"<meta property="og:title" content="{}">"#,
            r#"<meta property="og:description" content="{}">"#,
        ),
        whole, description, book, title, description
    );
    if !live.is_empty() {
        html += &format!(r#"<meta name="live" content="{live}">"#);
    }
    html
}

/// A text in an attribute, and in a directive, which no `}` may end.
fn attribute(text: &str) -> String {
    escape(text).replace('}', "&#125;")
}

/// Chapters show their number above their title; its id stays that of the
/// title alone.
pub fn with_number(markdown: &str, number: &str) -> String {
    let Some(title) = title(markdown) else { return markdown.to_owned() };
    let heading = format!("# {title}\n");
    let id = title.to_lowercase().replace(' ', "-");
    let id: String = id
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    let numbered = format!(
        "# <span class=\"chapter-number\">{number}</span> {title} {{#{id}}}\n"
    );
    markdown.replacen(&heading, &numbered, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_what_it_is_about() {
        let long = "First things are said first here. ".repeat(8);
        for (text, expected) in [
            (
                "# A\n\n*About 1 minute.*\n\n<p class=\"question\">Why $`x`$?</p>\n\nText.\n",
                "Why x?",
            ),
            (
                "# A\n\n*About 1 minute.*\n\nA page that has\n$`w`$ and `code` in one sentence of its text.\n",
                "A page that has w and code in one sentence of its text.",
            ),
            (&long, &long.trim()[..203 - 34]),
        ] {
            assert_eq!(description(text).as_deref(), Some(expected));
        }
        assert_eq!(description("# A\n\n- b\n"), None);
        let words = "word ".repeat(50);
        let cut = description(&words).unwrap();
        assert!(cut.ends_with("word …") && cut.len() < 206, "{cut}");
    }

    #[test]
    fn a_chapter_has_its_number_and_keeps_its_id() {
        let text = "# In a `frame`, and out\n\nText.\n";
        let plain = "# In a frame, and out\n\nText.\n";
        assert_eq!(with_number(text, "9"), text);
        assert_eq!(
            with_number(plain, "9"),
            "# <span class=\"chapter-number\">9</span> In a frame, and out {#in-a-frame-and-out}\n\nText.\n"
        );
    }

    #[test]
    fn a_head_is_safe_in_a_directive() {
        let html = html("a \"b\" }}", "c", "d", "live module");
        assert!(!html.contains('}') && html.contains("a &#34;b&#34;"));
        assert!(html.contains("content=\"live module\""));
    }
}
