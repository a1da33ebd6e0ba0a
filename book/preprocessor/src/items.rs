//! Which items a run of lines stands in, read off the indentation.
//!
//! The sources are formatted by machine, so a line stands in the nearest line
//! above it that is indented less and begins an item, unless a closing brace
//! at that depth lies between them. The same holds in Python, without braces.

use crate::anchors::{Source, indentation};
use crate::paths::has_extension;

const RUST: [&str; 7] =
    ["fn", "impl", "trait", "mod", "struct", "enum", "const"];
const PYTHON: [&str; 2] = ["def", "class"];

/// The items around the lines at `indices`, the outermost first; if there are
/// none, the first item that begins among them.
pub fn of(source: &Source, indices: &[usize]) -> Vec<String> {
    let Some(&first) = indices.first() else { return Vec::new() };
    let around = around(source, first);
    if !around.is_empty() {
        return around;
    }
    let lines = indices.iter().map(|&index| source.lines[index].as_str());
    let mut outermost = lines.filter(|line| indentation(line) == 0);
    outermost.find_map(|line| item(source, line)).into_iter().collect()
}

fn around(source: &Source, index: usize) -> Vec<String> {
    let mut depth = indentation(&source.lines[index]);
    let mut items = Vec::new();
    for line in source.lines[..index].iter().rev() {
        if line.trim().is_empty() || indentation(line) >= depth {
            continue;
        }
        let item = item(source, line);
        if item.is_some() || line.trim_start().starts_with('}') {
            depth = indentation(line);
        }
        items.extend(item);
    }
    items.reverse();
    items
}

/// `impl Network` for the line `impl<'a> Network<'a> {`, and so on.
fn item(source: &Source, line: &str) -> Option<String> {
    let python = has_extension(&source.path, "py");
    let keywords: &[&str] = if python { &PYTHON } else { &RUST };
    let mut line = line.trim_start();
    // `const` is a modifier before `fn`, and an item elsewhere.
    for modifier in ["pub ", "pub(crate) ", "pub(super) ", "unsafe ", "async "]
    {
        line = line.strip_prefix(modifier).unwrap_or(line);
    }
    if line.starts_with("const fn ") {
        line = &line["const ".len()..];
    }
    let end = line.find([' ', '<']).unwrap_or(line.len());
    let (keyword, rest) = line.split_at(end);
    if !keywords.contains(&keyword) {
        return None;
    }
    let name = if keyword == "impl" {
        header(rest)
    } else {
        let named = |c: &char| c.is_alphanumeric() || *c == '_';
        rest.trim_start().chars().take_while(named).collect()
    };
    (!name.is_empty()).then(|| format!("{keyword} {name}"))
}

/// `Activation for Sigmoid` for `<T: Float> Activation<T> for Sigmoid<T> where … {`.
fn header(rest: &str) -> String {
    // The arrow of a function type closes nothing.
    let mut header = rest.replace("->", "");
    while let Some(end) = header.find('>')
        && let Some(start) = header[..end].rfind('<')
    {
        header.replace_range(start..=end, "");
    }
    let header = header.split(" where ").next().unwrap_or_default();
    let words = header.trim_end_matches('{').split_whitespace();
    words.collect::<Vec<_>>().join(" ")
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
    a + 1
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
    const PYTHON_FILE: &str = "\
class BP:
    def step(self):
        x = 1

y = 2
";

    #[test]
    fn a_line_stands_in_what_is_open_above_it() {
        for (file, line, expected) in [
            ("a.rs", "use a::b;", ""),
            ("a.rs", "    a + 1", "fn free"),
            ("a.rs", "            go();", "impl Step for Network, fn step"),
            ("a.rs", "    const N: usize = 1;", "impl Step for Network"),
            ("a.rs", "    static_of_nothing", ""),
            ("a.rs", "pub(crate) const fn free(", "fn free"),
            ("a.py", "        x = 1", "class BP, def step"),
            ("a.py", "y = 2", ""),
            ("a.py", "class BP:", "class BP"),
        ] {
            let text = if file == "a.rs" { RUST_FILE } else { PYTHON_FILE };
            let source = Source::parse(Path::new(file), text);
            let index = text.lines().position(|it| it == line).unwrap();
            assert_eq!(of(&source, &[index]).join(", "), expected, "{line}");
        }
    }
}
