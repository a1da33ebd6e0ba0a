//! An answer to ch07_own_program: a program of your own.

use exercises::given::{Layer, Matrix, dot, exp, sum};

fn train(
    mut layers: Vec<Layer>,
    x: &Matrix,
    y: &Matrix,
    steps: usize,
    learning_rate: f64,
) -> Vec<f64> {
    let mut losses = Vec::new();
    for _ in 0..steps {
        let a = forward(&layers, x);
        losses.push(mse(&a[a.len() - 1], y));
        let gradients = backward(&layers, &a, y);
        step(&mut layers, &gradients, learning_rate);
    }
    let a = forward(&layers, x);
    losses.push(mse(&a[a.len() - 1], y));
    losses
}

fn weighted_sum(w: &Matrix, a: &Matrix, b: &Matrix) -> Matrix {
    Matrix::from_shape_fn((w.nrows(), a.ncols()), |(i, s)| {
        let mut z = b[[i, 0]];
        for j in 0..w.ncols() {
            z += w[[i, j]] * a[[j, s]];
        }
        z
    })
}

fn sigmoid(z: f64) -> f64 {
    1.0 / (1.0 + exp(-z))
}

fn slope(a: f64) -> f64 {
    a * (1.0 - a)
}

fn forward(layers: &[Layer], x: &Matrix) -> Vec<Matrix> {
    let mut a = vec![x.clone()];
    for (l, Layer { w, b }) in layers.iter().enumerate() {
        let z = weighted_sum(w, &a[l], b);
        let is_output = l + 1 == layers.len();
        a.push(if is_output { z } else { z.mapv(sigmoid) });
    }
    a
}

fn mse(a: &Matrix, y: &Matrix) -> f64 {
    let d: Vec<f64> = (a - y).into_iter().collect();
    dot(&d, &d) / y.len() as f64
}

fn back_through(w: &Matrix, dz: &Matrix) -> Matrix {
    Matrix::from_shape_fn((w.ncols(), dz.ncols()), |(j, s)| {
        let mut da = 0.0;
        for i in 0..w.nrows() {
            da += w[[i, j]] * dz[[i, s]];
        }
        da
    })
}

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

fn backward(layers: &[Layer], a: &[Matrix], y: &Matrix) -> Vec<Layer> {
    let mut dz = &a[layers.len()] - y;
    let mut gradients = Vec::new();
    for l in (0..layers.len()).rev() {
        gradients.push(gradient(&dz, &a[l]));
        if l > 0 {
            dz = back_through(&layers[l].w, &dz) * a[l].mapv(slope);
        }
    }
    gradients.reverse();
    gradients
}

fn step(layers: &mut [Layer], gradients: &[Layer], learning_rate: f64) {
    for (layer, gradient) in layers.iter_mut().zip(gradients) {
        layer.w -= &(learning_rate * &gradient.w);
        layer.b -= &(learning_rate * &gradient.b);
    }
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch07_own_program::judge(train))
}
