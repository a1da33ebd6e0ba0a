//! A notebook as a file: its cells, and the one form that it is kept in.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// A notebook, read.
#[derive(Clone)]
pub struct Notebook {
    pub name: String,
    pub cells: Vec<Cell>,
    text: String,
}

#[derive(Clone)]
pub struct Cell {
    /// From 1, as the messages count.
    pub number: usize,
    pub is_code: bool,
    pub source: String,
    id: String,
    tags: Vec<String>,
}

impl Cell {
    pub fn is(&self, tag: &str) -> bool {
        self.tags.iter().any(|t| t == tag)
    }

    /// `chapters/ch01_dropout/main.rs:measure`, if the cell is such an excerpt.
    pub fn excerpt(&self) -> Option<(&str, &str)> {
        let (first, _) = self.source.split_once('\n')?;
        let (file, anchor) = first.strip_prefix("// ")?.split_once(':')?;
        file.ends_with(".rs").then_some((file, anchor))
    }

    /// The snapshot whose lines the cell prints, if it says so.
    pub fn snapshot(&self) -> Option<&str> {
        let (first, _) = self.source.split_once('\n')?;
        first.strip_prefix("// ").filter(|path| path.ends_with(".snap"))
    }
}

impl Notebook {
    pub fn read(path: &Path) -> Notebook {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let text = fs::read_to_string(path).expect("a notebook");
        Notebook::parse(&name, text)
    }

    pub fn parse(name: &str, text: String) -> Notebook {
        let json: Value = serde_json::from_str(&text).expect("JSON");
        let cells = json["cells"].as_array().expect("cells").iter();
        let cells = (1..).zip(cells).map(|(number, cell)| Cell {
            number,
            is_code: cell["cell_type"] == "code",
            source: joined(&cell["source"]),
            id: cell["id"].as_str().unwrap_or_default().to_owned(),
            tags: strings(&cell["metadata"]["tags"]),
        });
        Notebook { name: name.to_owned(), cells: cells.collect(), text }
    }

    /// The name without its ending, which is that of the chapter.
    pub fn stem(&self) -> &str {
        self.name.trim_end_matches(".ipynb")
    }

    /// The form it is kept in: what Jupyter writes after *Clear Outputs of All
    /// Cells*, with nothing of the machine it was opened on.
    pub fn normal_form(&self) -> String {
        let cells: Vec<Value> = self.cells.iter().map(Cell::normal).collect();
        let mut all = json!({
            "cells": cells,
            "metadata": {
                "kernelspec":
                    { "display_name": "Rust", "language": "rust", "name": "rust" },
                "language_info": {
                    "file_extension": ".rs",
                    "mimetype": "text/rust",
                    "name": "Rust",
                    "pygments_lexer": "rust"
                }
            },
            "nbformat": 4,
            "nbformat_minor": 5
        });
        all.sort_all_objects();
        let text = serde_json::to_string_pretty(&all).expect("JSON");
        text.lines().map(|line| half_indented(line) + "\n").collect()
    }

    /// The first line that is not as in the normal form.
    pub fn form_fault(&self) -> Option<String> {
        let normal = self.normal_form();
        if self.text == normal {
            return None;
        }
        let same = self.text.lines().zip(normal.lines());
        let line = same.take_while(|(is, should)| is == should).count();
        let is = self.text.lines().nth(line).unwrap_or("the end").trim();
        let should = normal.lines().nth(line).unwrap_or("the end").trim();
        let at = format!("{}:{}", self.name, line + 1);
        Some(format!("{at}: {is} should be {should}"))
    }

    /// Two cells of one id: a copy that a merge or a paste has left.
    pub fn twins(&self) -> Option<String> {
        let twin = self.cells.iter().enumerate().find(|(i, cell)| {
            self.cells[..*i].iter().any(|other| other.id == cell.id)
        });
        twin.map(|(_, cell)| {
            format!("{}: two cells have the id '{}'", self.name, cell.id)
        })
    }
}

impl Cell {
    fn normal(&self) -> Value {
        let lines: Vec<&str> = self.source.split_inclusive('\n').collect();
        let tags = self.tags.as_slice();
        let metadata =
            if tags.is_empty() { json!({}) } else { json!({ "tags": tags }) };
        if self.is_code {
            json!({
                "cell_type": "code", "execution_count": null, "id": self.id,
                "metadata": metadata, "outputs": [], "source": lines
            })
        } else {
            json!({
                "cell_type": "markdown", "id": self.id,
                "metadata": metadata, "source": lines
            })
        }
    }
}

/// One space a level, as Jupyter indents.
fn half_indented(line: &str) -> String {
    let code = line.trim_start();
    " ".repeat((line.len() - code.len()) / 2) + code
}

fn strings(value: &Value) -> Vec<String> {
    let values = value.as_array().into_iter().flatten();
    values.filter_map(|value| value.as_str().map(str::to_owned)).collect()
}

/// Jupyter writes a text as a list of lines, or as one string.
fn joined(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        lines => strings(lines).concat(),
    }
}

/// The notebooks of the book, in the order of its chapters.
pub fn all(root: &Path) -> Vec<Notebook> {
    let files = fs::read_dir(root.join(FOLDER)).expect("the notebooks");
    let mut paths: Vec<PathBuf> =
        files.map(|file| file.expect("readable").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "ipynb"));
    paths.sort();
    paths.iter().map(|path| Notebook::read(path)).collect()
}

pub const FOLDER: &str = "book/en/notebooks";
