//! How good the answers to some digits are.

use chainrule::{Error, Network, cross_entropy};
use ndarray::{ArrayView1, ArrayView2};

use super::digits::Samples;

/// What a network's answers to some digits come to.
#[derive(Clone, Copy, Debug)]
pub struct Score {
    /// The cross-entropy.
    pub loss: f64,
    /// How many of the answers are right.
    pub right: usize,
    /// How many there are.
    pub of: usize,
}

impl Score {
    /// That of a network on samples.
    ///
    /// # Errors
    /// As [`Network::evaluate`] and [`cross_entropy`].
    pub fn of(network: &Network, samples: &Samples) -> Result<Score, Error> {
        let z = network.evaluate(samples.x.view())?;
        Ok(Score {
            loss: cross_entropy(z.view(), samples.y.view())?,
            right: right(z.view(), samples.y.view()),
            of: z.ncols(),
        })
    }

    /// The share of right answers.
    // ANCHOR: standard_error
    pub fn accuracy(&self) -> f64 {
        self.right as f64 / self.of as f64
    }

    /// √(a·(1 − a)/n): how far a share a of n digits may lie from that of all
    /// digits.
    pub fn standard_error(&self) -> f64 {
        let a = self.accuracy();
        (a * (1.0 - a) / self.of as f64).sqrt()
    }
    // ANCHOR_END: standard_error
}

/// The row of the highest score, the first of them where there are several.
pub fn answer(scores: ArrayView1<'_, f64>) -> usize {
    let rows = scores.iter().enumerate();
    rows.fold((0, f64::NEG_INFINITY), |best, (row, &score)| {
        if score > best.1 { (row, score) } else { best }
    })
    .0
}

/// How many columns have their highest score where y has its 1.
pub fn right(z: ArrayView2<'_, f64>, y: ArrayView2<'_, f64>) -> usize {
    let pairs = z.columns().into_iter().zip(y.columns());
    pairs.filter(|(z, y)| answer(*z) == answer(*y)).count()
}
