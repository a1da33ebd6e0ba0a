//! An answer to ch02_weighted_sum: the weighted sums of a layer.

use exercises::given::*;

fn weighted_sum(w: &Matrix, a: &Matrix, b: &Matrix) -> Matrix {
    Matrix::from_shape_fn((w.nrows(), a.ncols()), |(i, s)| {
        let mut z = b[[i, 0]];
        for j in 0..w.ncols() {
            z += w[[i, j]] * a[[j, s]];
        }
        z
    })
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch02_weighted_sum::judge(weighted_sum))
}
