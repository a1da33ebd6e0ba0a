//! An answer to ch05_mend_input: mend it: what does a layer read?

use exercises::given::*;

fn forward(layers: &[Layer], x: &Matrix) -> Pass {
    let mut a = vec![x.clone()];
    for (l, Layer { w, b }) in layers.iter().enumerate() {
        if l + 1 == layers.len() {
            a.push(affine(w, &a[l], b));
        } else {
            a.push(affine(w, &a[l], b).mapv(SIGMOID.f));
        }
    }
    Pass { handed_on: a.clone(), a }
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch02_forward::judge(forward))
}
