//! How many instructions a step takes, counted by valgrind.
//!
//! A count does not depend on who else uses the machine. It is not a time:
//! instructions differ in what they cost, and most in what they do at once.

use std::env::current_exe;
use std::io::Write;
use std::process::Command;

use chapters::cli::{Failure, Outcome};

use chapters::ch07_speed::rungs;

/// Two runs that differ by so many steps differ by what those steps take.
const STEPS: [usize; 2] = [100, 600];

pub fn print(out: &mut dyn Write) -> Outcome {
    writeln!(out, "\ninstructions for one step of [1, 25, 1], 100 samples")?;
    let mut literal = None;
    for kind in &rungs::ALL {
        let [few, many] =
            [count(kind.name, STEPS[0])?, count(kind.name, STEPS[1])?];
        let each = (many - few) / (STEPS[1] - STEPS[0]) as f64;
        let ratio = *literal.get_or_insert(each) / each;
        writeln!(out, "{:<12} {each:>9.0} {ratio:>8.1}", kind.name)?;
    }
    Ok(())
}

/// The instructions of a whole run of one rung.
fn count(rung: &str, steps: usize) -> Result<f64, Failure> {
    let failed =
        |reason: String| Failure::File { path: "valgrind".to_owned(), reason };
    let program = current_exe()
        .map_err(|error| failed(format!("finds no program: {error}")))?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(["--rung", rung, "--steps", &steps.to_string()])
        .output()
        .map_err(|error| failed(format!("cannot be started: {error}")))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let counted = said
        .lines()
        .find_map(|line| line.split_once("Collected :")?.1.trim().parse().ok());
    counted
        .ok_or_else(|| failed("did not say how many instructions".to_owned()))
}
