//! An answer to ch05_mend_order: mend it: in which order?

use exercises::given::*;

/// Forward, backward and update.
fn step(layers: &mut [Layer], x: &Matrix, y: &Matrix, learning_rate: f64) {
    let pass = forward(layers, SIGMOID, &[], x);
    let mut dz = pass.output() - y;
    for l in (0..layers.len()).rev() {
        let gradient = gradient(&dz, &pass.a[l]);
        if l > 0 {
            let da = transposed_product(&layers[l].w, &dz);
            dz = da * pass.a[l].mapv(SIGMOID.slope);
        }
        update(&mut layers[l..=l], &[gradient], learning_rate);
    }
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch05_mend_order::judge(step))
}
