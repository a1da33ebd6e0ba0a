//! ch02_gradient, chapter 2: dw and db of one layer.
//!
//! ```text
//! dwᵢⱼ = 1/m · Σₛ dzᵢₛ·aⱼₛ,   dbᵢ = 1/m · Σₛ dzᵢₛ
//! ```
//!
//! `dot(x, y)` and `sum(x)` take lists; `dz.row(i).to_vec()` is one. With them
//! the last digits are the book's.
//!
//! cargo run -p exercises --bin ch02_gradient

use exercises::given::*;

// TODO: write it.
/// dz is (out × m), and a is what the layer read, (in × m).
fn gradient(dz: &Matrix, a: &Matrix) -> Layer {
    todo!("Layer {{ w: dw, b: db }}, the means over the samples")
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch02_gradient::judge(gradient))
}
