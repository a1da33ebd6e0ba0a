//! The anchors of a source file: `// ANCHOR: name` … `// ANCHOR_END: name`.

use crate::faults::{Fault, Refusal};
use std::path::{Path, PathBuf};

/// A source file, as lines, with the anchors that stand in it.
#[derive(Debug, Clone)]
pub struct Source {
    /// The file, relative to the repository's root.
    pub path: PathBuf,
    /// Its lines.
    pub lines: Vec<String>,
    /// Its anchors, in the order in which they are opened.
    pub anchors: Vec<Anchor>,
    /// What is wrong with its anchors.
    pub faults: Vec<Fault>,
}

/// A named run of lines.
#[derive(Debug, Clone)]
pub struct Anchor {
    /// The name after `ANCHOR:`.
    pub name: String,
    /// The index of the line that opens it.
    pub start: usize,
    /// The index of the line that closes it; none while it is open.
    end: Option<usize>,
}

impl Source {
    /// Reads `path`, which is relative to `root`.
    pub fn read(root: &Path, path: &Path) -> std::io::Result<Self> {
        Ok(Source::parse(path, &std::fs::read_to_string(root.join(path))?))
    }

    /// Finds the anchors of `text`.
    pub fn parse(path: &Path, text: &str) -> Self {
        let mut source = Source {
            path: path.to_path_buf(),
            lines: text.lines().map(str::to_owned).collect(),
            anchors: Vec::new(),
            faults: Vec::new(),
        };
        for (index, line) in text.lines().enumerate() {
            if let Some(Err(refusal)) =
                mark(line).map(|mark| source.add(mark?, index))
            {
                source.refuse(index, refusal);
            }
        }
        for Anchor { name, start, .. } in source.anchors.clone() {
            let problem = match source.anchor(&name) {
                None => "is never closed",
                Some(lines) if lines.is_empty() => "holds no code",
                Some(_) => continue,
            };
            source.refuse(start, Refusal::BadAnchor(name, problem));
        }
        source.anchors.retain(|anchor| anchor.end.is_some());
        source
    }

    /// Opens or closes the anchor `name` on the line at `index`.
    fn add(
        &mut self,
        (opens, name): (bool, &str),
        index: usize,
    ) -> Result<(), Refusal> {
        let name = name.to_owned();
        let problem = match self.anchors.iter_mut().find(|it| it.name == name) {
            None if opens => {
                self.anchors.push(Anchor { name, start: index, end: None });
                return Ok(());
            }
            Some(anchor) if !opens && anchor.end.is_none() => {
                anchor.end = Some(index);
                return Ok(());
            }
            _ if opens => "is opened a second time in this file",
            _ => "is closed but not open",
        };
        Err(Refusal::BadAnchor(name, problem))
    }

    fn refuse(&mut self, index: usize, refusal: Refusal) {
        self.faults.push(Fault::new(&self.path, index + 1, refusal));
    }

    /// The indices of the lines of an anchor that a reader sees.
    pub fn anchor(&self, name: &str) -> Option<Vec<usize>> {
        let anchor = self.anchors.iter().find(|it| it.name == name)?;
        Some(self.shown(anchor.start..anchor.end?))
    }

    /// The indices of all lines that a reader sees.
    pub fn all(&self) -> Vec<usize> {
        self.shown(0..self.lines.len())
    }

    /// Those of `range` that a reader sees: no anchors, and no blank lines at
    /// the beginning and at the end.
    fn shown(&self, range: std::ops::Range<usize>) -> Vec<usize> {
        let blank = |&index: &usize| self.lines[index].trim().is_empty();
        let mut shown: Vec<usize> =
            range.filter(|&i| mark(&self.lines[i]).is_none()).collect();
        while shown.last().is_some_and(blank) {
            shown.pop();
        }
        let leading = shown.iter().take_while(|index| blank(index)).count();
        shown.split_off(leading)
    }

    /// The lines at `indices` without the indentation they share.
    pub fn dedented(&self, indices: &[usize]) -> String {
        let lines = indices.iter().map(|&index| self.lines[index].as_str());
        let code = lines.clone().filter(|line| !line.trim().is_empty());
        let margin = code.map(indentation).min().unwrap_or(0);
        let cut =
            |line: &str| line.get(margin..).unwrap_or("").trim_end().to_owned();
        lines.map(cut).collect::<Vec<_>>().join("\n")
    }
}

/// How many blanks a line begins with.
pub fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// Whether a line opens an anchor or closes it, and which; none if it does neither.
fn mark(line: &str) -> Option<Result<(bool, &str), Refusal>> {
    let line = line.trim();
    let comment = line.strip_prefix("//").or_else(|| line.strip_prefix('#'))?;
    let mark = comment.trim_start().strip_prefix("ANCHOR")?;
    let (kind, name) = mark.split_once(':').unwrap_or_default();
    let name = name.trim();
    let plain = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let named = !name.is_empty() && name.chars().all(plain);
    Some(match kind {
        "" if named => Ok((true, name)),
        "_END" if named => Ok((false, name)),
        _ => Err(Refusal::MalformedAnchor),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_anchors_are_not_shown_and_indentation_goes() {
        let text = concat!(
            "fn f() {\n",
            "    // ANCHOR: outer\n",
            "    let a = [\n",
            "        // ANCHOR: inner\n",
            "        1,\n",
            "        // ANCHOR_END: inner\n",
            "    ];\n",
            "\n",
            "    // ANCHOR_END: outer\n",
            "}\n",
        );
        let source = Source::parse(Path::new("a.rs"), text);
        assert_eq!(source.faults, []);
        let shown = source.anchor("outer").unwrap();
        assert_eq!(source.dedented(&shown), "let a = [\n    1,\n];");
    }
}
