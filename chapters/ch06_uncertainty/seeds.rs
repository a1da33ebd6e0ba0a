//! The same run from several seeds, side by side.

use std::thread;

use chapters::cli::{self, Failure};

use crate::Args;

/// What the run gives for each seed, from `--seed` on.
pub fn each<T: Send>(
    args: &Args,
    run: impl Fn(&Args) -> Result<T, Failure> + Sync,
) -> Result<Vec<T>, Failure> {
    let run = |seed| run(&Args { seed, ..args.clone() });
    let all: Vec<u64> = cli::seeds(args.seed, args.seeds).collect();
    let mut results = Vec::new();
    // Each run at a time needs its memory: up to a gigabyte, for the largest
    // of networks.
    let processors = thread::available_parallelism().map_or(1, usize::from);
    for some in all.chunks(processors.min(8)) {
        let some: Vec<_> = thread::scope(|scope| {
            let threads: Vec<_> = some
                .iter()
                .map(|&seed| scope.spawn(move || run(seed)))
                .collect();
            let joined = threads.into_iter().map(|run| run.join());
            joined.map(|run| run.expect("a run does not panic")).collect()
        });
        for result in some {
            results.push(result?);
        }
    }
    Ok(results)
}
