//! ch02_sigmoid, chapter 2: the sigmoid and its slope.
//!
//! ```text
//! σ(z) = 1/(1 + e⁻ᶻ),   σ′ = a·(1 − a)
//! ```
//!
//! `exp` is the core's. σ(±1000) should be 1 and 0; e¹⁰⁰⁰ is infinite.
//!
//! cargo run -p exercises --bin ch02_sigmoid

use exercises::given::*;

// TODO: write it.
/// σ(z).
fn sigmoid(z: f64) -> f64 {
    todo!("σ, with an exponential that may be infinite but not ∞/∞")
}

/// σ′(z), told by a = σ(z).
fn slope(a: f64) -> f64 {
    todo!("the slope, from a alone")
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch02_sigmoid::judge(sigmoid, slope))
}
