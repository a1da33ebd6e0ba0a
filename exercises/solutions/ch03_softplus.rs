//! An answer to ch03_softplus: an activation of your own.

use exercises::given::*;

fn value(z: f64) -> f64 {
    z.max(0.0) + libm::log1p(exp(-z.abs()))
}

fn slope(a: f64) -> f64 {
    1.0 - exp(-a)
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch03_softplus::judge(value, slope))
}
