//! ch05_mend_slope, chapter 5: mend it: which slope?
//!
//! ```text
//! dã = wᵀ·dz,   da = m ⊙ dã,   dz of the layer below = da ⊙ σ′
//! ```
//!
//! This one ended lower than the right code in chapter 5. It is wrong all the same.
//!
//! cargo run -p exercises --bin ch05_mend_slope

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
            dz = da * pass.handed_on[l].mapv(SIGMOID.slope);
        }
    }
    gradients.reverse();
    gradients
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch04_dropout_backward::judge(backward))
}
