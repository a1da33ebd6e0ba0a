//! ch02_step, chapter 2: one step of gradient descent.
//!
//! ```text
//! w ← w − η·dw,   b ← b − η·db
//! ```
//!
//! `layer.w -= &(2.0 * &other)` is possible: matrices of one shape.
//!
//! cargo run -p exercises --bin ch02_step

use exercises::given::*;

// TODO: write it.
/// gradients[l] has the shapes of layers[l].
fn step(layers: &mut [Layer], gradients: &[Layer], learning_rate: f64) {
    todo!("w and b of every layer, against their slopes")
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch02_step::judge(step))
}
