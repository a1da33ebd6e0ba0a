//! An answer to ch05_mend_start: mend it: where does it start?

use exercises::given::*;

/// Weights and biases for layers of these sizes.
fn start(sizes: &[usize], rng: &mut ChaCha8Rng) -> Vec<Layer> {
    let mut layers = Vec::new();
    for pair in sizes.windows(2) {
        let (inputs, outputs) = (pair[0], pair[1]);
        let limit = (6.0 / (inputs + outputs) as f64).sqrt();
        let w = Matrix::from_shape_simple_fn((outputs, inputs), || {
            limit * (2.0 * rng.random::<f64>() - 1.0)
        });
        layers.push(Layer { w, b: Matrix::zeros((outputs, 1)) });
    }
    layers
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch05_mend_start::judge(start))
}
