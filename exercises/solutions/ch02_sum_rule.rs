//! An answer to ch02_sum_rule: the sum rule, with two outputs.

use exercises::given::*;

fn back_through(w: &Matrix, dz: &Matrix) -> Matrix {
    Matrix::from_shape_fn((w.ncols(), dz.ncols()), |(j, s)| {
        let mut da = 0.0;
        for i in 0..w.nrows() {
            da += w[[i, j]] * dz[[i, s]];
        }
        da
    })
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch02_sum_rule::judge(back_through))
}
