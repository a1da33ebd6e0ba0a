//! Chapter 2: the worked example, 2 inputs, 2 hidden units, 1 output or 2.

use ndarray::{Array2, Axis, array, concatenate};

use crate::activation::Activation;
use crate::backward::backward;
use crate::buffers::Buffers;
use crate::error::{Result, shape};
use crate::forward::forward;
use crate::gradients::Gradients;
use crate::loss::cost;
use crate::parameters::{Layer, Parameters};

/// One sample and one network, with numbers short enough for paper.
#[derive(Clone, Debug)]
pub struct Example {
    /// The input, (2 × 1).
    pub x: Array2<f64>,
    /// The answers that are wanted, (outputs × 1).
    pub y: Array2<f64>,
    /// Layers [2, 2, 1], or [2, 2, 2].
    pub parameters: Parameters,
}

/// The example as the chapter begins it.
///
/// # Errors
/// None: the layers fit.
// ANCHOR: example
pub fn example() -> Result<Example> {
    let parameters = Parameters::from_layers(vec![
        Layer {
            weights: array![[0.4, -0.6], [0.2, 0.8]],
            bias: array![[0.1], [-0.3]],
        },
        Layer { weights: array![[1.0, -2.0]], bias: array![[0.5]] },
    ])?;
    Ok(Example { x: array![[1.0], [0.5]], y: array![[1.0]], parameters })
}
// ANCHOR_END: example

/// The same with a second output, so that each hidden unit feeds two.
///
/// # Errors
/// None: the layers fit.
pub fn two_outputs() -> Result<Example> {
    let Example { x, y, parameters } = example()?;
    let mut layers = parameters.layers().to_vec();
    let first = layers.remove(1);
    let stack = |above: &Array2<f64>, below: Array2<f64>| {
        let both = [above.view(), below.view()];
        concatenate(Axis(0), &both).expect("of the same width")
    };
    layers.push(Layer {
        weights: stack(&first.weights, array![[2.0, 0.5]]),
        bias: stack(&first.bias, array![[-0.1]]),
    });
    let y = stack(&y, array![[0.5]]);
    Ok(Example { x, y, parameters: Parameters::from_layers(layers)? })
}

/// Every number of one forward and one backward pass, in the chapter's names.
#[derive(Clone, Debug)]
pub struct Numbers {
    /// The weighted sums of the hidden units, (2 × 1).
    pub z1: Array2<f64>,
    /// Their activations, (2 × 1).
    pub a1: Array2<f64>,
    /// The outputs, (outputs × 1).
    pub z2: Array2<f64>,
    /// J.
    pub cost: f64,
    /// ∂J/∂z of the outputs, (outputs × 1).
    pub dz2: Array2<f64>,
    /// ∂J/∂a of the hidden units, (2 × 1).
    pub da1: Array2<f64>,
    /// ∂J/∂z of the hidden units, (2 × 1).
    pub dz1: Array2<f64>,
    /// dw and db of both layers.
    pub gradients: Gradients,
}

/// One forward and one backward pass.
///
/// # Errors
/// [`Error::Shape`] for another network or more samples than the example has;
/// otherwise as [`forward`] and [`backward`].
///
/// [`Error::Shape`]: crate::Error::Shape
pub fn numbers(example: &Example) -> Result<Numbers> {
    let layers = example.parameters.layers();
    shape("the list of layers", (layers.len(), 1), (2, 1))?;
    shape("w1", layers[0].weights.dim(), (2, 2))?;
    let outputs = layers[1].weights.nrows().clamp(1, 2);
    shape("w2", layers[1].weights.dim(), (outputs, 2))?;
    shape("x", example.x.dim(), (2, 1))?;
    let mut buffers = Buffers::new();
    let x = example.x.view();
    let pass =
        forward(&example.parameters, Activation::Sigmoid, x, &mut buffers)?;
    let (z1, a1, z2) =
        (pass.z(1).to_owned(), pass.a(1).to_owned(), pass.z(2).to_owned());
    let cost = cost(pass.output(), example.y.view())?;
    let gradients = backward(pass, example.y.view())?.clone();
    let (dz1, dz2) = (buffers.dz(1).to_owned(), buffers.dz(2).to_owned());
    // The sweep makes dz of da in place, so da is made once more to be shown.
    let da1 = through(&layers[1].weights, &dz2);
    Ok(Numbers { z1, a1, z2, cost, dz2, da1, dz1, gradients })
}

/// da = wᵀ·dz: each error times its weight, added from the first output on.
fn through(w: &Array2<f64>, dz: &Array2<f64>) -> Array2<f64> {
    Array2::from_shape_fn((w.ncols(), 1), |(j, _)| {
        let terms = w.column(j).into_iter().zip(dz);
        terms.map(|(w, dz)| w * dz).sum()
    })
}
