//! ch08_adam, chapter 8: Adam: every weight settles how far it goes.
//!
//! ```text
//! m ← β₁·m + (1−β₁)·g        m̂ = m/(1−β₁ᵗ)
//! v ← β₂·v + (1−β₂)·g²       v̂ = v/(1−β₂ᵗ)
//! w ← w − η·m̂/(√v̂ + ε)
//! ```
//!
//! One weight and its slope g. `m` and `v` begin at 0, and what you leave in
//! them comes back at the next step; t counts the steps from 1. A power is
//! `beta.powi(t)`.
//!
//! cargo run -p exercises --bin ch08_adam

use exercises::ch08_adam::Settings;

// TODO: write it.
fn step(w: &mut f64, m: &mut f64, v: &mut f64, g: f64, t: i32, set: Settings) {
    let Settings { eta, beta1, beta2, epsilon } = set;
    todo!("both means first, then both without their fault, and the step")
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch08_adam::judge(step))
}
