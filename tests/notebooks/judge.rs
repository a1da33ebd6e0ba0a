//! What a cell should have printed. tests/notebooks.py asks the same of the
//! kernel.

use std::fs;
use std::path::Path;

use crate::notebook::Cell;
use crate::program::NO_NUMBER;

/// What may stand before the message of a stumble.
const FOLD: &str = "<details>\n<summary>What it says</summary>\n\n";

/// What is wrong with what a cell printed; `below` is the text under it.
pub fn printed(
    root: &Path,
    cell: &Cell,
    printed: &str,
    below: &str,
) -> Vec<String> {
    let error = |line: &'_ str| line.strip_prefix("error: ").map(str::to_owned);
    let errors: Vec<String> = printed.lines().filter_map(error).collect();
    if cell.is("raises-exception") {
        // Folded, so that a reader guesses first.
        let below = below.strip_prefix(FOLD).unwrap_or(below);
        let told = |error: &String| below.starts_with(&format!("`{error}`"));
        let right = errors.len() == 1 && errors.iter().all(told);
        let fault =
            format!("it said {printed:?}, the text below says otherwise");
        return if right { vec![] } else { vec![fault] };
    }
    if let Some(error) = errors.first() {
        return vec![format!("error: {error}")];
    }
    if let Some(said) = printed.strip_prefix(NO_NUMBER)
        && !said.starts_with("no")
    {
        return vec![format!("the check does not refuse NaN: {said}")];
    } else if printed.starts_with(NO_NUMBER) {
        return vec![];
    }
    if cell.is("check") && !printed.starts_with("no") {
        return vec![format!("the exercise is solved already: {printed}")];
    }
    if cell.is("solution") && !printed.starts_with("yes") {
        return vec![format!("the solution does not pass: {printed}")];
    }
    cell.snapshot().map_or(vec![], |snapshot| strays(root, snapshot, printed))
}

/// The printed lines that are no part of a line of the snapshot.
fn strays(root: &Path, snapshot: &str, printed: &str) -> Vec<String> {
    let known = fs::read_to_string(root.join(snapshot)).unwrap_or_default();
    let known: Vec<String> = known.lines().map(spaced).collect();
    let stray = |line: &&str| {
        let line = spaced(line);
        !known.iter().any(|known| known.contains(&line))
    };
    let strays = printed.lines().filter(stray);
    strays
        .map(|line| format!("'{}' is not in {snapshot}", line.trim()))
        .collect()
}

/// The words of a line with one space around each.
fn spaced(line: &str) -> String {
    line.split_whitespace().fold(" ".to_owned(), |all, word| all + word + " ")
}
