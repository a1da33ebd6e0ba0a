//! Comments that mean something: `<!-- exercise: name -->`, and pairs of them,
//! `<!-- quiz: name -->` … `<!-- /quiz -->`.

use crate::faults::Refusal;
use std::collections::BTreeSet;
use std::ops::Range;

const KINDS: [&str; 6] =
    ["exercise", "rung", "answer", "/answer", "quiz", "/quiz"];

/// One such comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark<'a> {
    /// `exercise`, `/quiz` and so on.
    pub kind: &'a str,
    /// The name behind the colon; nothing in a mark that closes.
    pub name: &'a str,
    /// The bytes it takes up.
    pub place: Range<usize>,
}

/// Every mark of a text, well formed or not.
pub fn all(text: &str) -> impl Iterator<Item = Mark<'_>> {
    text.match_indices("<!--").filter_map(|(start, opening)| {
        let inside = &text[start + opening.len()..];
        let line = inside.lines().next().unwrap_or_default();
        let (words, end) = match inside.split_once("-->") {
            Some((words, _)) => (words, words.len() + "-->".len()),
            None => (line, line.len()),
        };
        let words = words.trim();
        let kind = words.split([':', ' ']).next()?;
        let name = words[kind.len()..].trim_start_matches(':').trim();
        let place = start..start + opening.len() + end;
        KINDS.contains(&kind).then_some(Mark { kind, name, place })
    })
}

/// What stands between two marks.
#[derive(Debug)]
pub struct Block<'a> {
    /// The mark that opens it.
    pub open: Mark<'a>,
    /// The bytes between the marks.
    pub inside: Range<usize>,
    /// The bytes it takes up with its marks.
    pub place: Range<usize>,
}

/// The blocks of one kind, `answer` or `quiz`.
pub fn blocks<'a>(text: &'a str, kind: &str) -> Vec<Block<'a>> {
    let mut open = None;
    let mut blocks = Vec::new();
    for mark in all(text) {
        if mark.kind == kind {
            open = Some(mark);
        } else if mark.kind.strip_prefix('/') == Some(kind)
            && let Some(open) = open.take()
        {
            let inside = open.place.end..mark.place.start;
            let place = open.place.start..mark.place.end;
            blocks.push(Block { open, inside, place });
        }
    }
    blocks
}

/// What is wrong with the marks themselves: their form, a name that is there
/// twice, a block that is not closed or not open.
pub fn faults(text: &str) -> Vec<(usize, Refusal)> {
    let mut found = Vec::new();
    let mut names = BTreeSet::new();
    let mut open: Option<Mark<'_>> = None;
    for mark in all(text) {
        let Mark { kind, name, .. } = mark;
        let at = mark.place.start;
        if !is_well_formed(text, &mark) {
            found.push((at, Refusal::BadMark));
        } else if !name.is_empty() && !names.insert((kind, name)) {
            let (kind, name) = (kind.to_owned(), name.to_owned());
            found.push((at, Refusal::DuplicateMark(kind, name)));
        }
        let closes = kind.strip_prefix('/');
        if closes.is_none() && !is_block(kind) {
            continue;
        }
        let before = open.take();
        if let Some(before) =
            before.as_ref().filter(|it| Some(it.kind) != closes)
        {
            let kind = before.kind.to_owned();
            found.push((before.place.start, Refusal::NotClosed(kind)));
        }
        match closes {
            None => open = Some(mark),
            Some(kind) if before.is_none() => {
                found.push((at, Refusal::NotOpen(kind.to_owned())));
            }
            Some(_) => {}
        }
    }
    if let Some(Mark { kind, place, .. }) = open {
        found.push((place.start, Refusal::NotClosed(kind.to_owned())));
    }
    found
}

fn is_block(kind: &str) -> bool {
    matches!(kind, "answer" | "quiz")
}

/// Whether a mark is written as it should be; one that opens or closes a block
/// stands alone on its line.
fn is_well_formed(text: &str, mark: &Mark<'_>) -> bool {
    let Mark { kind, name, place } = mark;
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    let is_named = !name.is_empty() && name.chars().all(plain);
    let written = &text[place.clone()];
    if !is_block(kind.trim_start_matches('/')) {
        return is_named && written == format!("<!-- {kind}: {name} -->");
    }
    let line = text[..place.start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[line..].lines().next().unwrap_or_default();
    match kind.strip_prefix('/') {
        Some(_) => line == format!("<!-- {kind} -->"),
        None => is_named && line == format!("<!-- {kind}: {name} -->"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_comments_of_known_kinds() {
        let text = "<!-- quiz: b-c -->\nx\n<!-- /quiz --> <!-- why -->";
        let found: Vec<_> = all(text).map(|it| (it.kind, it.name)).collect();
        assert_eq!(found, [("quiz", "b-c"), ("/quiz", "")]);
        assert_eq!(blocks(text, "quiz")[0].inside, 18..21);
    }
}
