//! ch05_mend_order, chapter 5: mend it: in which order?
//!
//! ```text
//! dz of the layer below = (wᵀ·dz) ⊙ σ′,   then   w ← w − η·dw
//! ```
//!
//! Backward and update in one sweep. With a small η nobody sees it.
//!
//! cargo run -p exercises --bin ch05_mend_order

use exercises::given::*;

// TODO: mend it.
/// Forward, backward and update.
fn step(layers: &mut [Layer], x: &Matrix, y: &Matrix, learning_rate: f64) {
    let pass = forward(layers, SIGMOID, &[], x);
    let mut dz = pass.output() - y;
    for l in (0..layers.len()).rev() {
        let gradient = gradient(&dz, &pass.a[l]);
        update(&mut layers[l..=l], &[gradient], learning_rate);
        if l > 0 {
            let da = transposed_product(&layers[l].w, &dz);
            dz = da * pass.a[l].mapv(SIGMOID.slope);
        }
    }
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch05_mend_order::judge(step))
}
