//! The cells of a notebook as one Rust program.
//!
//! Left out are the lines that begin with a colon, which only the kernel
//! reads, and the showing of a cell's last value. Everything else runs, in
//! order, in one `main`. It is laxer than the kernel, which compiles each cell
//! by itself and keeps its variables; tests/notebooks.py asks the kernel.

use crate::notebook::{Cell, Notebook};

/// Printed before each cell, so that its output is told from the others'.
pub const MARK: &str = "\u{1}";

/// Printed before what a check says of NaN.
pub const NO_NUMBER: &str = "NaN: ";

/// A program, and which cell each of its lines comes from.
pub struct Program {
    pub text: String,
    pub cells: Vec<usize>,
}

impl Program {
    pub fn of(notebook: &Notebook) -> Program {
        let mut program = Program { text: String::new(), cells: Vec::new() };
        program.add(0, "#![allow(warnings)]\nfn main() {\n");
        for (i, cell) in notebook.cells.iter().enumerate() {
            let above = |tag| notebook.cells[..i].iter().rfind(|it| it.is(tag));
            let mark = format!("println!(\"{MARK}{}\");\n", cell.number);
            if let Some(body) = body(cell, above("check")) {
                program.add(cell.number, &(mark.clone() + &body));
            }
            let starter = above("exercise").filter(|_| cell.is("check"));
            if let Some(none) =
                starter.and_then(|it| without_number(&it.source))
            {
                // A check has to refuse that, too.
                let said = format!("print!(\"{NO_NUMBER}\");\n");
                let body = in_place(&none, &cell.source);
                program.add(cell.number, &(mark + &said + &body));
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
        Some(in_place(solution(source), &check?.source))
    } else if cell.is("raises-exception") {
        let safe = "std::panic::AssertUnwindSafe(|| {";
        let caught = format!("std::panic::catch_unwind({safe}\n{source}\n}}))");
        Some(format!("let _ = {caught};\n"))
    } else {
        cell.is_code.then(|| statements(source))
    }
}

/// An answer in the place of the starter, in a block of its own, and its check.
fn in_place(answer: &str, check: &str) -> String {
    format!("{{\n{answer}\n{}\n}}\n", statements(check))
}

/// The starter with NaN for the answer, if that is a real number.
fn without_number(starter: &str) -> Option<String> {
    let lines = starter.lines().map(|line| {
        let Some((code, _)) = line.split_once(" // your answer") else {
            return line.to_owned();
        };
        match code.split_once(": f64 = ") {
            Some((name, _)) => format!("{name}: f64 = f64::NAN;"),
            None if starter.contains("-> f64 {") => "f64::NAN".to_owned(),
            None => line.to_owned(),
        }
    });
    let changed = lines.collect::<Vec<_>>().join("\n");
    (changed != starter.trim_end()).then_some(changed)
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
