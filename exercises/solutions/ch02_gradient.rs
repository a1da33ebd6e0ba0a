//! An answer to ch02_gradient: dw and db of one layer.

use exercises::given::*;

fn gradient(dz: &Matrix, a: &Matrix) -> Layer {
    let m = dz.ncols() as f64;
    let row = |matrix: &Matrix, i: usize| matrix.row(i).to_vec();
    Layer {
        w: Matrix::from_shape_fn((dz.nrows(), a.nrows()), |(i, j)| {
            dot(&row(dz, i), &row(a, j)) / m
        }),
        b: Matrix::from_shape_fn((dz.nrows(), 1), |(i, _)| {
            sum(&row(dz, i)) / m
        }),
    }
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch02_gradient::judge(gradient))
}
