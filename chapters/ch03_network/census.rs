//! How many seeds get stuck: the same run from many beginnings.

use std::io::Write;

use chapters::cli::{Failure, Outcome, Progress};
use ndarray::Array2;

use crate::{Args, train};

/// Bounds that separate the endings of the default run.
const BOUNDS: [f64; 4] = [0.1, 1.0, 10.0, f64::INFINITY];

/// Counts the endings of the seeds from 0 on.
///
/// # Errors
/// [`Failure::OneDiverged`] for the first seed that diverged, once all are
/// counted: to diverge is an ending like others, but no result.
pub fn print(
    out: &mut dyn Write,
    args: &Args,
    seeds: u64,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Outcome {
    let progress = Progress::new(seeds as usize * args.steps);
    let (mut endings, mut diverged) = (Vec::new(), Vec::new());
    for seed in 0..seeds {
        let run = Args { seed, ..args.clone() };
        match train(&run, x, y, || progress.step()) {
            Ok(run) => endings.push((run.final_loss, seed)),
            Err(failure @ Failure::Diverged { .. }) => {
                diverged.push(failure.of(format!("seed {seed}")));
            }
            Err(other) => return Err(other),
        }
    }
    drop(progress); // the bar makes room for the table
    writeln!(out, "final loss of {seeds} runs, seeds 0 to {}", seeds - 1)?;
    between_bounds(out, &endings, diverged.len())?;
    best_to_worst(out, endings)?;
    diverged.into_iter().next().map_or(Ok(()), Err)
}

/// How many runs ended between two bounds, and how many not at all.
fn between_bounds(
    out: &mut dyn Write,
    endings: &[(f64, u64)],
    diverged: usize,
) -> Outcome {
    let mut low = 0.0;
    for high in BOUNDS {
        let inside = |(loss, _): &&(f64, u64)| (low..high).contains(loss);
        let count = endings.iter().filter(inside).count();
        let bound = match high {
            f64::INFINITY => "above".to_owned(),
            high => format!("below {high}"),
        };
        writeln!(out, "{bound:>12} {count:>6}")?;
        low = high;
    }
    if diverged > 0 {
        writeln!(out, "{:>12} {diverged:>6}", "diverged")?;
    }
    Ok(())
}

/// The first, the middle and the last of the runs in order of their loss.
fn best_to_worst(out: &mut dyn Write, mut endings: Vec<(f64, u64)>) -> Outcome {
    endings.sort_by(|a, b| a.0.total_cmp(&b.0));
    let last = endings.len().saturating_sub(1);
    let places = [("best", 0), ("median", endings.len() / 2), ("worst", last)];
    for (name, at) in places {
        if let Some((loss, seed)) = endings.get(at) {
            writeln!(out, "{name:>12} {loss:>12.6}  (seed {seed})")?;
        }
    }
    Ok(())
}
