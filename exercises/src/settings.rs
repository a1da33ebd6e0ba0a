//! Networks and samples that answers are tried on.

use chainrule::{Parameters, seeded, sine};
use chapters::plain::{self, Layer, Matrix};
use rand::RngExt;

/// Xavier weights, and biases between −½ and ½: none of them is 0, where a
/// forgotten bias could not be seen.
pub fn network(sizes: &[usize], seed: u64) -> Vec<Layer> {
    let mut rng = seeded(seed);
    let parameters = Parameters::xavier(sizes, &mut rng);
    let mut layers = plain::layers(&parameters.expect("two sizes or more"));
    for layer in &mut layers {
        layer.b.mapv_inplace(|_| rng.random::<f64>() - 0.5);
    }
    layers
}

/// So many rows and columns of numbers between −1 and 1.
pub fn matrix(rows: usize, columns: usize, seed: u64) -> Matrix {
    let mut rng = seeded(seed);
    Matrix::from_shape_simple_fn((rows, columns), || {
        2.0 * rng.random::<f64>() - 1.0
    })
}

/// The book's sine, at so many points.
pub fn wave(samples: usize) -> (Matrix, Matrix) {
    sine(samples).expect("one sample or more")
}

/// The first loss and the last of so many steps, where a step changes the
/// layers and returns the loss it started from.
pub fn train(
    layers: &mut Vec<Layer>,
    steps: usize,
    mut step: impl FnMut(&mut Vec<Layer>) -> f64,
) -> (f64, f64) {
    let first = step(layers);
    let last = (1..steps).fold(first, |_, _| step(layers));
    (first, last)
}
