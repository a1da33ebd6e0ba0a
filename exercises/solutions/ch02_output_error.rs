//! An answer to ch02_output_error: the error at the output.

use exercises::given::*;

fn output_error(a: &Matrix, y: &Matrix) -> Matrix {
    a - y
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch02_output_error::judge(output_error))
}
