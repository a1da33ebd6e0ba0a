//! Samples to choose settings on: nothing learns from them, and no claim is
//! made on them.

use std::f64::consts::PI;

use chainrule::tasks::overfitting::NOISE;
use chainrule::{ChaCha8Rng, seeded};
use ndarray::Array2;
use rand::RngExt;

/// How far the seed of the validation samples lies from that of the run.
const APART: u64 = 1 << 40;

/// The generator of a run's validation samples: what they are changes nothing
/// in the run.
pub fn apart(seed: u64) -> ChaCha8Rng {
    seeded(seed.wrapping_add(APART))
}

/// More than anybody would set aside who has fifteen to learn from: a choice
/// should not hang on luck.
const SAMPLES: usize = 100;

/// Samples with as much noise as those that are learned from, at random places.
pub fn validation(seed: u64) -> (Array2<f64>, Array2<f64>) {
    let mut rng = apart(seed);
    let mut x = Array2::zeros((1, SAMPLES));
    let mut y = x.clone();
    for (x, y) in x.iter_mut().zip(&mut y) {
        let place: f64 = rng.random();
        let noise = NOISE * (2.0 * rng.random::<f64>() - 1.0);
        *x = 12.0 * place - 6.0;
        *y = 20.0 * libm::sin(2.0 * PI * place) + noise;
    }
    (x, y)
}
