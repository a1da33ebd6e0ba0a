//! An answer to ch04_softmax: softmax with cross-entropy.

use exercises::given::*;

fn largest(z: &Matrix, s: usize) -> f64 {
    z.column(s).iter().fold(f64::NEG_INFINITY, |m, z| m.max(*z))
}

fn sum_of_powers(z: &Matrix, s: usize) -> f64 {
    z.column(s).iter().map(|z_k| exp(z_k - largest(z, s))).sum()
}

fn softmax(z: &Matrix) -> Matrix {
    Matrix::from_shape_fn(z.dim(), |(k, s)| {
        exp(z[[k, s]] - largest(z, s)) / sum_of_powers(z, s)
    })
}

fn cross_entropy(z: &Matrix, y: &Matrix) -> f64 {
    let mut total = 0.0;
    for ((k, s), y) in y.indexed_iter() {
        let from_largest = z[[k, s]] - largest(z, s);
        total += y * (libm::log(sum_of_powers(z, s)) - from_largest);
    }
    total / z.ncols() as f64
}

fn error(z: &Matrix, y: &Matrix) -> Matrix {
    softmax(z) - y
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| {
        exercises::ch04_softmax::judge(softmax, cross_entropy, error)
    })
}
