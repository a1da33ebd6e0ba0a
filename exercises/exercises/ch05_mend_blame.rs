//! ch05_mend_blame, chapter 5: mend it: who is to blame?
//!
//! ```text
//! dã = wᵀ·dz,   da = m ⊙ dã,   dz of the layer below = da ⊙ σ′
//! ```
//!
//! This network learns, and its curve gives nothing away. One line is missing.
//!
//! cargo run -p exercises --bin ch05_mend_blame

use exercises::given::*;

// TODO: mend it.
/// The gradients of all layers; pass is what forward left.
fn backward(
    layers: &[Layer],
    masks: &[Matrix],
    pass: &Pass,
    y: &Matrix,
) -> Vec<Layer> {
    let mut dz = pass.output() - y;
    let mut gradients = Vec::new();
    for l in (0..layers.len()).rev() {
        gradients.push(gradient(&dz, &pass.handed_on[l]));
        if l > 0 {
            let da = transposed_product(&layers[l].w, &dz);
            dz = da * pass.a[l].mapv(SIGMOID.slope);
        }
    }
    gradients.reverse();
    gradients
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch04_dropout_backward::judge(backward))
}
