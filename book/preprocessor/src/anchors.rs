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
    /// The index of the line that closes it.
    pub end: usize,
}

/// A comment that opens or closes an anchor.
enum Mark<'a> {
    Open(&'a str),
    Close(&'a str),
    Malformed,
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
        source.find_anchors();
        source
    }

    fn find_anchors(&mut self) {
        let mut open: Vec<Anchor> = Vec::new();
        for index in 0..self.lines.len() {
            let line = self.lines[index].clone();
            match mark(&line) {
                None => {}
                Some(Mark::Malformed) => {
                    self.refuse(index, Refusal::MalformedAnchor)
                }
                Some(Mark::Open(name)) => {
                    if open
                        .iter()
                        .chain(&self.anchors)
                        .any(|anchor| anchor.name == name)
                    {
                        self.refuse(
                            index,
                            Refusal::DuplicateAnchor(name.to_owned()),
                        );
                    } else {
                        open.push(Anchor {
                            name: name.to_owned(),
                            start: index,
                            end: index,
                        });
                    }
                }
                Some(Mark::Close(name)) => {
                    match open.iter().position(|anchor| anchor.name == name) {
                        Some(position) => {
                            self.close(open.remove(position), index)
                        }
                        None => self.refuse(
                            index,
                            Refusal::StrayAnchorEnd(name.to_owned()),
                        ),
                    }
                }
            }
        }
        for anchor in open {
            self.refuse(anchor.start, Refusal::OpenAnchor(anchor.name));
        }
        self.anchors.sort_by_key(|anchor| anchor.start);
    }

    fn close(&mut self, mut anchor: Anchor, end: usize) {
        anchor.end = end;
        if self.shown(anchor.start..end).is_empty() {
            self.refuse(
                anchor.start,
                Refusal::EmptyAnchor(anchor.name.clone()),
            );
        }
        self.anchors.push(anchor);
    }

    fn refuse(&mut self, index: usize, refusal: Refusal) {
        self.faults.push(Fault::new(&self.path, index + 1, refusal));
    }

    /// The indices of the lines of `range` that a reader sees: no anchors, and
    /// no blank lines at the beginning and at the end.
    pub fn shown(&self, range: std::ops::Range<usize>) -> Vec<usize> {
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
        let margin = lines
            .clone()
            .filter(|line| !line.trim().is_empty())
            .map(indentation)
            .min()
            .unwrap_or(0);
        lines
            .map(|line| line.get(margin..).unwrap_or("").trim_end())
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// How many blanks a line begins with.
pub fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

fn mark(line: &str) -> Option<Mark<'_>> {
    let line = line.trim();
    let comment = line
        .strip_prefix("//")
        .or_else(|| line.strip_prefix('#'))?
        .trim_start();
    let (kind, name) =
        comment.strip_prefix("ANCHOR")?.split_once(':').unwrap_or_default();
    let name = name.trim();
    let plain = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    Some(match kind {
        "" if !name.is_empty() && name.chars().all(plain) => Mark::Open(name),
        "_END" if !name.is_empty() && name.chars().all(plain) => {
            Mark::Close(name)
        }
        _ => Mark::Malformed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Source {
        Source::parse(Path::new("a.rs"), text)
    }

    #[test]
    fn nested_anchors_are_not_shown_and_indentation_goes() {
        let source = parse(concat!(
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
        ));
        assert_eq!(source.faults, []);
        let outer = &source.anchors[0];
        assert_eq!(outer.name, "outer");
        let shown = source.shown(outer.start..outer.end);
        assert_eq!(source.dedented(&shown), "let a = [\n    1,\n];");
    }

    #[test]
    fn every_slip_has_its_line() {
        let faults =
            |text| parse(text).faults.into_iter().map(|f| (f.line, f.refusal));
        for (text, line, refusal) in [
            ("x\n// ANCHOR: a\ny\n", 2, Refusal::OpenAnchor("a".into())),
            ("# ANCHOR_END: a\n", 1, Refusal::StrayAnchorEnd("a".into())),
            (
                "# ANCHOR: a\n\n# ANCHOR_END: a\n",
                1,
                Refusal::EmptyAnchor("a".into()),
            ),
            ("// ANCHOR a\nx\n", 1, Refusal::MalformedAnchor),
            (
                "// ANCHOR: a\nx\n// ANCHOR_END: a\n// ANCHOR: a\n",
                4,
                Refusal::DuplicateAnchor("a".into()),
            ),
        ] {
            assert_eq!(
                faults(text).collect::<Vec<_>>(),
                [(line, refusal)],
                "{text}"
            );
        }
    }
}
