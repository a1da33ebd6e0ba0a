//! An answer to ch02_backward: backward through one hidden layer.

use exercises::given::*;

fn backward(layers: &[Layer], pass: &Pass, y: &Matrix) -> Vec<Layer> {
    let dz2 = &pass.a[2] - y;
    let da1 = transposed_product(&layers[1].w, &dz2);
    let dz1 = da1 * pass.a[1].mapv(SIGMOID.slope);
    vec![gradient(&dz1, &pass.a[0]), gradient(&dz2, &pass.a[1])]
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch02_backward::judge(backward))
}
