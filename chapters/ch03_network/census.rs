//! How many seeds get stuck: the same run from many beginnings.

use std::io::Write;

use chapters::cli::{Failure, Outcome, Progress};
use ndarray::Array2;

use crate::{Args, train};

/// Bounds that separate the endings of the default run.
const BOUNDS: [f64; 4] = [0.1, 1.0, 10.0, f64::INFINITY];

pub fn print(
    out: &mut dyn Write,
    args: &Args,
    seeds: u64,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Outcome {
    let progress = Progress::new(seeds as usize * args.steps);
    let (mut endings, mut diverged) = (Vec::new(), 0);
    for seed in 0..seeds {
        let run = Args { seed, ..args.clone() };
        match train(&run, x, y, || progress.step()) {
            Ok(run) => endings.push((run.final_loss, seed)),
            Err(Failure::Diverged { .. }) => diverged += 1,
            Err(other) => return Err(other),
        }
    }
    drop(progress); // the bar makes room for the table
    writeln!(out, "final loss of {seeds} runs, seeds 0 to {}", seeds - 1)?;
    let mut low = 0.0;
    for high in BOUNDS {
        let inside = endings
            .iter()
            .filter(|(loss, _)| (low..high).contains(loss))
            .count();
        let bound = if high.is_finite() {
            format!("below {high}")
        } else {
            "above".to_owned()
        };
        writeln!(out, "{bound:>12} {inside:>6}")?;
        low = high;
    }
    if diverged > 0 {
        writeln!(out, "{:>12} {diverged:>6}", "diverged")?;
    }
    if endings.is_empty() {
        return Ok(());
    }
    endings.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (name, at) in [
        ("best", 0),
        ("median", endings.len() / 2),
        ("worst", endings.len() - 1),
    ] {
        let (loss, seed) = endings[at];
        writeln!(out, "{name:>12} {loss:>12.6}  (seed {seed})")?;
    }
    Ok(())
}
