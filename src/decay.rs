//! Weight decay, or L2: every step also pulls the weights a little toward 0.

use crate::error::{Error, Result, learning_rate as check};
use crate::parameters::Parameters;

/// w ← (1 − η·λ)·w for every layer; biases stay.
///
/// With [`update`] after it, one step descends J + ½·λ·Σw²: the gradient of
/// the second term is λ·w. The weight decay λ of 0 changes nothing.
///
/// # Errors
/// [`Error::LearningRate`] unless η is a finite number above 0;
/// [`Error::WeightDecay`] unless λ is finite, at least 0, and η·λ below 1.
///
/// ```
/// use chainrule::{Parameters, decay, seeded};
///
/// let mut parameters = Parameters::uniform(&[1, 2, 1], &mut seeded(0))?;
/// let before = parameters.layers()[0].weights[[0, 0]];
/// decay(&mut parameters, 0.5, 0.1)?;
/// assert_eq!(parameters.layers()[0].weights[[0, 0]], 0.95 * before);
/// # Ok::<(), chainrule::Error>(())
/// ```
///
/// [`update`]: crate::update
// ANCHOR: decay
pub fn decay(
    parameters: &mut Parameters,
    learning_rate: f64,
    weight_decay: f64,
) -> Result<()> {
    check(learning_rate)?;
    fits(weight_decay, learning_rate)?;
    let factor = 1.0 - learning_rate * weight_decay;
    for layer in parameters.layers_mut() {
        layer.weights.map_inplace(|w| *w *= factor);
    }
    Ok(())
}
// ANCHOR_END: decay

/// Refuses a weight decay that would turn weights around.
pub(crate) fn fits(weight_decay: f64, learning_rate: f64) -> Result<()> {
    if weight_decay >= 0.0 && learning_rate * weight_decay < 1.0 {
        return Ok(());
    }
    Err(Error::WeightDecay(weight_decay))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeded;

    #[test]
    fn weights_shrink_and_biases_stay() {
        let mut parameters =
            Parameters::uniform(&[1, 3, 1], &mut seeded(0)).expect("sizes");
        for value in parameters.values_mut() {
            *value = 2.0;
        }
        decay(&mut parameters, 0.5, 0.5).expect("valid");
        for layer in parameters.layers() {
            assert!(layer.weights.iter().all(|&w| w == 1.5));
            assert!(layer.bias.iter().all(|&b| b == 2.0));
        }
    }

    #[test]
    fn what_would_turn_weights_around_is_refused() {
        let mut parameters =
            Parameters::uniform(&[1, 1], &mut seeded(0)).expect("sizes");
        for bad in [-0.1, 10.0, f64::NAN, f64::INFINITY] {
            let refused = decay(&mut parameters, 0.1, bad);
            assert!(matches!(refused, Err(Error::WeightDecay(_))), "{bad}");
        }
        assert_eq!(
            decay(&mut parameters, 0.0, 0.1),
            Err(Error::LearningRate(0.0))
        );
    }
}
