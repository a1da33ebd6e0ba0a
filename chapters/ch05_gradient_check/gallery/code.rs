//! The functions that a network in training is made of, each of which a
//! mistake can take the place of.

use chainrule::{ChaCha8Rng, Parameters, Result, seeded};
use rand::RngExt;

use super::network::Network;
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
    /// The output whose cost the gradient check looks at, for the masks of the
    /// step.
    pub looked_at: fn(&Network, &[Matrix], &Matrix, &mut ChaCha8Rng) -> Matrix,
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
    looked_at,
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

// ANCHOR: looked_at
fn looked_at(
    network: &Network,
    masks: &[Matrix],
    x: &Matrix,
    _rng: &mut ChaCha8Rng,
) -> Matrix {
    network.forward(x, masks).output().clone() // the masks of the step, frozen
}
// ANCHOR_END: looked_at
