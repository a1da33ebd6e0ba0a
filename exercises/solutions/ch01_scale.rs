//! An answer to ch01_scale: the scale that keeps the mean.

fn rescaled(x: f64, kept: bool, p: f64) -> f64 {
    if kept { x / (1.0 - p) } else { 0.0 }
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch01_scale::judge(rescaled))
}
