//! ch02_sum_rule, chapter 2: the sum rule, with two outputs.
//!
//! ```text
//! ΔJ ≈ Σᵢ (∂J/∂zᵢ)·Δzᵢ,  and zᵢ follows aⱼ at the rate wᵢⱼ:   daⱼ = ?
//! ```
//!
//! Unit j feeds several units i. What is it to blame for, all in all?
//!
//! cargo run -p exercises --bin ch02_sum_rule

use exercises::given::*;

// TODO: write it.
/// w is (out × in), dz is (out × m); da is (in × m).
fn back_through(w: &Matrix, dz: &Matrix) -> Matrix {
    todo!("da: each unit collects from every unit it fed")
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch02_sum_rule::judge(back_through))
}
