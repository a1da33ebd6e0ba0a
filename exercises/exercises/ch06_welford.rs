//! ch06_welford, chapter 6: mean and width as the answers come.
//!
//! ```text
//! the mean moves by 1/t of the distance of the new answer from it
//! the sum of squares grows by (distance before)·(distance after)
//! s = √(squares / (t − 1))
//! ```
//!
//! A thousand answers, and none of them is kept. `Running` holds t, mean and
//! squares, and begins at zeros.
//!
//! cargo run -p exercises --bin ch06_welford

use exercises::ch06_welford::Running;

// TODO: write it.
/// Takes one more answer in.
fn include(running: &mut Running, answer: f64) {
    todo!("t, then the mean, then the squares")
}

/// The standard deviation of the answers so far; there are at least two.
fn width(running: &Running) -> f64 {
    todo!("s, of the squares")
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch06_welford::judge(include, width))
}
