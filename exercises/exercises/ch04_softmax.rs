//! ch04_softmax, chapter 4: softmax with cross-entropy.
//!
//! ```text
//! q = eᶻ / Σ eᶻ in each column,   J = −1/m · Σₛ Σₖ yₖ·ln qₖ,   dz = q − y
//! ```
//!
//! Scores may be 1000: subtract the largest of a column, which cancels. ln q is
//! z − largest − ln Σ e^(z − largest). `libm::log` is ln.
//!
//! cargo run -p exercises --bin ch04_softmax

use exercises::given::*;

// TODO: write it.
/// z holds the scores, (classes × m), and so does q its probabilities.
fn softmax(z: &Matrix) -> Matrix {
    todo!("a distribution in each column")
}

/// y is 1 for the right class of a sample, and 0 elsewhere.
fn cross_entropy(z: &Matrix, y: &Matrix) -> f64 {
    todo!("the mean over the samples of −ln q of the right class")
}

/// dz: each column is the derivative of that sample's own cost.
fn error(z: &Matrix, y: &Matrix) -> Matrix {
    todo!("answer minus truth")
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| {
        exercises::ch04_softmax::judge(softmax, cross_entropy, error)
    })
}
