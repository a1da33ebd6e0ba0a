//! ch04_dropout_forward, chapter 4: dropout on the way forward.
//!
//! ```text
//! a = σ(z),   ã = m ⊙ a,   z of the next layer = w·ã + b
//! ```
//!
//! A mask holds the scale already. `masked(&a, masks.get(l))` is m ⊙ a, and a
//! itself where there is no mask: after training, `masks` is empty.
//!
//! cargo run -p exercises --bin ch04_dropout_forward

use exercises::given::*;

// TODO: write it.
/// masks[l] is that of the hidden layer which layers[l] leads into.
fn forward(layers: &[Layer], masks: &[Matrix], x: &Matrix) -> Pass {
    todo!("both lists begin with x; then a, and what is handed on")
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch04_dropout_forward::judge(forward))
}
