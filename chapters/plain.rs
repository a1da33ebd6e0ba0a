//! The plain network: back-propagation in small functions and plain loops.
//!
//! A reader could type it from the page. Every matrix is made anew, and nothing
//! is shared or prepared, where the core crate makes its memory once. A test
//! holds whole training runs of the two against each other, bit by bit. For
//! that, a few functions are the core's: `exp`, and the sums `dot`,
//! `dot_over_samples` and `sum`, whose order of adding makes the last digits.

use chainrule::kernels::{dot, dot_over_samples, exp, sum};
use chainrule::{ChaCha8Rng, Parameters};
use ndarray::Array2;
use rand::RngExt;

/// Rows × columns, in row order; a sample is a column.
pub type Matrix = Array2<f64>;

/// The numbers of one layer: w is (out × in), b is (out × 1). A gradient has
/// the same shapes.
// ANCHOR: layer
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// The weights; row i leads into unit i.
    pub w: Matrix,
    /// The biases.
    pub b: Matrix,
}
// ANCHOR_END: layer

/// The layers of parameters that the core has drawn.
pub fn layers(parameters: &Parameters) -> Vec<Layer> {
    let layers = parameters.layers().iter();
    layers.map(|l| Layer { w: l.weights.clone(), b: l.bias.clone() }).collect()
}

/// The function of the hidden units, and its slope.
// ANCHOR: activation
#[derive(Clone, Copy, Debug)]
pub struct Activation {
    /// a = f(z).
    pub f: fn(f64) -> f64,
    /// f′(z), told by a.
    pub slope: fn(f64) -> f64,
}

/// 1/(1+e⁻ᶻ).
pub const SIGMOID: Activation =
    Activation { f: |z| 1.0 / (1.0 + exp(-z)), slope: |a| a * (1.0 - a) };
// ANCHOR_END: activation

/// The hyperbolic tangent.
pub const TANH: Activation =
    Activation { f: libm::tanh, slope: |a| 1.0 - a * a };

/// The rectifier; its slope at the corner is 0.
pub const RELU: Activation = Activation {
    f: |z| if z <= 0.0 { 0.0 } else { z },
    slope: |a| if a > 0.0 { 1.0 } else { 0.0 },
};

/// What a forward pass remembers. Entry 0 is the input, the last the output.
// ANCHOR: forward
pub struct Pass {
    /// f(z) of each layer.
    pub a: Vec<Matrix>,
    /// What the next layer reads: a, after dropout where there is any.
    pub handed_on: Vec<Matrix>,
}

/// From the input to the output; masks is empty where there is no dropout.
pub fn forward(
    layers: &[Layer],
    activation: Activation,
    masks: &[Matrix],
    x: &Matrix,
) -> Pass {
    let mut pass = Pass { a: vec![x.clone()], handed_on: vec![x.clone()] };
    for (l, Layer { w, b }) in layers.iter().enumerate() {
        let z = affine(w, &pass.handed_on[l], b); // z = w·a + b
        let is_output = l + 1 == layers.len();
        let a = if is_output { z } else { z.mapv(activation.f) }; // a = f(z)
        pass.handed_on.push(masked(&a, masks.get(l)));
        pass.a.push(a);
    }
    pass
}
// ANCHOR_END: forward

impl Pass {
    /// a⁽ᴸ⁾, (out × m).
    pub fn output(&self) -> &Matrix {
        &self.a[self.a.len() - 1]
    }
}

/// dw and db of every layer, from the first to the last.
// ANCHOR: backward
pub fn backward(
    layers: &[Layer],
    activation: Activation,
    masks: &[Matrix],
    pass: &Pass,
    y: &Matrix,
) -> Vec<Layer> {
    let mut dz = pass.output() - y; // the error at the output
    let mut gradients = Vec::new();
    for l in (0..layers.len()).rev() {
        gradients.push(gradient(&dz, &pass.handed_on[l]));
        if l > 0 {
            // ANCHOR: error
            let da = transposed_product(&layers[l].w, &dz); // da = wᵀ·dz
            let da = masked(&da, masks.get(l - 1));
            dz = da * pass.a[l].mapv(activation.slope); // dz = da ⊙ f′(z)
            // ANCHOR_END: error
        }
    }
    gradients.reverse();
    gradients
}
// ANCHOR_END: backward

/// w ← w − η·dw, b ← b − η·db.
// ANCHOR: update
pub fn update(layers: &mut [Layer], gradients: &[Layer], learning_rate: f64) {
    for (layer, gradient) in layers.iter_mut().zip(gradients) {
        layer.w -= &(learning_rate * &gradient.w);
        layer.b -= &(learning_rate * &gradient.b);
    }
}
// ANCHOR_END: update

/// m ⊙ a; a itself where there is no mask. Forward and backward use the same.
// ANCHOR: masked
pub fn masked(a: &Matrix, mask: Option<&Matrix>) -> Matrix {
    match mask {
        Some(m) => m * a,
        None => a.clone(),
    }
}

/// A mask for each hidden layer: 1/(1−p) where a unit is kept, 0 where not.
pub fn draw_masks(
    layers: &[Layer],
    p: f64,
    samples: usize,
    rng: &mut ChaCha8Rng,
) -> Vec<Matrix> {
    let hidden = &layers[..layers.len() - 1];
    let draw = |layer: &Layer| {
        Matrix::from_shape_simple_fn((layer.w.nrows(), samples), || {
            let kept = rng.random::<f64>() < 1.0 - p; // one coin for each
            if kept { 1.0 / (1.0 - p) } else { 0.0 }
        })
    };
    hidden.iter().map(draw).collect()
}
// ANCHOR_END: masked

/// w·a + b: w is (out × in), a is (in × m), b is (out × 1).
// ANCHOR: products
pub fn affine(w: &Matrix, a: &Matrix, b: &Matrix) -> Matrix {
    let shape = (w.nrows(), a.ncols());
    let mut z = Matrix::from_shape_fn(shape, |(i, _)| b[[i, 0]]);
    for i in 0..w.nrows() {
        for j in 0..w.ncols() {
            z.row_mut(i).scaled_add(w[[i, j]], &a.row(j)); // zᵢ += wᵢⱼ·aⱼ
        }
    }
    z
}

/// wᵀ·dz: w is (out × in), dz is (out × m).
pub fn transposed_product(w: &Matrix, dz: &Matrix) -> Matrix {
    let mut da = Matrix::zeros((w.ncols(), dz.ncols()));
    for i in 0..w.nrows() {
        for j in 0..w.ncols() {
            da.row_mut(j).scaled_add(w[[i, j]], &dz.row(i)); // daⱼ += wᵢⱼ·dzᵢ
        }
    }
    da
}

/// dw = dz·aᵀ / m and db = Σ dz / m: dz is (out × m), a is (in × m).
pub fn gradient(dz: &Matrix, a: &Matrix) -> Layer {
    let m = dz.ncols() as f64;
    let (dz, a) = (rows(dz), rows(a));
    let shape = (dz.len(), a.len());
    Layer {
        w: Matrix::from_shape_fn(shape, |(i, j)| {
            dot_over_samples(&dz[i], &a[j], shape) / m
        }),
        b: Matrix::from_shape_fn((dz.len(), 1), |(i, _)| sum(&dz[i]) / m),
    }
}
// ANCHOR_END: products

fn rows(matrix: &Matrix) -> Vec<Vec<f64>> {
    matrix.rows().into_iter().map(|row| row.to_vec()).collect()
}

/// The mean of (a − y)² over every entry: the loss that is printed.
pub fn mse(a: &Matrix, y: &Matrix) -> f64 {
    squares(a, y) / y.len() as f64
}

/// J = 1/(2m) Σ (a − y)²: the cost that is descended.
pub fn cost(a: &Matrix, y: &Matrix) -> f64 {
    squares(a, y) / (2.0 * y.ncols() as f64)
}

fn squares(a: &Matrix, y: &Matrix) -> f64 {
    let d: Vec<f64> = (a - y).into_iter().collect();
    dot(&d, &d)
}
