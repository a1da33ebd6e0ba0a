//! How far two correct programs part, that sum the samples in different
//! orders.

use std::io::Write;

use chapters::cli::{Failure, Outcome};
use ndarray::{Array2, s};

use crate::{Args, Fit, train};

/// As many runs as the table has rows.
const SEEDS: u64 = 12;

/// Two losses part where they differ by a hundredth of the one.
const PARTED: f64 = 0.01;

/// The same training, with the samples from last to first.
pub fn backwards(
    args: &Args,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Result<Fit, Failure> {
    let turned = |m: &Array2<f64>| m.slice(s![.., ..;-1]).to_owned();
    train(args, &turned(x), &turned(y), |_, _| Ok(()))
}

/// At each step how far the one loss is from the other, as a part of it.
pub fn differences(one: &[f64], other: &[f64]) -> Vec<f64> {
    one.iter().zip(other).map(|(a, b)| (a - b).abs() / a).collect()
}

/// What happened in one pair of runs.
pub fn report(out: &mut dyn Write, one: &[f64], other: &[f64]) -> Outcome {
    let differences = differences(one, other);
    writeln!(out, "\nthe same run with the samples summed from last to first")?;
    if let Some(step) = differences.iter().position(|&d| d > 0.0) {
        writeln!(out, "first step whose loss differs in any digit: {step}")?;
    }
    if let Some((step, difference)) = largest(&differences) {
        writeln!(out, "largest relative difference: {difference:.1e}")?;
        writeln!(out, "step of the largest difference: {step}")?;
    }
    let late = &differences[differences.len().saturating_sub(100)..];
    let late = late.iter().copied().fold(0.0, f64::max);
    writeln!(out, "largest over the last hundred steps: {late:.1e}")?;
    Ok(())
}

/// A row a seed, and how many of them part.
///
/// # Errors
/// As the sweep: the first run that diverged, once the table is whole.
pub fn print(
    out: &mut dyn Write,
    args: &Args,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Outcome {
    let (rate, steps) = (args.learning_rate, args.steps);
    writeln!(out, "each run twice, its samples summed in two orders")?;
    writeln!(out, "learning rate {rate}, {steps} steps\n")?;
    writeln!(
        out,
        "  seed   highest loss   at step   largest relative   at step"
    )?;
    writeln!(out, "         after step 100               difference")?;
    let (mut parted, mut diverged) = (0, None);
    for seed in 0..SEEDS {
        let run = Args { seed, ..args.clone() };
        match row(out, &run, x, y) {
            Ok(parts) => parted += usize::from(parts),
            Err(failure @ Failure::Diverged { .. }) => {
                writeln!(out, "{seed:>6}   diverged")?;
                diverged.get_or_insert(failure.of(format!("seed {seed}")));
            }
            Err(other) => return Err(other),
        }
    }
    writeln!(out, "\nseeds that part: {parted} of {SEEDS}")?;
    diverged.map_or(Ok(()), Err)
}

/// One row; whether the two runs part.
fn row(
    out: &mut dyn Write,
    args: &Args,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Result<bool, Failure> {
    let one = train(args, x, y, |_, _| Ok(()))?.losses;
    let other = backwards(args, x, y)?.losses;
    let (when, loss) = late_peak(&one)
        .map(|(step, loss)| (step.to_string(), format!("{loss:.1}")))
        .unwrap_or_default();
    let (step, difference) =
        largest(&differences(&one, &other)).unwrap_or_default();
    writeln!(
        out,
        "{:>6} {loss:>14} {when:>9} {difference:>18.1e} {step:>9}",
        args.seed
    )?;
    Ok(difference > PARTED)
}

/// The largest entry, with its step.
fn largest(values: &[f64]) -> Option<(usize, f64)> {
    let steps = values.iter().copied().enumerate();
    steps.max_by(|a, b| a.1.total_cmp(&b.1))
}

/// The highest loss after step 100, with its step.
pub fn late_peak(losses: &[f64]) -> Option<(usize, f64)> {
    let late = losses.iter().copied().enumerate().skip(101);
    late.max_by(|a, b| a.1.total_cmp(&b.1))
}
