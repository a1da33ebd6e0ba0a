//! Optimisers: what a gradient does to the parameters.

use crate::decay::{self, decay};
use crate::error::{Result, learning_rate as check};
use crate::gradients::Gradients;
use crate::parameters::Parameters;
use crate::update::update;

/// A way of stepping against the gradient; it may remember earlier steps.
///
/// A new one is a type of its own that implements this, and nothing else has
/// to change: [`Network::train_step`] takes any.
///
/// [`Network::train_step`]: crate::Network::train_step
pub trait Optimiser {
    /// Moves the parameters by one step.
    ///
    /// # Errors
    /// [`Error::Shape`] if the gradients are another network's;
    /// [`Error::NotFinite`] if the step has led out of the finite numbers.
    ///
    /// [`Error::Shape`]: crate::Error::Shape
    /// [`Error::NotFinite`]: crate::Error::NotFinite
    fn step(
        &mut self,
        parameters: &mut Parameters,
        gradients: &Gradients,
    ) -> Result<()>;
}

/// Gradient descent: [`update`], after [`decay`] where there is weight decay.
///
/// ```
/// use chainrule::Descent;
///
/// let descent = Descent::new(0.03)?.with_weight_decay(0.01)?;
/// assert_eq!((descent.learning_rate(), descent.weight_decay()), (0.03, 0.01));
/// # Ok::<(), chainrule::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Descent {
    learning_rate: f64,
    weight_decay: f64,
}

impl Descent {
    /// Gradient descent with step size η, without weight decay.
    ///
    /// # Errors
    /// [`Error::LearningRate`] unless η is a finite number above 0.
    ///
    /// [`Error::LearningRate`]: crate::Error::LearningRate
    pub fn new(learning_rate: f64) -> Result<Descent> {
        check(learning_rate)?;
        Ok(Descent { learning_rate, weight_decay: 0.0 })
    }

    /// The same with weight decay λ, or L2: it descends J + ½·λ·Σw².
    ///
    /// # Errors
    /// [`Error::WeightDecay`] unless λ is finite, at least 0, and η·λ below 1.
    ///
    /// [`Error::WeightDecay`]: crate::Error::WeightDecay
    pub fn with_weight_decay(self, weight_decay: f64) -> Result<Descent> {
        decay::fits(weight_decay, self.learning_rate)?;
        Ok(Descent { weight_decay, ..self })
    }

    /// The step size η.
    pub fn learning_rate(self) -> f64 {
        self.learning_rate
    }

    /// The weight decay λ; 0 is none.
    pub fn weight_decay(self) -> f64 {
        self.weight_decay
    }
}

impl Optimiser for Descent {
    // ANCHOR: descent
    fn step(
        &mut self,
        parameters: &mut Parameters,
        gradients: &Gradients,
    ) -> Result<()> {
        let Descent { learning_rate, weight_decay } = *self;
        if weight_decay > 0.0 {
            decay(parameters, learning_rate, weight_decay)?;
        }
        update(parameters, gradients, learning_rate)
    }
    // ANCHOR_END: descent
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeded;

    #[test]
    fn a_step_decays_first_where_it_is_told_to() -> Result<()> {
        let before = Parameters::uniform(&[1, 1], &mut seeded(0))?;
        let w = before.layers()[0].weights[[0, 0]];
        let zero = Gradients::zeros_like(&before);
        for (weight_decay, factor) in [(0.0, 1.0), (0.5, 0.75)] {
            let mut descent =
                Descent::new(0.5)?.with_weight_decay(weight_decay)?;
            let told = (descent.learning_rate(), descent.weight_decay());
            assert_eq!(told, (0.5, weight_decay));
            let mut parameters = before.clone();
            descent.step(&mut parameters, &zero)?;
            assert_eq!(parameters.layers()[0].weights[[0, 0]], factor * w);
        }
        Ok(())
    }
}
