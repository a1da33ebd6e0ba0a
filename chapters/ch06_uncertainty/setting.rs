//! A drop probability or a network, measured over several seeds.

use std::io::Write;

use chapters::cli::Outcome;

use crate::regions::{NAMES, Region};

/// One setting, measured over the seeds.
pub struct Setting {
    /// As the table has it.
    pub name: String,
    /// A run for each seed.
    pub runs: Vec<[Region; 3]>,
}

impl Setting {
    /// The mean over the seeds of one quantity in region `r`, and its standard
    /// deviation.
    pub fn moments(&self, r: usize, of: impl Fn(&Region) -> f64) -> (f64, f64) {
        let values: Vec<f64> =
            self.runs.iter().map(|run| of(&run[r])).collect();
        moments(&values)
    }
}

/// The mean of some values, and their standard deviation.
pub fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares = values.iter().map(|value| {
        let distance = value - mean;
        distance * distance
    });
    (mean, (squares.sum::<f64>() / (n - 1.0)).sqrt())
}

/// One quantity of every setting, a region a column, below their names.
pub fn table(
    out: &mut dyn Write,
    key: &str,
    settings: &[Setting],
    digits: usize,
    of: fn(&Region) -> f64,
) -> Outcome {
    let [data, gap, beyond] = NAMES;
    writeln!(out, "{data:>28}{gap:>16}{beyond:>16}")?;
    rows(out, key, settings, digits, of)
}

/// The rows of such a table.
pub fn rows(
    out: &mut dyn Write,
    key: &str,
    settings: &[Setting],
    digits: usize,
    of: fn(&Region) -> f64,
) -> Outcome {
    for setting in settings {
        let cells: String = (0..NAMES.len())
            .map(|r| cell(setting.moments(r, of), digits))
            .collect();
        writeln!(out, "{key} {:<9}{cells}", setting.name)?;
    }
    Ok(())
}

/// `0.134 ± 0.007`, to the right of its column.
pub fn cell((mean, spread): (f64, f64), digits: usize) -> String {
    let cell = format!("{mean:.digits$} ± {spread:.digits$}");
    format!("{cell:>16}")
}
