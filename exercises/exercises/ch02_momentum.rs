//! ch02_momentum, chapter 2: momentum: a step that remembers.
//!
//! ```text
//! v ← β·v − η·dw,   w ← w + v        (and for b the same)
//! ```
//!
//! With β = 0 this is gradient descent. `velocity` begins at zeros, and what you
//! leave in it comes back at the next step.
//!
//! cargo run -p exercises --bin ch02_momentum

use exercises::given::*;

// TODO: write it.
/// All three have the same shapes.
fn step(
    layers: &mut [Layer],
    velocity: &mut [Layer],
    gradients: &[Layer],
    learning_rate: f64,
    beta: f64,
) {
    todo!("the velocity first, and then the step by it")
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch02_momentum::judge(step))
}
