//! An answer to ch03_any_depth: backward through any number of layers.

use exercises::given::*;

fn backward(
    layers: &[Layer],
    activation: Activation,
    pass: &Pass,
    y: &Matrix,
) -> Vec<Layer> {
    let mut dz = pass.output() - y;
    let mut gradients = Vec::new();
    for l in (0..layers.len()).rev() {
        gradients.push(gradient(&dz, &pass.a[l]));
        if l > 0 {
            let da = transposed_product(&layers[l].w, &dz);
            dz = da * pass.a[l].mapv(activation.slope);
        }
    }
    gradients.reverse();
    gradients
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch03_any_depth::judge(backward))
}
