//! ch02_weighted_sum, chapter 2: the weighted sums of a layer.
//!
//! ```text
//! zᵢ = bᵢ + Σⱼ wᵢⱼ·aⱼ     for every sample, a column
//! z = w·a + b             (out × m) = (out × in)·(in × m) + (out × 1)
//! ```
//!
//! The last rung compares last digits: begin with the bias, add in order of j.
//!
//! cargo run -p exercises --bin ch02_weighted_sum

use exercises::given::*;

// TODO: write it.
/// w is (out × in), a is (in × m), b is (out × 1).
fn weighted_sum(w: &Matrix, a: &Matrix, b: &Matrix) -> Matrix {
    todo!("Matrix::from_shape_fn((rows, columns), |(i, s)| …)")
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch02_weighted_sum::judge(weighted_sum))
}
