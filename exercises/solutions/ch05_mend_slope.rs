//! An answer to ch05_mend_slope: mend it: which slope?

use exercises::given::*;

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
            let da = masked(&da, masks.get(l - 1));
            dz = da * pass.a[l].mapv(SIGMOID.slope);
        }
    }
    gradients.reverse();
    gradients
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch04_dropout_backward::judge(backward))
}
