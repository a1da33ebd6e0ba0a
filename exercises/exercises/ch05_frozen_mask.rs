//! ch05_frozen_mask, chapter 5: a slope under dropout.
//!
//! ```text
//! (J(θ + h) − J(θ − h)) / 2h,   where J has masks in it
//! ```
//!
//! `draw()` draws masks, other ones at each call. `cost(by, &masks)` is J with a
//! weight moved by `by`, under these masks.
//!
//! cargo run -p exercises --bin ch05_frozen_mask

use exercises::given::*;

// TODO: write it.
/// The slope in that weight.
fn slope(
    cost: &dyn Fn(f64, &[Matrix]) -> f64,
    draw: &dyn Fn() -> Vec<Matrix>,
    h: f64,
) -> f64 {
    todo!("both costs of one network")
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch05_frozen_mask::judge(slope))
}
