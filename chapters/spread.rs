//! Many seeds, side by side: their mean, and how sure of it one can be.

use std::thread;

use crate::cli::{Failure, Progress};

/// Runs `work` for each seed on all cores; the results are in order of seeds.
///
/// # Errors
/// That of the first seed whose work has one.
///
/// # Panics
/// Where the work does.
pub fn over_seeds<T: Send>(
    seeds: &[u64],
    progress: &Progress,
    work: impl Fn(u64) -> Result<T, Failure> + Sync,
) -> Result<Vec<T>, Failure> {
    let cores = thread::available_parallelism().map_or(1, |n| n.get());
    let one = |&seed: &u64| {
        let result = work(seed);
        progress.step();
        result
    };
    let one = &one;
    thread::scope(|scope| {
        let workers: Vec<_> = seeds
            .chunks(seeds.len().div_ceil(cores))
            .map(|share| {
                scope.spawn(move || {
                    share.iter().map(one).collect::<Result<Vec<_>, _>>()
                })
            })
            .collect();
        let mut all = Vec::new();
        for worker in workers {
            all.extend(worker.join().expect("no worker panics")?);
        }
        Ok(all)
    })
}

/// A mean, and its standard error: the spread divided by √n.
#[derive(Clone, Copy, Debug)]
pub struct Mean {
    /// The mean.
    pub mean: f64,
    /// Its standard error.
    pub error: f64,
}

/// The mean of these values, and its standard error.
// ANCHOR: mean
pub fn mean(values: &[f64]) -> Mean {
    let n = values.len() as f64;
    let mean = values.iter().fold(0.0, |sum, v| sum + v) / n;
    let squares =
        values.iter().fold(0.0, |sum, v| sum + (v - mean) * (v - mean));
    Mean { mean, error: (squares / (n - 1.0) / n).sqrt() }
}
// ANCHOR_END: mean

/// The mean of one quantity over runs.
pub fn mean_of<T>(runs: &[T], quantity: impl Fn(&T) -> f64) -> Mean {
    mean(&runs.iter().map(quantity).collect::<Vec<_>>())
}

impl std::fmt::Display for Mean {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&format!("{:.2} ± {:.2}", self.mean, self.error))
    }
}
