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
        v.w = beta * &v.w + &gradient.w;
        v.b = beta * &v.b + &gradient.b;
    }
    update(layers, velocity, learning_rate);
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch02_momentum::judge(step))
}
