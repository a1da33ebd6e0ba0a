//! ch02_loss, chapter 2: what is printed, and what is descended.
//!
//! ```text
//! mse = Σ (a − y)² / (entries),   J = Σ (a − y)² / (2·samples)
//! ```
//!
//! Samples are columns. For the last digit of the last rung, take
//! `dot(&d, &d)` of a list d of all differences for the sum of squares.
//!
//! cargo run -p exercises --bin ch02_loss

use exercises::given::*;

// TODO: write it.
/// The mean over every entry.
fn mse(a: &Matrix, y: &Matrix) -> f64 {
    todo!("the loss that is printed")
}

/// The cost J.
fn cost(a: &Matrix, y: &Matrix) -> f64 {
    todo!("the cost that is descended")
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch02_loss::judge(mse, cost))
}
