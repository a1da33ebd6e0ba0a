//! Chapter 4: few and noisy samples of the sine, and the sine itself to be
//! judged by.

use ndarray::Array2;
use rand::RngExt;

use crate::data::sine;
use crate::error::Error;
use crate::random::ChaCha8Rng;

/// What a run learns from, and what it is judged by.
#[derive(Clone, Debug)]
pub struct Task {
    /// The inputs, (1 × samples), stretched to run from −6 to 6.
    pub x: Array2<f64>,
    /// The sine with noise, (1 × samples).
    pub y: Array2<f64>,
    /// Held out: the inputs of the sine without noise, (1 × 100).
    pub held_x: Array2<f64>,
    /// The sine without noise, (1 × 100).
    pub held_y: Array2<f64>,
}

/// The largest noise, up or down; its variance is a third of its square.
pub const NOISE: f64 = 10.0;

/// Draws the noise of `samples` evenly spaced samples.
///
/// # Errors
/// [`Error::NoSamples`] for 0 samples.
// ANCHOR: noisy
pub fn noisy(samples: u16, rng: &mut ChaCha8Rng) -> Result<Task, Error> {
    let stretched = |x: Array2<f64>| x.mapv(|x| 12.0 * x - 6.0);
    let (x, y) = sine(samples.into())?;
    let y = y.mapv(|y| y + NOISE * (2.0 * rng.random::<f64>() - 1.0));
    let (held_x, held_y) = sine(100)?;
    Ok(Task { x: stretched(x), y, held_x: stretched(held_x), held_y })
}
// ANCHOR_END: noisy
