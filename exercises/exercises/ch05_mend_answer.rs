//! ch05_mend_answer, chapter 5: mend it: the answer after training.
//!
//! ```text
//! after training: z = w·a + b, with the a of the layer before
//! ```
//!
//! Training is right. The same question should have the same answer.
//!
//! cargo run -p exercises --bin ch05_mend_answer

use exercises::given::*;

// TODO: mend it.
/// The answer for x, once training is over.
fn evaluate(
    layers: &[Layer],
    p: f64,
    x: &Matrix,
    rng: &mut ChaCha8Rng,
) -> Matrix {
    let masks = draw_masks(layers, p, x.ncols(), rng);
    forward(layers, SIGMOID, &masks, x).output().clone()
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch05_mend_answer::judge(evaluate))
}
