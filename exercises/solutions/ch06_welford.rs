//! An answer to ch06_welford: mean and width as the answers come.

use exercises::ch06_welford::Running;

fn include(running: &mut Running, answer: f64) {
    running.t += 1;
    let before = answer - running.mean;
    running.mean += before / running.t as f64;
    running.squares += before * (answer - running.mean);
}

fn width(running: &Running) -> f64 {
    (running.squares / (running.t - 1) as f64).sqrt()
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch06_welford::judge(include, width))
}
