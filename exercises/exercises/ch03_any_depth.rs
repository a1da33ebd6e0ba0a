//! ch03_any_depth, chapter 3: backward through any number of layers.
//!
//! ```text
//! dz of the output = a − y
//! for each layer, from the last to the first:
//!     dw, db from dz and the a below
//!     dz of the layer below = (wᵀ·dz) ⊙ f′
//! ```
//!
//! `layers[l]` leads from `pass.a[l]` to `pass.a[l + 1]`. The input has nothing to
//! learn, so the loop ends there. `activation.slope` is f′, told by a.
//!
//! cargo run -p exercises --bin ch03_any_depth

use exercises::given::*;

// TODO: write it.
/// The gradients of all layers, from the first to the last.
fn backward(
    layers: &[Layer],
    activation: Activation,
    pass: &Pass,
    y: &Matrix,
) -> Vec<Layer> {
    todo!("ch02_backward, in a loop from the last layer to the first")
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch03_any_depth::judge(backward))
}
