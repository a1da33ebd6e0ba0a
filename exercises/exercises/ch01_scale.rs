//! ch01_scale, chapter 1: the scale that keeps the mean.
//!
//! ```text
//! p·(what is dropped) + (1 − p)·(what is kept) = x
//! ```
//!
//! What does an entry x hand on, kept or dropped, so that its mean is x?
//!
//! cargo run -p exercises --bin ch01_scale

// TODO: write it.
/// What is handed on; p is the probability to drop.
fn rescaled(x: f64, kept: bool, p: f64) -> f64 {
    todo!("what a kept entry becomes, and what a dropped one")
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch01_scale::judge(rescaled))
}
