//! ch01_mask, chapter 1: a mask from coins.
//!
//! ```text
//! kept with probability 1 − p, by a coin of its own for each entry
//! ```
//!
//! `rng.random::<f64>()` is a coin: any number from 0 to 1, all alike.
//!
//! cargo run -p exercises --bin ch01_mask

use exercises::given::*;

// TODO: write it.
/// True where an entry is kept; p is the probability to drop.
fn mask(p: f64, entries: usize, rng: &mut ChaCha8Rng) -> Vec<bool> {
    todo!("a coin for each entry, and whether it keeps")
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch01_mask::judge(mask))
}
