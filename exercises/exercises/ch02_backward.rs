//! ch02_backward, chapter 2: backward through one hidden layer.
//!
//! ```text
//! dz₂ = a₂ − y
//! dz₁ = (w₂ᵀ·dz₂) ⊙ σ′,   σ′ = a₁·(1 − a₁)
//! ```
//!
//! `gradient(&dz, &a)` makes dw and db from a layer's dz and what it read,
//! `transposed_product(&w, &dz)` is wᵀ·dz, and * multiplies entry by entry.
//! `pass.a` holds x, a₁ and a₂.
//!
//! cargo run -p exercises --bin ch02_backward

use exercises::given::*;

// TODO: write it.
/// The gradient of both layers, the first one first.
fn backward(layers: &[Layer], pass: &Pass, y: &Matrix) -> Vec<Layer> {
    todo!("dz of the output, then of the hidden layer; dw and db of both")
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch02_backward::judge(backward))
}
