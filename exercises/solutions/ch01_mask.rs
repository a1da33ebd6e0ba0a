//! An answer to ch01_mask: a mask from coins.

use exercises::given::*;

fn mask(p: f64, entries: usize, rng: &mut ChaCha8Rng) -> Vec<bool> {
    (0..entries).map(|_| rng.random::<f64>() < 1.0 - p).collect()
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch01_mask::judge(mask))
}
