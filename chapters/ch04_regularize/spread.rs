//! Many seeds, side by side: their mean, and how sure of it one can be.

use std::sync::Mutex;
use std::thread;

use chainrule::cli::{Failure, Progress};

/// Runs `work` for each seed on all cores; the results are in order of seeds.
pub fn over_seeds<T: Send>(
    seeds: std::ops::Range<u64>,
    progress: &Mutex<Progress>,
    work: impl Fn(u64) -> Result<T, Failure> + Sync,
) -> Result<Vec<T>, Failure> {
    let cores = thread::available_parallelism().map_or(1, |n| n.get());
    let each = seeds.end.saturating_sub(seeds.start).div_ceil(cores as u64);
    let share = |core: u64| {
        let start = seeds.start + core * each;
        start..(start + each).min(seeds.end)
    };
    let (work, share) = (&work, &share);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores as u64)
            .map(|core| {
                scope.spawn(move || {
                    let done = share(core).map(|seed| {
                        let result = work(seed);
                        if let Ok(mut progress) = progress.lock() {
                            progress.step();
                        }
                        result
                    });
                    done.collect::<Result<Vec<_>, _>>()
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
#[derive(Clone, Copy)]
pub struct Mean {
    pub mean: f64,
    pub error: f64,
}

// ANCHOR: mean
pub fn mean(values: &[f64]) -> Mean {
    let n = values.len() as f64;
    let mean = values.iter().fold(0.0, |sum, v| sum + v) / n;
    let squares =
        values.iter().fold(0.0, |sum, v| sum + (v - mean) * (v - mean));
    Mean { mean, error: (squares / (n - 1.0) / n).sqrt() }
}
// ANCHOR_END: mean

impl std::fmt::Display for Mean {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&format!("{:.2} ± {:.2}", self.mean, self.error))
    }
}
