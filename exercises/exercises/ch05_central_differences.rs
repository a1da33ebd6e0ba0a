//! ch05_central_differences, chapter 5: write the judge.
//!
//! ```text
//! ∂J/∂θ ≈ (J(θ + h) − J(θ − h)) / 2h,   h = 10⁻⁵
//! ```
//!
//! `cost(&theta)` is J at any θ. Say whether `gradient` is that of the cost at θ.
//! Yours is judged as well: it gets right gradients and wrong ones.
//!
//! cargo run -p exercises --bin ch05_central_differences

// TODO: write it.
/// Whether every entry of the gradient is what central differences say.
fn agrees(
    theta: &[f64],
    gradient: &[f64],
    cost: &dyn Fn(&[f64]) -> f64,
) -> bool {
    todo!("move one parameter at a time, and compare")
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch05_central_differences::judge(agrees))
}
