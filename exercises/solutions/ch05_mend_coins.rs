//! An answer to ch05_mend_coins: mend it: whose coins?

use exercises::given::*;

/// p is the probability to drop.
fn draw_masks(
    layers: &[Layer],
    p: f64,
    samples: usize,
    rng: &mut ChaCha8Rng,
) -> Vec<Matrix> {
    let mut masks = Vec::new();
    for layer in &layers[..layers.len() - 1] {
        let shape = (layer.w.nrows(), samples);
        masks.push(Matrix::from_shape_simple_fn(shape, || {
            let kept = rng.random::<f64>() < 1.0 - p;
            if kept { 1.0 / (1.0 - p) } else { 0.0 }
        }));
    }
    masks
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch04_masks::judge(draw_masks))
}
