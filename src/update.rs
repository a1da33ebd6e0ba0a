//! Gradient descent: one step against the gradient.

use crate::arithmetic::{Matrix, entries, entries_mut};
use crate::error::{Result, finite, learning_rate as check, shape};
use crate::gradients::{Gradients, LayerGradients};
use crate::parameters::{Layer, Parameters};

/// w ← w − η·dw and b ← b − η·db, for every layer. The notebook's `update_grades`.
///
/// # Errors
/// [`Error::LearningRate`] unless η is a finite number above 0;
/// [`Error::Shape`] if the gradients are another network's;
/// [`Error::NotFinite`] if a step has led out of the finite numbers.
///
/// [`Error::LearningRate`]: crate::Error::LearningRate
/// [`Error::Shape`]: crate::Error::Shape
/// [`Error::NotFinite`]: crate::Error::NotFinite
pub fn update(
    parameters: &mut Parameters,
    gradients: &Gradients,
    learning_rate: f64,
) -> Result<()> {
    check(learning_rate)?;
    let (found, expected) =
        (gradients.layers().len(), parameters.layers().len());
    shape("the list of layers in the gradients", (found, 1), (expected, 1))?;
    for (layer, gradient) in parameters.layers().iter().zip(gradients.layers())
    {
        shape("dw", gradient.dw.dim(), layer.weights.dim())?;
    }
    if descend(parameters, gradients, learning_rate) {
        return Ok(());
    }
    parameters.doubt();
    for layer in parameters.layers() {
        finite("the weights after a step", &layer.weights)?;
        finite("the biases after a step", &layer.bias)?;
    }
    Ok(())
}

/// Takes the step; true if every parameter is finite after it.
// ANCHOR: update
fn descend(
    parameters: &mut Parameters,
    gradients: &Gradients,
    learning_rate: f64,
) -> bool {
    let layers = parameters.layers_mut().iter_mut();
    layers.zip(gradients.layers()).fold(true, |finite, (layer, gradient)| {
        let Layer { weights: w, bias: b } = layer;
        let LayerGradients { dw, db } = gradient;
        let w = subtract(w, learning_rate, dw);
        let b = subtract(b, learning_rate, db);
        finite & w & b
    })
}

fn subtract(w: &mut Matrix, learning_rate: f64, dw: &Matrix) -> bool {
    let mut finite = true;
    for (w, dw) in entries_mut(w).iter_mut().zip(entries(dw)) {
        *w -= learning_rate * dw;
        finite &= w.is_finite();
    }
    finite
}
// ANCHOR_END: update
