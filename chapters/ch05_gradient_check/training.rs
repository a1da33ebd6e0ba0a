//! A network of the gallery, in training on the sine.

use chainrule::{ChaCha8Rng, Error, Result, seeded, sine};
use chapters::ch05_gradient_check::gallery::bug::Bug;
use chapters::ch05_gradient_check::gallery::network::Network;
use chapters::cli::Failure;
use chapters::plain::Matrix;

/// Fifty samples of the sine, and a network that learns them.
pub struct Training {
    pub network: Network,
    pub x: Matrix,
    pub y: Matrix,
    masks: ChaCha8Rng,
    asked: ChaCha8Rng,
    step: usize,
}

impl Training {
    pub fn new(
        sizes: &[usize],
        bug: Bug,
        seed: u64,
        drop_prob: f64,
    ) -> Result<Training> {
        let (x, y) = sine(50)?;
        Ok(Training {
            network: Network::of_sizes(sizes, bug, seed, drop_prob)?,
            x,
            y,
            masks: seeded(seed),
            asked: seeded(seed.wrapping_add(1)),
            step: 0,
        })
    }

    /// The loss as the program prints it, in evaluation.
    pub fn loss(&mut self) -> std::result::Result<f64, Failure> {
        let answer = self.network.evaluate(&self.x, &mut self.asked);
        let loss = (self.network.code.reported)(&answer, &self.y);
        finite("the loss", &[loss]).map_err(Failure::at(self.step))?;
        Ok(loss)
    }

    /// One step of gradient descent.
    pub fn step(
        &mut self,
        learning_rate: f64,
    ) -> std::result::Result<(), Failure> {
        let masks = self.network.masks(self.x.ncols(), &mut self.masks);
        self.network.step(&self.x, &self.y, &masks, learning_rate);
        for layer in &self.network.layers {
            finite("a layer after the step", layer.w.iter().chain(&layer.b))
                .map_err(Failure::at(self.step))?;
        }
        self.step += 1;
        Ok(())
    }
}

/// Refuses a NaN and infinity: the plain network does not look for them.
fn finite<'a>(
    what: &str,
    values: impl IntoIterator<Item = &'a f64>,
) -> Result<()> {
    match values.into_iter().find(|value| !value.is_finite()) {
        None => Ok(()),
        Some(&value) => Err(Error::NotFinite { what: what.to_owned(), value }),
    }
}
