//! Works that are cited: each has its entry in the bibliography, of the same
//! authors and the same year, and every entry is cited.

use std::collections::BTreeMap;

use chainrule_book::markdown::{self, extent, plain_text};
use pulldown_cmark::{CowStr, Event, Tag};

use crate::{assert_none, files, read};

const BIBLIOGRAPHY: &str = "book/en/bibliography.md";

/// `Cohen et al. 2021` for `Cohen et al. (2021)`, as for `Cohen et al., 2021`.
fn plain(name: &str) -> String {
    name.replace([',', '(', ')'], "")
}

/// What each entry is called, under its id, and the ids that are not those of
/// the first author and the year.
fn entries(text: &str) -> (BTreeMap<String, String>, Vec<String>) {
    let (mut entries, mut faults) = (BTreeMap::new(), Vec::new());
    let events = markdown::events(text);
    for (at, (event, _)) in events.iter().enumerate() {
        let Event::Start(Tag::Heading { id: Some(id), .. }) = event else {
            continue;
        };
        let name = plain_text(&events[at..at + extent(&events[at..])]);
        let name = plain(&name);
        let words = || name.split_whitespace();
        let (first, year) = (words().next(), words().next_back());
        let right = first
            .zip(year)
            .map(|(first, year)| format!("{}-{year}", first.to_lowercase()));
        if right.as_deref() != Some(id) {
            faults.push(format!("{BIBLIOGRAPHY}: {name} has the id {id}"));
        }
        entries.insert(id.to_string(), name);
    }
    (entries, faults)
}

/// A citation: the id it leads to, its text, and the text before it.
struct Citation {
    id: String,
    text: String,
    before: String,
}

/// The citations of a page, and what stands between them.
fn citations(page: &str) -> (Vec<Citation>, String) {
    let (mut found, mut prose) = (Vec::new(), String::new());
    let events = markdown::events(page);
    let mut at = 0;
    while let Some((event, _)) = events.get(at) {
        let taken = extent(&events[at..]);
        match event {
            Event::Start(Tag::CodeBlock(_)) => at += taken,
            Event::Start(Tag::Link { dest_url, .. })
                if id(dest_url).is_some() =>
            {
                found.push(Citation {
                    id: id(dest_url).unwrap_or_default().to_owned(),
                    text: plain(&plain_text(&events[at..at + taken])),
                    before: prose.clone(),
                });
                prose.push('…');
                at += taken;
            }
            _ => {
                prose.push_str(match event {
                    Event::Text(text) => text,
                    Event::SoftBreak => " ",
                    Event::End(_) => "\n",
                    _ => "",
                });
                at += 1;
            }
        }
    }
    (found, prose)
}

fn id<'a>(url: &'a CowStr<'_>) -> Option<&'a str> {
    url.split_once("bibliography.md#").map(|(_, id)| id)
}

/// What is wrong with a citation: its text is the entry's name; or it is the
/// year alone, and the first author stands in the sentence before it.
fn problem(
    citation: &Citation,
    entries: &BTreeMap<String, String>,
) -> Option<String> {
    let Citation { id, text, before } = citation;
    let Some(name) = entries.get(id) else {
        return Some(format!("{text} leads to {id}, which is no entry"));
    };
    let (authors, year) = name.rsplit_once(' ')?;
    let author = authors.split(' ').next()?;
    let sentence = before.rsplit(['\n', '.']).next()?;
    let is_named = text == year && sentence.contains(author);
    (text != name && !is_named).then(|| format!("{text} should be {name}"))
}

/// The years in a text that look like a citation without a link: behind a
/// name, `Hinton et al. (2012)`, `(Welford, 1962)`.
fn unlinked(prose: &str) -> Vec<String> {
    let words: Vec<&str> = prose.split([' ', '\n']).collect();
    let pairs = words.windows(2).filter(|pair| {
        let name = pair[0].trim_start_matches('(');
        let year = pair[1].trim_matches(|c: char| !c.is_ascii_digit());
        let is_year = year.len() == 4
            && (year.starts_with("19") || year.starts_with("20"))
            && year.chars().all(|c| c.is_ascii_digit());
        let in_brackets = pair[1].contains(')');
        let is_name =
            name.starts_with(char::is_uppercase) || name.starts_with("al.");
        is_year && in_brackets && is_name
    });
    pairs.map(|pair| pair.join(" ")).collect()
}

/// Everything that is wrong with the citations of these pages.
fn faults(bibliography: &str, pages: &[(String, String)]) -> Vec<String> {
    let (entries, mut faults) = entries(bibliography);
    let mut cited = Vec::new();
    for (name, page) in pages {
        let (citations, prose) = citations(page);
        let wrong = citations.iter().filter_map(|it| problem(it, &entries));
        let unlinked = unlinked(&prose).into_iter();
        let unlinked =
            unlinked.map(|it| format!("{it} has no link to its entry"));
        faults.extend(wrong.chain(unlinked).map(|it| format!("{name}: {it}")));
        cited.extend(citations.into_iter().map(|it| it.id));
    }
    let idle = entries.keys().filter(|id| !cited.contains(id));
    faults.extend(idle.map(|id| format!("{BIBLIOGRAPHY}: no page cites {id}")));
    faults
}

#[test]
fn citations_are_of_entries_and_entries_are_cited() {
    let pages = files("book/en", ".md").into_iter();
    let pages = pages.chain(files("book/en/answers", ".md"));
    let pages = pages.filter(|page| !page.ends_with("bibliography.md"));
    let pages: Vec<_> =
        pages.map(|page| (page.display().to_string(), read(&page))).collect();
    assert_none(&faults(&read(BIBLIOGRAPHY), &pages));
}

#[test]
fn every_wrong_citation_is_found() {
    let entries = "### Gal & Li (2016) {#gal-2016}\n";
    let link = |text: &str, id: &str| format!("[{text}](bibliography.md#{id})");
    let right = [
        link("Gal & Li (2016)", "gal-2016"),
        format!("({})", link("Gal & Li, 2016", "gal-2016")),
        format!("As Gal and Li ({}) say.", link("2016", "gal-2016")),
        format!(
            "{} In May 2019, and [0, 2000).",
            link("Gal & Li, 2016", "gal-2016")
        ),
    ];
    let found = |entries: &str, page: &str| {
        faults(entries, &[("a.md".to_owned(), page.to_owned())])
    };
    for page in right {
        assert_none(&found(entries, &page));
    }
    let cited = link("Gal & Li, 2016", "gal-2016");
    for (page, expected) in [
        (
            link("Gal & Li (2017)", "gal-2016"),
            "a.md: Gal & Li 2017 should be Gal & Li 2016",
        ),
        (
            link("Li (2016)", "gal-2016"),
            "a.md: Li 2016 should be Gal & Li 2016",
        ),
        (
            format!("Gal. So ({})", link("2016", "gal-2016")),
            "a.md: 2016 should be Gal & Li 2016",
        ),
        (
            cited.clone() + &link("Gal & Li, 2016", "li-2016"),
            "a.md: Gal & Li 2016 leads to li-2016, which is no entry",
        ),
        (
            cited.clone() + " and (Welford, 1962)",
            "a.md: (Welford, 1962) has no link to its entry",
        ),
        (
            cited.clone() + " and Hinton et al. (2012)",
            "a.md: al. (2012) has no link to its entry",
        ),
        (String::new(), "book/en/bibliography.md: no page cites gal-2016"),
    ] {
        assert_eq!(found(entries, &page), [expected]);
    }
    let renamed = entries.replace("(2016)", "(2015)");
    let page = link("Gal & Li (2015)", "gal-2016");
    assert_eq!(
        found(&renamed, &page),
        ["book/en/bibliography.md: Gal & Li 2015 has the id gal-2016"]
    );
}
