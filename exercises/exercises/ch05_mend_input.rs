//! ch05_mend_input, chapter 5: mend it: what does a layer read?
//!
//! ```text
//! a of layer l = σ(w·a + b), with the a of layer l − 1
//! ```
//!
//! With one hidden layer this is right. The notebook that this book began with
//! has it.
//!
//! cargo run -p exercises --bin ch05_mend_input

use exercises::given::*;

// TODO: mend it.
fn forward(layers: &[Layer], x: &Matrix) -> Pass {
    let mut a = vec![x.clone()];
    for (l, Layer { w, b }) in layers.iter().enumerate() {
        if l + 1 == layers.len() {
            a.push(affine(w, &a[l], b));
        } else {
            a.push(affine(w, x, b).mapv(SIGMOID.f));
        }
    }
    Pass { handed_on: a.clone(), a }
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch02_forward::judge(forward))
}
