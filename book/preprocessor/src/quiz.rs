//! Quizzes: a question, and choices that tell when they are opened whether they
//! are right, and why.

use crate::anchors::indentation;
use crate::faults::Refusal;
use crate::html::inline;
use crate::markdown::{Placed, events};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

/// A quiz, as Markdown.
#[derive(Debug)]
pub struct Quiz {
    question: Piece,
    choices: Vec<Choice>,
}

#[derive(Debug)]
struct Choice {
    is_right: bool,
    text: Piece,
    reason: Piece,
}

/// A part of a quiz, and the byte that it begins at.
#[derive(Debug)]
struct Piece {
    markdown: String,
    start: usize,
}

impl Piece {
    fn new(text: &str, place: Range<usize>) -> Self {
        Piece { markdown: dedented(&text[place.clone()]), start: place.start }
    }
}

impl Quiz {
    /// Reads what stands between the marks of a quiz. Its name says which of the
    /// choices comes first: people seldom put the right one there.
    pub fn read(name: &str, text: &str) -> Result<Self, Refusal> {
        let refuse = |problem| Err(Refusal::Quiz(problem));
        let events = events(text);
        let is_list = |(event, _): &Placed<'_>| {
            matches!(event, Event::Start(Tag::List(None)))
        };
        let Some(at) = events.iter().position(is_list) else {
            return refuse("has no list of choices");
        };
        let list = events[at].1.clone();
        if !text[list.end..].trim().is_empty() {
            return refuse("goes on behind its choices");
        }
        let question = Piece::new(text, 0..list.start);
        if question.markdown.trim().is_empty() {
            return refuse("has no question");
        }
        let mut choices = Vec::new();
        let mut rest = &events[at + 1..];
        while let Some((Event::Start(Tag::Item), place)) = rest.first() {
            let within = rest.partition_point(|it| it.1.start < place.end);
            choices.push(Choice::read(text, &rest[..within])?);
            rest = &rest[within..];
        }
        match choices.iter().filter(|it| it.is_right).count() {
            _ if choices.len() < 2 => refuse("has fewer than two choices"),
            0 => refuse("has no right answer: mark one as [x]"),
            1 => {
                let turn = name.bytes().map(usize::from).sum::<usize>();
                let turn = turn % choices.len();
                choices.rotate_left(turn);
                Ok(Quiz { question, choices })
            }
            _ => refuse("has several right answers: mark one as [x]"),
        }
    }

    /// The quiz as a block of HTML. `html` makes it of Markdown, and is told
    /// at which byte of the quiz that begins; `last` stands below the choices.
    pub fn html(
        &self,
        name: &str,
        last: &str,
        html: impl FnMut(&str, usize) -> String,
    ) -> String {
        let (question, choices) = self.parts(html, |text, reason| {
            format!("<details><summary>{text}</summary>{reason}</details>")
        });
        format!(
            r#"<div class="quiz" id="quiz-{name}" role="group" aria-labelledby="ask-{name}"><div class="ask" id="ask-{name}"><p class="quiz-label">Quiz</p>{question}</div>{choices}{last}</div>"#
        )
    }

    /// The question and every choice with its reason, nothing folded.
    pub fn answers(&self, html: impl FnMut(&str, usize) -> String) -> String {
        let (question, choices) =
            self.parts(html, |text, reason| format!("<p>{text}</p>{reason}"));
        format!("{question}{choices}")
    }

    /// The HTML of the question, and that of the list of choices.
    fn parts(
        &self,
        mut html: impl FnMut(&str, usize) -> String,
        choice: impl Fn(&str, &str) -> String,
    ) -> (String, String) {
        let question = html(&self.question.markdown, self.question.start);
        let choices = self.choices.iter().map(|it| {
            let text = html(&it.text.markdown, it.text.start);
            let (reason, start) = it.reason();
            let verdict = if it.is_right { "is-right" } else { "is-wrong" };
            let reason = format!(
                r#"<div class="reason {verdict}">{}</div>"#,
                html(&reason, start)
            );
            format!("<li>{}</li>", choice(inline(&text), &reason))
        });
        let choices: String = choices.collect();
        (question, format!(r#"<ol class="choices">{choices}</ol>"#))
    }

    /// The question, as Markdown.
    pub fn question(&self) -> &str {
        &self.question.markdown
    }
}

impl Choice {
    /// Reads an item of the list of choices.
    fn read(text: &str, item: &[Placed<'_>]) -> Result<Self, Refusal> {
        let refuse = |problem| Err(Refusal::Quiz(problem));
        let (is_right, after) = match item.get(1..3) {
            Some([(Event::Start(Tag::Paragraph), _), (marker, place)]) => {
                match marker {
                    Event::TaskListMarker(is_right) => (*is_right, place.end),
                    _ => return refuse("has a choice without [ ] or [x]"),
                }
            }
            _ => return refuse("has a choice without a reason below it"),
        };
        let is_end = |(event, _): &&Placed<'_>| {
            matches!(event, Event::End(TagEnd::Paragraph))
        };
        let end = item.iter().find(is_end).map_or(after, |it| it.1.end);
        let reason = Piece::new(text, end..item[0].1.end);
        if reason.markdown.trim().is_empty() {
            return refuse("has a choice without a reason below it");
        }
        let text = Piece::new(text, after..end);
        Ok(Choice { is_right, text, reason })
    }

    /// The reason with the verdict before it, and the byte it begins at. The
    /// verdict takes no line of its own, so that lines keep their numbers.
    fn reason(&self) -> (String, usize) {
        let verdict = if self.is_right { "Right." } else { "Not quite." };
        let reason = self.reason.markdown.trim_start_matches('\n');
        let above = self.reason.markdown.len() - reason.len();
        (format!("**{verdict}** {reason}"), self.reason.start + above)
    }
}

/// A text without the indentation that its lines share.
fn dedented(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let margin = lines.map(indentation).min().unwrap_or(0);
    let cut = |line: &str| line.get(margin..).unwrap_or("").to_owned();
    text.lines().map(cut).collect::<Vec<_>>().join("\n")
}
