//! An answer to ch02_sigmoid: the sigmoid and its slope.

use exercises::given::*;

fn sigmoid(z: f64) -> f64 {
    1.0 / (1.0 + exp(-z))
}

fn slope(a: f64) -> f64 {
    a * (1.0 - a)
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch02_sigmoid::judge(sigmoid, slope))
}
