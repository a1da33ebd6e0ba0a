//! Training by epochs: every digit once, in minibatches, in a new order.

use chainrule::{
    Activation, Dropout, Error, Loss, Network, Optimiser, Parameters, seeded,
};

use super::digits::{CLASSES, Digits, Samples};
use super::shuffle::shuffle;
use crate::cli::{Failure, Progress};

/// The hidden layers of the chapter's network.
pub const HIDDEN: [usize; 2] = [128, 128];

/// Everything that sets a run of training apart from another, but the
/// optimiser.
#[derive(Clone, Copy, Debug)]
pub struct Recipe<'a> {
    /// All there are.
    pub digits: &'a Digits,
    /// The indices of those that are learned from.
    pub training: &'a [usize],
    /// Digits of a minibatch.
    pub batch: usize,
    /// How often each digit is seen.
    pub epochs: usize,
    /// After each hidden layer.
    pub dropout: Dropout,
    /// Draws the start, the order of each epoch, and the masks.
    pub seed: u64,
}

impl Recipe<'_> {
    /// The units of each layer.
    pub fn sizes(&self) -> [usize; 4] {
        [self.digits.pixels(), HIDDEN[0], HIDDEN[1], CLASSES]
    }

    /// The steps of a run.
    pub fn steps(&self) -> usize {
        self.epochs * self.training.len().div_ceil(self.batch)
    }

    /// The network before its first step.
    ///
    /// # Errors
    /// As [`Parameters::he`].
    pub fn start(&self) -> Result<Network, Failure> {
        let parameters = Parameters::he(&self.sizes(), &mut seeded(self.seed))?;
        Ok(Network::new(parameters, Activation::Relu)
            .with_dropout(self.dropout)
            .with_loss(Loss::CrossEntropy))
    }
}

/// Trains; `look` sees the network before the first epoch, and after each.
///
/// The orders and the masks come from streams of their own: two runs that
/// differ in their dropout have the same start and the same orders.
///
/// # Errors
/// [`Failure::Diverged`], also where it is `look` that meets it; and whatever
/// else `look` returns.
pub fn train(
    recipe: &Recipe<'_>,
    optimiser: &mut impl Optimiser,
    progress: &Progress,
    mut look: impl FnMut(usize, &Network) -> Result<(), Error>,
) -> Result<Network, Failure> {
    let mut network = recipe.start()?;
    let [mut orders, mut masks] = [1, 2].map(|stream| {
        let mut rng = seeded(recipe.seed);
        rng.set_stream(stream);
        rng
    });
    let mut order = recipe.training.to_vec();
    let mut step = 0;
    look(0, &network).map_err(Failure::at(step))?;
    for epoch in 1..=recipe.epochs {
        // ANCHOR: epoch
        shuffle(&mut order, &mut orders);
        for minibatch in order.chunks(recipe.batch) {
            let Samples { x, y } = recipe.digits.samples(minibatch);
            network
                .train_step(x.view(), y.view(), optimiser, &mut masks)
                .map_err(Failure::at(step))?;
            progress.step();
            step += 1;
        }
        // ANCHOR_END: epoch
        look(epoch, &network).map_err(Failure::at(step))?;
    }
    Ok(network)
}
