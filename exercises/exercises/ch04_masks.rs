//! ch04_masks, chapter 4: a mask for each hidden layer.
//!
//! ```text
//! mᵢₛ = 1/(1 − p) with probability 1 − p, otherwise 0
//! ```
//!
//! One for each layer but the last, (units × samples), a coin for every entry.
//! `layer.w.nrows()` is the number of units, `Matrix::from_shape_simple_fn(shape,
//! || …)` calls a function for each entry.
//!
//! cargo run -p exercises --bin ch04_masks

use exercises::given::*;

// TODO: write it.
/// p is the probability to drop.
fn draw_masks(
    layers: &[Layer],
    p: f64,
    samples: usize,
    rng: &mut ChaCha8Rng,
) -> Vec<Matrix> {
    todo!("for each hidden layer a mask that holds the scale")
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch04_masks::judge(draw_masks))
}
