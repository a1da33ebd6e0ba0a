//! The cells of a notebook as one Rust program.
//!
//! Left out are the lines that begin with a colon, which only the kernel
//! reads, and the showing of a cell's last value. Everything else runs, in
//! order, in one `main`. It is laxer than the kernel, which compiles each cell
//! by itself and keeps its variables; tests/notebooks.py asks the kernel.

use crate::notebook::{Cell, Notebook};

/// Printed before each cell, so that its output is told from the others'.
pub const MARK: &str = "\u{1}";

/// A program, and which cell each of its lines comes from.
pub struct Program {
    pub text: String,
    pub cells: Vec<usize>,
}

impl Program {
    pub fn of(notebook: &Notebook) -> Program {
        let mut program = Program { text: String::new(), cells: Vec::new() };
        program.add(0, "#![allow(warnings)]\nfn main() {\n");
        let check = notebook.cells.iter().find(|cell| cell.is("check"));
        for cell in &notebook.cells {
            let mark = format!("println!(\"{MARK}{}\");\n", cell.number);
            if let Some(body) = body(cell, check) {
                program.add(cell.number, &(mark + &body));
            }
        }
        program.add(0, "}\n");
        program
    }

    fn add(&mut self, cell: usize, text: &str) {
        self.text.push_str(text);
        self.cells.extend(text.lines().map(|_| cell));
    }
}

/// What stands for a cell; nothing, for a text.
fn body(cell: &Cell, check: Option<&Cell>) -> Option<String> {
    let source = &cell.source;
    if cell.is("solution") {
        // In a block of its own it takes the place of the starter.
        let check = &check?.source;
        Some(format!("{{\n{}\n{check}\n}}\n", solution(source)))
    } else if cell.is("raises-exception") {
        let safe = "std::panic::AssertUnwindSafe(|| {";
        let caught = format!("std::panic::catch_unwind({safe}\n{source}\n}}))");
        Some(format!("let _ = {caught};\n"))
    } else {
        cell.is_code.then(|| statements(source))
    }
}

/// The cell without what only the kernel understands; its last value is looked
/// at, not moved.
fn statements(source: &str) -> String {
    let for_kernel = |line: &str| line.starts_with(':');
    let kept = |line| if for_kernel(line) { "" } else { line };
    let mut lines: Vec<String> =
        source.lines().map(|line| kept(line).to_owned()).collect();
    if ends_with_value(source) {
        let begins = |line: &String| line.starts_with(char::is_alphanumeric);
        let value = lines.iter().rposition(begins).unwrap_or(0);
        lines[value].insert_str(0, "let _ = &(");
        lines.push(");".to_owned());
    }
    lines.join("\n") + "\n"
}

fn ends_with_value(source: &str) -> bool {
    let last = source.trim_end().lines().last().unwrap_or_default();
    let code = last.split(" //").next().unwrap_or_default();
    !code.ends_with([';', '}']) && !code.starts_with([':', '/'])
}

/// The answer that stands folded below an exercise.
fn solution(text: &str) -> &str {
    let (_, after) = text.split_once("```rust\n").expect("a solution");
    after.split_once("```").expect("the end of the solution").0
}
