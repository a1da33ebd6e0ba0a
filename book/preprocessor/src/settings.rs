//! book.toml: nothing in it may send the reader to another host.

use crate::faults::{Fault, Refusal};
use std::path::Path;

const FILE: &str = "book.toml";

/// What is wrong with the settings; a book without the file has none.
pub fn check(root: &Path) -> Vec<Fault> {
    let Ok(text) = std::fs::read_to_string(root.join(FILE)) else {
        return Vec::new();
    };
    let fault = |line, needed| Fault::new(FILE, line, Refusal::Setting(needed));
    let (mut faults, mut section, mut still) = (Vec::new(), "", false);
    for (index, line) in text.lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.starts_with('[') {
            section = line;
        }
        let (key, value) = line.split_once('=').unwrap_or((line, ""));
        let off = value.trim() == "false";
        if key.contains("mathjax-support") && !off {
            faults.push(fault(index + 1, "mathjax-support = false"));
        }
        let playground = section == "[output.html.playground]";
        still |= playground && key.trim() == "runnable" && off;
    }
    if !still {
        let needed = "runnable = false under [output.html.playground]";
        faults.push(fault(1, needed));
    }
    faults
}
