//! ch02_forward, chapter 2: forward through every layer.
//!
//! ```text
//! z = w·a + b, with the a of the layer before;   a = σ(z), but the output is z
//! ```
//!
//! `affine(w, a, b)` is w·a + b. `SIGMOID.f` is σ; `z.mapv(f)` bends every entry.
//! A pass remembers: `Pass { a, handed_on }` are two lists of matrices, x and then
//! a of every layer. `handed_on` is for dropout, and here a copy of a.
//!
//! cargo run -p exercises --bin ch02_forward

use exercises::given::*;

// TODO: write it.
/// A pass that remembers.
fn forward(layers: &[Layer], x: &Matrix) -> Pass {
    todo!("x, and then a of every layer, from the a before it")
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch02_forward::judge(forward))
}
