//! Which items a run of lines stands in, read off the indentation.
//!
//! The sources are formatted by machine, so a line stands in the nearest line
//! above it that is indented less and begins an item, unless a closing brace
//! at that depth lies between them. The same holds in Python, without braces.

use crate::anchors::{Source, indentation};

const RUST: [&str; 9] = [
    "fn",
    "impl",
    "trait",
    "mod",
    "struct",
    "enum",
    "const",
    "static",
    "macro_rules!",
];
const PYTHON: [&str; 2] = ["def", "class"];

/// The items around the line at `index`, the outermost first.
pub fn around(source: &Source, index: usize) -> Vec<String> {
    let mut depth = indentation(&source.lines[index]);
    let mut items = Vec::new();
    for line in source.lines[..index].iter().rev() {
        if line.trim().is_empty() || indentation(line) >= depth {
            continue;
        }
        if line.trim_start().starts_with('}') {
            depth = indentation(line);
        } else if let Some(item) = item(source, line) {
            depth = indentation(line);
            items.push(item);
        }
    }
    items.reverse();
    items
}

/// The first item that begins among the lines at `indices` and is not nested.
pub fn first_of(source: &Source, indices: &[usize]) -> Option<String> {
    let lines = indices.iter().map(|&index| source.lines[index].as_str());
    lines
        .filter(|line| indentation(line) == 0)
        .find_map(|line| item(source, line))
}

/// `impl Network` for the line `impl<'a> Network<'a> {`, and so on.
fn item(source: &Source, line: &str) -> Option<String> {
    let python =
        source.path.extension().is_some_and(|extension| extension == "py");
    let keywords: &[&str] = if python { &PYTHON } else { &RUST };
    let mut rest = line.trim_start();
    if !python {
        rest = without_modifiers(rest);
    }
    let end = rest.find([' ', '<']).unwrap_or(rest.len());
    let (keyword, rest) = rest.split_at(end);
    if !keywords.contains(&keyword) {
        return None;
    }
    let name = match keyword {
        "impl" => header(rest),
        _ => rest
            .trim_start()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect(),
    };
    (!name.is_empty()).then(|| format!("{keyword} {name}"))
}

fn without_modifiers(mut line: &str) -> &str {
    loop {
        let next = [
            "pub ",
            "pub(crate) ",
            "pub(super) ",
            "unsafe ",
            "async ",
            "const fn",
        ]
        .iter()
        .find_map(|modifier| {
            line.strip_prefix(modifier).map(|rest| (modifier, rest))
        });
        match next {
            None => return line,
            // `const` is a modifier before `fn`, and an item elsewhere.
            Some((&"const fn", _)) => return &line["const ".len()..],
            Some((_, rest)) => line = rest,
        }
    }
}

/// `Activation for Sigmoid` for `<T: Float> Activation<T> for Sigmoid<T> where … {`.
fn header(rest: &str) -> String {
    let mut depth = 0_usize;
    let mut bare = String::new();
    for (before, c) in
        std::iter::once(' ').chain(rest.chars()).zip(rest.chars())
    {
        match c {
            '<' => depth += 1,
            // The arrow of a function type closes nothing.
            '>' if before != '-' => depth = depth.saturating_sub(1),
            '{' if depth == 0 => break,
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    let header = bare.split(" where ").next().unwrap_or_default();
    header.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    const RUST_FILE: &str = "\
use a::b;

pub(crate) const fn free(
    a: usize,
) -> usize {
    a
}

impl<'a, F: Fn(f64) -> f64> Step<F> for Network<'a> {
    fn step(&self) {
        for x in y {
            go();
        }
    }

    const N: usize = 1;
}

thread_local! {
    static_of_nothing
}
";

    #[test]
    fn a_line_stands_in_what_is_open_above_it() {
        let source = Source::parse(Path::new("a.rs"), RUST_FILE);
        for (text, expected) in [
            ("use a::b;", vec![]),
            ("    a\n", vec!["fn free"]),
            ("            go();", vec!["impl Step for Network", "fn step"]),
            ("    const N", vec!["impl Step for Network"]),
            ("    static_of", vec![]),
        ] {
            let offset = RUST_FILE.find(text).unwrap();
            let index = RUST_FILE[..offset].lines().count();
            assert_eq!(around(&source, index), expected, "{text}");
        }
    }

    #[test]
    fn python_has_functions_and_classes() {
        let text = "import a\n\n\nclass BP:\n    def step(self):\n        x = 1\n\n\ny = 2\n";
        let source = Source::parse(Path::new("a.py"), text);
        assert_eq!(around(&source, 5), ["class BP", "def step"]);
        assert_eq!(around(&source, 8), Vec::<String>::new());
        assert_eq!(
            first_of(&source, &[0, 2, 3, 4]).as_deref(),
            Some("class BP")
        );
    }
}
