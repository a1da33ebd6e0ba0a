//! An answer to ch02_step: one step of gradient descent.

use exercises::given::*;

fn step(layers: &mut [Layer], gradients: &[Layer], learning_rate: f64) {
    for (layer, gradient) in layers.iter_mut().zip(gradients) {
        layer.w -= &(learning_rate * &gradient.w);
        layer.b -= &(learning_rate * &gradient.b);
    }
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch02_step::judge(step))
}
