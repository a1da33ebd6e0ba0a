//! Gradient descent: one step against the gradient.

use ndarray::{Array2, Zip};

use crate::error::{Result, learning_rate as check, shape};
use crate::gradients::{Gradients, LayerGradients};
use crate::parameters::{Layer, Parameters};

/// w ← w − η·dw and b ← b − η·db, for every layer. The notebook's `update_grades`.
///
/// # Errors
/// [`Error::LearningRate`] unless η is a finite number above 0;
/// [`Error::Shape`] if the gradients are another network's;
/// [`Error::NotFinite`] if the step has led out of the finite numbers.
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
    fits(gradients, parameters)?;
    if step(parameters, gradients, learning_rate) {
        return Ok(());
    }
    parameters.check()
}

/// One step; returns whether every parameter is still finite.
// ANCHOR: update
fn step(
    parameters: &mut Parameters,
    gradients: &Gradients,
    learning_rate: f64,
) -> bool {
    let mut finite = true;
    let layers = parameters.layers_mut().iter_mut();
    for (layer, gradient) in layers.zip(gradients.layers()) {
        let Layer { weights: w, bias: b } = layer;
        let LayerGradients { dw, db } = gradient;
        finite &= descend(w, dw, learning_rate); // w ← w − η·dw
        finite &= descend(b, db, learning_rate); // b ← b − η·db
    }
    finite
}

fn descend(w: &mut Array2<f64>, dw: &Array2<f64>, learning_rate: f64) -> bool {
    Zip::from(w).and(dw).fold(true, |finite, w, dw| {
        *w -= learning_rate * dw;
        finite & w.is_finite() // asked while w is at hand
    })
}
// ANCHOR_END: update

/// Refuses gradients of another network.
pub(crate) fn fits(
    gradients: &Gradients,
    parameters: &Parameters,
) -> Result<()> {
    let (gradients, layers) = (gradients.layers(), parameters.layers());
    let (found, expected) = (gradients.len(), layers.len());
    shape("the list of layers in the gradients", (found, 1), (expected, 1))?;
    for (gradient, layer) in gradients.iter().zip(layers) {
        shape("dw", gradient.dw.dim(), layer.weights.dim())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn a_step_goes_against_every_number_of_the_gradient() -> Result<()> {
        let mut parameters = Parameters::from_layers(vec![Layer {
            weights: array![[1.0, -2.0]],
            bias: array![[3.0]],
        }])?;
        let mut gradients = Gradients::zeros_like(&parameters);
        let slopes = gradients.values_mut().zip([4.0, 8.0, -2.0]);
        slopes.for_each(|(slope, value)| *slope = value);
        update(&mut parameters, &gradients, 0.25)?;
        let stepped: Vec<f64> = parameters.values_mut().map(|v| *v).collect();
        assert_eq!(stepped, [0.0, -4.0, 3.5]);
        Ok(())
    }
}
