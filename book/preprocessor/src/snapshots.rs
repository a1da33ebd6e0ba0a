//! The recorded outputs in tests/snapshots, and the measurements of one day in
//! book/measurements: excerpts of them, and single numbers.

use crate::directives::{Directive, Word};
use crate::faults::Refusal;
use crate::html::escape;
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

/// How many lines stand above what was printed: the command; and in a
/// measurement the day and the machine.
fn head(name: &str) -> usize {
    if name.starts_with(MEASURED) { 2 } else { 1 }
}

/// The text of a snapshot without its header, or that of a measurement.
pub fn body(root: &Path, name: &str) -> Result<String, Refusal> {
    let stem = name.strip_prefix(MEASURED);
    let missing = || match stem {
        Some(stem) => Refusal::MissingMeasurement(stem.to_owned()),
        None => Refusal::MissingSnapshot(name.to_owned()),
    };
    let plain = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    if !stem.unwrap_or(name).chars().all(plain) {
        return Err(missing());
    }
    let path = match stem {
        Some(stem) => root.join(MEASUREMENTS).join(format!("{stem}.txt")),
        None => root.join("tests/snapshots").join(format!("{name}.snap")),
    };
    let text = std::fs::read_to_string(path).map_err(|_| missing())?;
    let after_header =
        text.strip_prefix("---\n").and_then(|text| text.split_once("\n---\n"));
    let body = after_header.map_or(text.as_str(), |(_, body)| body);
    if !body.starts_with("$ ") {
        return Err(Refusal::NoCommand(name.to_owned()));
    }
    if stem.is_some() && !body.lines().nth(1).is_some_and(is_dated) {
        return Err(Refusal::Undated(name.to_owned()));
    }
    Ok(body.trim_end().to_owned())
}

/// `measured on 2026-01-31, ` and where.
fn is_dated(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("measured on ") else { return false };
    let Some((day, machine)) = rest.split_once(", ") else { return false };
    let digits = |c: char| if c.is_ascii_digit() { '0' } else { c };
    let shape: String = day.chars().map(digits).collect();
    shape == "0000-00-00" && !machine.trim().is_empty()
}

/// `{{#output …}}`: the command, and the lines from one text to another.
pub fn output(root: &Path, directive: &Directive) -> Result<String, Refusal> {
    let usage = Refusal::Usage(OUTPUT);
    let [name, limits @ ..] = directive.words.as_slice() else {
        return Err(usage);
    };
    let name = &name.value;
    let body = body(root, name)?;
    let lines: Vec<&str> = body.lines().collect();
    let head = head(name).min(lines.len());
    let (mut start, mut end) = (head, lines.len());
    for Word { key, value } in limits {
        match key.as_str() {
            "from" => start = the_line(name, &lines, head, "from", value)?,
            "to" => end = the_line(name, &lines, head, "to", value)? + 1,
            _ => return Err(usage),
        }
    }
    if end <= start {
        return Err(Refusal::EndBeforeStart { name: name.clone() });
    }
    Ok(render(&lines, head, start, end))
}

/// The index of the one line below the head that holds `text`.
fn the_line(
    name: &str,
    lines: &[&str],
    head: usize,
    key: &'static str,
    text: &str,
) -> Result<usize, Refusal> {
    let holds = |&index: &usize| lines[index].contains(text);
    let found: Vec<usize> = (head..lines.len()).filter(holds).collect();
    let (name, text) = (name.to_owned(), text.to_owned());
    match found.as_slice() {
        [index] => Ok(*index),
        [] => Err(Refusal::TextNotFound { name, text }),
        more => {
            let line = |&i: &usize| format!("{} {:?}", i + 1, lines[i].trim());
            let lines = more.iter().map(line).collect::<Vec<_>>().join(", ");
            Err(Refusal::AmbiguousText { name, key, text, lines })
        }
    }
}

/// A command and its output as HTML; it is no language, so nothing may colour
/// it. The day and the machine of a measurement stand above every excerpt.
fn render(lines: &[&str], head: usize, start: usize, end: usize) -> String {
    const CUT: &str = r#"<span class="cut">⋮</span>"#;
    let skipped =
        |lines: &[&str]| lines.iter().any(|line| !line.trim().is_empty());
    let mut shown =
        vec![format!(r#"<span class="command">{}</span>"#, escape(lines[0]))];
    shown.extend(lines[1..head].iter().map(|line| {
        format!(r#"<span class="measured">{}</span>"#, escape(line))
    }));
    if skipped(&lines[head..start]) {
        shown.push(CUT.to_owned());
    }
    shown.extend(lines[start..end].iter().map(|line| escape(line)));
    if skipped(&lines[end..]) {
        shown.push(CUT.to_owned());
    }
    let text = shown.join("&#10;");
    format!(
        r#"<div class="output"><pre><code class="nohighlight">{text}</code></pre></div>"#
    )
}

/// `{{#number …}}`: one word of the one line with that label.
pub fn number(root: &Path, directive: &Directive) -> Result<String, Refusal> {
    let (name, label, column) = match directive.words.as_slice() {
        [name, label] => (&name.value, &label.value, None),
        [name, label, column] => match column.value.parse::<usize>() {
            Ok(column @ 1..) => (&name.value, &label.value, Some(column)),
            _ => return Err(Refusal::Usage(NUMBER)),
        },
        _ => return Err(Refusal::Usage(NUMBER)),
    };
    let body = body(root, name)?;
    let lines: Vec<&str> = body
        .lines()
        .skip(head(name))
        .filter_map(|line| after_label(line, label))
        .collect();
    let values: Vec<String> =
        lines.iter().filter_map(|line| value(line, column)).collect();
    let (name, label) = (name.clone(), label.clone());
    match values.as_slice() {
        [value] => Ok(value.clone()),
        [] if lines.is_empty() => Err(Refusal::LabelNotFound { name, label }),
        [] => Err(Refusal::NoNumber { name, label }),
        more => Err(Refusal::AmbiguousLabel { name, label, count: more.len() }),
    }
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
    let value = bare(word);
    let is_number = value.contains(|c: char| c.is_ascii_digit())
        || value.parse::<f64>().is_ok();
    is_number.then_some(value)
}

/// A value without the brackets and commas of the list it stands in.
fn bare(value: &str) -> String {
    value.trim_matches([',', ';', ':', '(', ')', '[', ']']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directives::alone;

    const BODY: &str = "$ cargo run --bin a\n100 steps\nstep loss\n100 0.5\n1000 0.25\n\ndone: [1.5, 2.5]\n";

    fn root() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("tests/snapshots");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(
            folder.join("a.snap"),
            format!("---\nsource: x\n---\n{BODY}"),
        )
        .unwrap();
        root
    }

    #[test]
    fn an_excerpt_shows_the_command_and_marks_what_it_skips() {
        let directive =
            alone(r#"{{#output a from="100 0" to="1000"}}"#).unwrap();
        let html = output(root().path(), &directive).unwrap();
        let shown = r#"<span class="cut">⋮</span>&#10;100 0.5&#10;1000 0.25&#10;<span class="cut">⋮</span></code>"#;
        assert!(html.contains(shown), "{html}");
        assert!(
            html.contains(
                r#"<span class="command">$ cargo run --bin a</span>"#
            ),
            "{html}"
        );
    }

    #[test]
    fn the_whole_output_has_no_marks() {
        let html =
            output(root().path(), &alone("{{#output a}}").unwrap()).unwrap();
        assert!(html.contains("step loss") && html.contains("done"), "{html}");
        assert!(!html.contains('⋮'), "{html}");
    }

    #[test]
    fn a_measurement_has_its_day_above_every_excerpt() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join(MEASUREMENTS);
        std::fs::create_dir_all(&folder).unwrap();
        let text = "$ a\nmeasured on 2026-01-31, here\n\none 1\ntwo 2\n";
        std::fs::write(folder.join("a.txt"), text).unwrap();
        let directive = alone(r#"{{#output measured/a from="two"}}"#).unwrap();
        let html = output(root.path(), &directive).unwrap();
        let shown = r#"$ a</span>&#10;<span class="measured">measured on 2026-01-31, here</span>&#10;<span class="cut">⋮</span>&#10;two 2</code>"#;
        assert!(html.contains(shown), "{html}");
        let number = number(
            root.path(),
            &alone(r#"{{#number measured/a "two"}}"#).unwrap(),
        );
        assert_eq!(number.as_deref(), Ok("2"));
    }

    #[test]
    fn a_day_is_a_day_and_a_machine() {
        assert!(is_dated("measured on 2026-01-31, here"));
        for line in [
            "measured on 2026-01-31, ",
            "measured on 2026-01-31",
            "measured on 26-1-31, here",
            "2026-01-31, here",
        ] {
            assert!(!is_dated(line), "{line}");
        }
    }

    #[test]
    fn a_number_is_found_by_its_label() {
        for (directive, expected) in [
            (r#"{{#number a "100"}}"#, "0.5"),
            (r#"{{#number a "100 "}}"#, "0.5"),
            (r#"{{#number a "done"}}"#, "2.5"),
            (r#"{{#number a "done" 1}}"#, "1.5"),
        ] {
            let found = number(root().path(), &alone(directive).unwrap());
            assert_eq!(found.as_deref(), Ok(expected), "{directive}");
        }
    }
}
