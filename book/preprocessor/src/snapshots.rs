//! The recorded outputs in tests/snapshots, and the measurements of one day in
//! book/measurements: excerpts of them, and single numbers.

use crate::directives::{Directive, Word};
use crate::excerpts::columns;
use crate::faults::Refusal;
use crate::html::escape;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

const OUTPUT: &str =
    r#"{{#output NAME}} or {{#output NAME from="text" to="text"}}"#;
const NUMBER: &str =
    r#"{{#number NAME "label"}} or {{#number NAME "label" column}}"#;

/// How the name of a measurement begins: `measured/ch07_speed`.
const MEASURED: &str = "measured/";

/// Where the measurements are, as `NAME.txt`.
pub const MEASUREMENTS: &str = "book/measurements";

/// The measurement that a directive names, if it names one.
pub fn measurement(directive: &Directive) -> Option<&str> {
    directive.words.first()?.value.strip_prefix(MEASURED)
}

/// What a command printed, without the header of a snapshot.
struct Record {
    name: String,
    lines: Vec<String>,
    /// How many lines stand above what was printed: the command; and in a
    /// measurement the day and the machine.
    head: usize,
}

impl Record {
    fn read(root: &Path, name: &str) -> Result<Self, Refusal> {
        let (stem, file, head) = match name.strip_prefix(MEASURED) {
            Some(stem) => (stem, format!("{MEASUREMENTS}/{stem}.txt"), 2),
            None => (name, format!("tests/snapshots/{name}.snap"), 1),
        };
        let plain = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
        let text = std::fs::read_to_string(root.join(&file)).ok();
        let text = text.filter(|_| stem.chars().all(plain));
        let text = text.ok_or(Refusal::MissingOutput(file))?;
        let header = text.strip_prefix("---\n");
        let parts = header.and_then(|text| text.split_once("\n---\n"));
        let body = parts.map_or(text.as_str(), |(_, body)| body).trim_end();
        let lines = body.lines().map(str::to_owned).collect();
        let record = Record { name: name.to_owned(), lines, head };
        if !body.starts_with("$ ") {
            let problem = "does not begin with its command, $ cargo …";
            return Err(record.refuse(problem));
        }
        if head == 2 && !record.lines.get(1).is_some_and(|it| is_dated(it)) {
            let problem = "has no second line that reads: measured on YYYY-MM-DD, and where";
            return Err(record.refuse(problem));
        }
        Ok(record)
    }

    fn refuse(&self, problem: impl Into<String>) -> Refusal {
        Refusal::BadOutput(self.name.clone(), problem.into())
    }

    /// The index of the one line below the head that holds `text`.
    fn the_line(&self, key: &str, text: &str) -> Result<usize, Refusal> {
        let below = self.lines.iter().enumerate().skip(self.head);
        let found: Vec<_> = below.filter(|(_, it)| it.contains(text)).collect();
        match found.as_slice() {
            [(index, _)] => Ok(*index),
            [] => Err(self.refuse(format!("has no line containing {text:?}"))),
            more => {
                let line = |(i, it): &(usize, &String)| {
                    format!("{} {:?}", i + 1, it.trim())
                };
                let lines = more.iter().map(line).collect::<Vec<_>>();
                Err(self.refuse(format!(
                    "has {} lines that fit {key}={text:?}, write more of the one that is meant: {}",
                    more.len(), lines.join(", ")
                )))
            }
        }
    }
}

/// `measured on 2026-01-31, ` and where.
fn is_dated(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("measured on ") else { return false };
    let Some((day, machine)) = rest.split_once(", ") else { return false };
    let digits = |c: char| if c.is_ascii_digit() { '0' } else { c };
    let shape: String = day.chars().map(digits).collect();
    shape == "0000-00-00" && !machine.trim().is_empty()
}

/// A line of an output: its name, and the line's index.
pub type Line = (String, usize);

/// The id of a line that a number leads to.
pub fn id((name, index): &Line) -> String {
    format!("line-{}-{}", name.replace('/', "-"), index + 1)
}

/// The lines that `{{#output …}}` shows, beside those of the head.
fn shown(
    root: &Path,
    directive: &Directive,
) -> Result<(Record, Range<usize>), Refusal> {
    let usage = Refusal::Usage(OUTPUT);
    let [name, limits @ ..] = directive.words.as_slice() else {
        return Err(usage);
    };
    let record = Record::read(root, &name.value)?;
    let (mut start, mut end) = (record.head, record.lines.len());
    for Word { key, value } in limits {
        match key.as_str() {
            "from" => start = record.the_line(key, value)?,
            "to" => end = record.the_line(key, value)? + 1,
            _ => return Err(usage),
        }
    }
    if end <= start && !limits.is_empty() {
        return Err(record.refuse("has the line of to above that of from"));
    }
    Ok((record, start..end))
}

/// Whether `{{#output …}}` shows a line.
pub fn shows(root: &Path, directive: &Directive, line: &Line) -> bool {
    directive.words.first().is_some_and(|it| it.value == line.0)
        && shown(root, directive).is_ok_and(|it| it.1.contains(&line.1))
}

/// `{{#output …}}`: the command, and the lines from one text to another. Each
/// of the `lines` that it shows gets an id, and is none of them any more.
pub fn output(
    root: &Path,
    directive: &Directive,
    lines: &mut BTreeSet<Line>,
) -> Result<String, Refusal> {
    let (record, range) = shown(root, directive)?;
    Ok(render(&record, range, lines))
}

/// A command and its output as HTML; it is no language, so nothing may colour
/// it. The day and the machine of a measurement stand above every excerpt.
fn render(
    record: &Record,
    range: Range<usize>,
    lines: &mut BTreeSet<Line>,
) -> String {
    let (head, below) = record.lines.split_at(record.head);
    let (start, end) = (range.start - record.head, range.end - record.head);
    let marked =
        |class, line| format!(r#"<span class="{class}">{line}</span>"#);
    let cut = |lines: &[String]| {
        let skipped = lines.iter().any(|line| !line.trim().is_empty());
        skipped.then(|| marked("cut", "⋮".to_owned()))
    };
    let classes = ["command", "measured"].into_iter();
    let heads = classes.zip(head).map(|(class, it)| marked(class, escape(it)));
    let line = |(index, text): (usize, &String)| {
        let line = (record.name.clone(), record.head + start + index);
        match lines.remove(&line) {
            true => format!(
                r#"<span class="led-to" id="{}">{}</span>"#,
                id(&line),
                escape(text)
            ),
            false => escape(text),
        }
    };
    let middle: Vec<String> =
        below[start..end].iter().enumerate().map(line).collect();
    let shown = heads
        .chain(cut(&below[..start]))
        .chain(middle)
        .chain(cut(&below[end..]));
    let text = shown.collect::<Vec<_>>().join("&#10;");
    // The command, the day and the machine may take two lines.
    let seen = &below[start..end];
    format!(
        r#"<div class="output"{}><pre><code class="nohighlight">{text}</code></pre></div>"#,
        columns(seen.iter().map(String::as_str))
    )
}

/// `{{#number …}}`: one word of the one line with that label, and that line.
pub fn number(
    root: &Path,
    directive: &Directive,
) -> Result<(String, Line), Refusal> {
    let usage = Refusal::Usage(NUMBER);
    let [name, label, column @ ..] = directive.words.as_slice() else {
        return Err(usage);
    };
    let column = match column {
        [] => None,
        [column] => Some(column.value.parse().map_err(|_| usage)?),
        _ => return Err(usage),
    };
    let record = Record::read(root, &name.value)?;
    let label = &label.value;
    let below = record.lines.iter().enumerate().skip(record.head);
    let lines: Vec<(usize, &str)> = below
        .filter_map(|(index, line)| Some((index, after_label(line, label)?)))
        .collect();
    let values: Vec<(usize, String)> = lines
        .iter()
        .filter_map(|(index, line)| Some((*index, value(line, column)?)))
        .collect();
    let problem = match values.as_slice() {
        [(index, value)] => {
            return Ok((value.clone(), (record.name, *index)));
        }
        [] if lines.is_empty() => "has no line".to_owned(),
        [] => "has no number there, on the line".to_owned(),
        more => format!("has {} lines", more.len()),
    };
    Err(record.refuse(format!("{problem} labelled {label:?}")))
}

/// What follows `label` in `line`, if the line begins with it and a word ends there.
fn after_label<'a>(line: &'a str, label: &str) -> Option<&'a str> {
    let rest = line.trim().strip_prefix(label.trim_start())?;
    let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_');
    let cut = rest.starts_with(goes_on) && label.ends_with(goes_on);
    (!cut).then(|| rest.trim_start_matches([':', '=', ',']))
}

/// The number in a column, or the last word, if that is a number.
fn value(line: &str, column: Option<usize>) -> Option<String> {
    let mut words = line.split_whitespace();
    let word = match column {
        Some(column) => words.nth(column.checked_sub(1)?)?,
        None => words.next_back()?,
    };
    // A value stands without the brackets and commas of its list.
    let value = word.trim_matches([',', ';', ':', '(', ')', '[', ']']);
    let is_number = value.contains(|c: char| c.is_ascii_digit())
        || value.parse::<f64>().is_ok();
    is_number.then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directives::alone;

    fn root() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        let write = |file: &str, text: &str| {
            let path = root.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        let snapshot = "---\nsource: x\n---\n$ a\n10 steps\nstep loss\n\ndone: [1.5, 2.5]\n";
        write("tests/snapshots/a.snap", snapshot);
        let day = "$ a\nmeasured on 2026-01-31, here\n\none 1\ntwo 2\n";
        write("book/measurements/a.txt", day);
        root
    }

    #[test]
    fn an_excerpt_shows_its_head_and_marks_what_it_skips() {
        let (head, cut) = (
            "<span class=\"command\">$ a</span>\n",
            "<span class=\"cut\">⋮</span>",
        );
        let day =
            "<span class=\"measured\">measured on 2026-01-31, here</span>\n";
        for (words, expected) in [
            ("a", "10 steps\nstep loss\n\ndone: [1.5, 2.5]".to_owned()),
            ("a to=\"step l\"", format!("10 steps\nstep loss\n{cut}")),
            (
                "a from=\"step l\" to=\"step l\"",
                format!("{cut}\nstep loss\n{cut}"),
            ),
            ("measured/a from=\"two\"", format!("{day}{cut}\ntwo 2")),
        ] {
            let directive = alone(&format!("{{{{#output {words}}}}}")).unwrap();
            let mut lines = BTreeSet::new();
            let html = output(root().path(), &directive, &mut lines).unwrap();
            let html = html.replace("&#10;", "\n");
            assert!(
                html.contains(&format!("{head}{expected}</code>")),
                "{html}"
            );
        }
    }

    #[test]
    fn a_line_that_a_number_leads_to_has_an_id_once() {
        let root = root();
        let number = alone("{{#number a \"done\"}}").unwrap();
        let (_, line) = number_of(root.path(), &number);
        let mut lines = BTreeSet::from([line.clone()]);
        let directive = alone("{{#output a from=\"done\"}}").unwrap();
        assert!(shows(root.path(), &directive, &line));
        let elsewhere = alone("{{#output a to=\"10 st\"}}").unwrap();
        assert!(!shows(root.path(), &elsewhere, &line));
        let id =
            "<span class=\"led-to\" id=\"line-a-5\">done: [1.5, 2.5]</span>";
        for expected in [true, false] {
            let html = output(root.path(), &directive, &mut lines).unwrap();
            assert_eq!(html.contains(id), expected, "{html}");
        }
    }

    fn number_of(root: &Path, directive: &Directive) -> (String, Line) {
        number(root, directive).unwrap()
    }

    #[test]
    fn a_number_is_found_by_its_label() {
        for (words, expected) in [
            ("a \"step\"", Err(())),
            ("a \"10\"", Err(())),
            ("a \"done\"", Ok("2.5")),
            ("a \"done\" 1", Ok("1.5")),
            ("measured/a \"two\"", Ok("2")),
        ] {
            let directive = alone(&format!("{{{{#number {words}}}}}")).unwrap();
            let found = number(root().path(), &directive).map_err(drop);
            let found = found.map(|(value, _)| value);
            assert_eq!(found, expected.map(str::to_owned), "{words}");
        }
    }
}
