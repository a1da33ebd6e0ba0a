//! ch05_mend_start, chapter 5: mend it: where does it start?
//!
//! ```text
//! wᵢⱼ uniform in ±√(6/(in + out))
//! ```
//!
//! The gradient is right, and next to nothing: the network [1, 32, 32, 1] stays
//! where answering 0 would leave it.
//!
//! cargo run -p exercises --bin ch05_mend_start

use exercises::given::*;

// TODO: mend it.
/// Weights and biases for layers of these sizes.
fn start(sizes: &[usize], rng: &mut ChaCha8Rng) -> Vec<Layer> {
    let mut layers = Vec::new();
    for pair in sizes.windows(2) {
        let (inputs, outputs) = (pair[0], pair[1]);
        let w = Matrix::from_shape_simple_fn((outputs, inputs), || {
            rng.random::<f64>()
        });
        layers.push(Layer { w, b: Matrix::zeros((outputs, 1)) });
    }
    layers
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch05_mend_start::judge(start))
}
