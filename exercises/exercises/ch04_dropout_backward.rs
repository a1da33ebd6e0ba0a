//! ch04_dropout_backward, chapter 4: dropout on the way back.
//!
//! ```text
//! dã = wᵀ·dz,   da = m ⊙ dã,   dz of the layer below = da ⊙ σ′
//! dw from dz and ã, what the layer read
//! ```
//!
//! The masks are those of forward. Mind which of a and ã the slope belongs to.
//!
//! cargo run -p exercises --bin ch04_dropout_backward

use exercises::given::*;

// TODO: write it.
/// The gradients of all layers; pass is what forward left.
fn backward(
    layers: &[Layer],
    masks: &[Matrix],
    pass: &Pass,
    y: &Matrix,
) -> Vec<Layer> {
    todo!("ch03_any_depth, with the masks and with what layers handed on")
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch04_dropout_backward::judge(backward))
}
