//! An answer to ch02_momentum: momentum: a step that remembers.

use exercises::given::*;

fn step(
    layers: &mut [Layer],
    velocity: &mut [Layer],
    gradients: &[Layer],
    learning_rate: f64,
    beta: f64,
) {
    for (v, gradient) in velocity.iter_mut().zip(gradients) {
        v.w = beta * &v.w - learning_rate * &gradient.w;
        v.b = beta * &v.b - learning_rate * &gradient.b;
    }
    for (layer, v) in layers.iter_mut().zip(velocity) {
        layer.w += &v.w;
        layer.b += &v.b;
    }
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch02_momentum::judge(step))
}
