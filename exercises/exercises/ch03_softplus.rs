//! ch03_softplus, chapter 3: an activation of your own.
//!
//! ```text
//! f(z) = ln(1 + eᶻ),   f′(z) = σ(z) — told by a
//! ```
//!
//! `libm::log1p(x)` is ln(1 + x), exact for small x, and `exp` is the core's.
//! f(1000) is 1000. From a = ln(1 + eᶻ) follows eᶻ, and from that f′.
//! CONTRIBUTING, *Adding an activation*, goes on from here into the core.
//!
//! cargo run -p exercises --bin ch03_softplus

use exercises::given::*;

// TODO: write it.
/// f(z), for every z.
fn value(z: f64) -> f64 {
    todo!("ln(1 + eᶻ), where eᶻ may not overflow")
}

/// f′(z), told by a = f(z).
fn slope(a: f64) -> f64 {
    todo!("σ(z), from a alone")
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch03_softplus::judge(value, slope))
}
