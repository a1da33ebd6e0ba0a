//! The functions that a network in training is made of, each of which a
//! mistake can take the place of.

use chainrule::{ChaCha8Rng, Parameters, Result, seeded};
use rand::RngExt;

use super::bug::Bug;
use crate::plain::{self, Activation, Layer, Matrix, Pass};

/// What a mistake exchanges: one of these.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    /// The first weights.
    pub init: fn(&[usize], &mut ChaCha8Rng) -> Result<Parameters>,
    /// The hidden units.
    pub activation: Activation,
    /// The masks of one step, for layers, p and so many samples.
    pub masks: fn(&[Layer], f64, usize, &mut ChaCha8Rng) -> Vec<Matrix>,
    /// From the input to the output.
    pub forward: fn(&[Layer], Activation, &[Matrix], &Matrix) -> Pass,
    /// From the output back to the first layer.
    pub backward: Backward,
    /// Backward and update.
    pub descend: fn(&Code, &mut [Layer], &[Matrix], &Pass, &Matrix, f64),
    /// The answer after training.
    pub evaluate: fn(&Code, &[Layer], f64, &Matrix, &mut ChaCha8Rng) -> Matrix,
    /// The loss that is printed, of an answer and what was wanted.
    pub reported: fn(&Matrix, &Matrix) -> f64,
}

/// As [`plain::backward`].
pub type Backward =
    fn(&[Layer], Activation, &[Matrix], &Pass, &Matrix) -> Vec<Layer>;

/// The plain network, without a mistake.
pub const RIGHT: Code = Code {
    init: |sizes, rng| Parameters::xavier(sizes, rng),
    activation: plain::SIGMOID,
    masks,
    forward: plain::forward,
    backward: plain::backward,
    descend,
    evaluate,
    reported: plain::cost,
};

/// Every step's masks come from a generator of their own.
// ANCHOR: masks
fn masks(
    layers: &[Layer],
    p: f64,
    samples: usize,
    rng: &mut ChaCha8Rng,
) -> Vec<Matrix> {
    plain::draw_masks(layers, p, samples, &mut seeded(rng.random()))
}
// ANCHOR_END: masks

fn descend(
    code: &Code,
    layers: &mut [Layer],
    masks: &[Matrix],
    pass: &Pass,
    y: &Matrix,
    learning_rate: f64,
) {
    let gradients = (code.backward)(layers, code.activation, masks, pass, y);
    plain::update(layers, &gradients, learning_rate);
}

fn evaluate(
    code: &Code,
    layers: &[Layer],
    _p: f64,
    x: &Matrix,
    _rng: &mut ChaCha8Rng,
) -> Matrix {
    let no_masks = [];
    let pass = (code.forward)(layers, code.activation, &no_masks, x);
    pass.output().clone()
}

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
