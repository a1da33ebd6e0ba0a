//! ch05_mend_coins, chapter 5: mend it: whose coins?
//!
//! ```text
//! mᵢₛ = 1/(1 − p) with probability 1 − p, otherwise 0
//! ```
//!
//! Each mask is perfect by itself, every step has other ones, and the loss is
//! lower than it should be.
//!
//! cargo run -p exercises --bin ch05_mend_coins

use exercises::given::*;

// TODO: mend it.
/// p is the probability to drop.
fn draw_masks(
    layers: &[Layer],
    p: f64,
    samples: usize,
    rng: &mut ChaCha8Rng,
) -> Vec<Matrix> {
    let seed = rng.random();
    let mut masks = Vec::new();
    for layer in &layers[..layers.len() - 1] {
        let mut coins = seeded(seed);
        let shape = (layer.w.nrows(), samples);
        masks.push(Matrix::from_shape_simple_fn(shape, || {
            let kept = coins.random::<f64>() < 1.0 - p;
            if kept { 1.0 / (1.0 - p) } else { 0.0 }
        }));
    }
    masks
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch04_masks::judge(draw_masks))
}
