//! A drop probability or a network, measured over several seeds.

use crate::regions::Region;

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
        let n = self.runs.len() as f64;
        let mean = self.runs.iter().map(|run| of(&run[r])).sum::<f64>() / n;
        let squares = self.runs.iter().map(|run| {
            let distance = of(&run[r]) - mean;
            distance * distance
        });
        (mean, (squares.sum::<f64>() / (n - 1.0)).sqrt())
    }
}
