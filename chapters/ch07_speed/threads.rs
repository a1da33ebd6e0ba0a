//! Two threads for one step: half of the samples each.

use std::io::Write;

use chapters::cli::Outcome;

use crate::stopwatch::{rounds, timed_by_the_wall};
use chapters::ch07_speed::rungs::fused::Fused;
use chapters::ch07_speed::rungs::split::Split;
use chapters::ch07_speed::rungs::{Rung, Task};

/// How many samples a step has, from the notebook's to far too many for it.
const SAMPLES: [usize; 5] = [100, 1000, 10_000, 100_000, 400_000];

/// Times the fused rung on one thread and on two, and prints a row for each
/// number of samples.
pub fn print(out: &mut dyn Write, turns: usize, most: usize) -> Outcome {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    writeln!(
        out,
        "\none step of [1, 25, 1], fused, on two threads; {cores} processors"
    )?;
    writeln!(out, "           samples  one thread µs  two threads µs   gain")?;
    for samples in SAMPLES.into_iter().filter(|&samples| samples <= most) {
        let task = Task::sine(25, samples, 0.3)?;
        let (mut one, mut two) = (Fused::new(&task), Split::new(&task, 2));
        let mut works = [
            timed_by_the_wall(|| one.step()),
            timed_by_the_wall(|| two.step()),
        ];
        let seconds = rounds(&mut works, turns, 4e-3)?;
        let [one, two] = [fastest(&seconds[0]), fastest(&seconds[1])];
        writeln!(
            out,
            "threads {samples:>10} {:>14.1} {:>15.1} {:>6.2}",
            1e6 * one,
            1e6 * two,
            one / two
        )?;
    }
    Ok(())
}

/// The fastest round. On the wall's clock everything that other programs do
/// in between counts, and two threads are held up by either.
fn fastest(seconds: &[f64]) -> f64 {
    seconds.iter().copied().fold(f64::INFINITY, f64::min)
}
