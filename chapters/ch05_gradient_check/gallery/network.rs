//! A network of the gallery in training: the right code, or one with a mistake.

use chainrule::{ChaCha8Rng, Result, seeded};

use super::bug::Bug;
use super::code::Code;
use crate::plain::{self, Layer, Matrix, Pass};

/// A network in training.
#[derive(Clone, Debug)]
pub struct Network {
    /// From the first to the last.
    pub layers: Vec<Layer>,
    /// What it runs.
    pub code: Code,
    /// The drop probability of its training.
    pub drop_prob: f64,
}

impl Network {
    /// On the sizes at which this mistake shows.
    ///
    /// # Errors
    /// [`chainrule::Error::Layers`] for sizes without meaning; the gallery has
    /// none such.
    pub fn new(bug: Bug, seed: u64, drop_prob: f64) -> Result<Network> {
        Network::of_sizes(bug.sizes(), bug, seed, drop_prob)
    }

    /// On these sizes.
    ///
    /// # Errors
    /// [`chainrule::Error::Layers`] for sizes without meaning.
    pub fn of_sizes(
        sizes: &[usize],
        bug: Bug,
        seed: u64,
        drop_prob: f64,
    ) -> Result<Network> {
        let code = bug.code();
        let parameters = (code.init)(sizes, &mut seeded(seed))?;
        let layers = plain::layers(&parameters);
        Ok(Network { layers, code, drop_prob })
    }

    /// The masks of the next step.
    pub fn masks(&self, samples: usize, rng: &mut ChaCha8Rng) -> Vec<Matrix> {
        (self.code.masks)(&self.layers, self.drop_prob, samples, rng)
    }

    /// A forward pass with these masks, or with none.
    pub fn forward(&self, x: &Matrix, masks: &[Matrix]) -> Pass {
        (self.code.forward)(&self.layers, self.code.activation, masks, x)
    }

    /// One step of gradient descent.
    pub fn step(
        &mut self,
        x: &Matrix,
        y: &Matrix,
        masks: &[Matrix],
        learning_rate: f64,
    ) {
        let (pass, code) = (self.forward(x, masks), self.code);
        let layers = &mut self.layers;
        (code.descend)(&code, layers, masks, &pass, y, learning_rate);
    }

    /// The answer after training.
    pub fn evaluate(&self, x: &Matrix, rng: &mut ChaCha8Rng) -> Matrix {
        let code = self.code;
        (code.evaluate)(&code, &self.layers, self.drop_prob, x, rng)
    }
}
