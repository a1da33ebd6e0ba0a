//! What the runs of one setting came to, for the tables and the figures.

use crate::training::{Remedy, Scores};
use chapters::spread::{Mean, mean_of};

/// What all seeds of one remedy came to.
pub struct Ending {
    /// As the table has it.
    pub name: String,
    pub remedy: Remedy,
    /// (training, held out) of each seed.
    pub runs: Vec<(f64, f64)>,
    pub training: Mean,
    pub held_out: Mean,
    /// The mean curve of (training, held-out), every hundredth step.
    pub curve: Vec<[f64; 2]>,
}

/// The means over runs of one remedy.
pub fn ending(name: String, remedy: Remedy, runs: &[Scores]) -> Ending {
    let at = |i: usize| {
        [0, 1].map(|which| mean_of(runs, |run| run.curve[i][which]).mean)
    };
    Ending {
        name,
        remedy,
        training: mean_of(runs, |run| run.end().training),
        held_out: mean_of(runs, |run| run.end().held_out),
        curve: (0..runs[0].curve.len()).map(at).collect(),
        runs: runs
            .iter()
            .map(|run| (run.end().training, run.end().held_out))
            .collect(),
    }
}
