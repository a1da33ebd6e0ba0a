//! ch02_output_error, chapter 2: the error at the output.
//!
//! ```text
//! J = ½·(a − y)² for one sample, and a = z:   dz = ∂J/∂z
//! ```
//!
//! Each column is the derivative of that sample's own cost: no mean here.
//!
//! cargo run -p exercises --bin ch02_output_error

use exercises::given::*;

// TODO: write it.
/// dz of the output layer, (out × m).
fn output_error(a: &Matrix, y: &Matrix) -> Matrix {
    todo!("the derivative of ½·(a − y)²")
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch02_output_error::judge(output_error))
}
