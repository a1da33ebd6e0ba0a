//! Few and noisy samples of the sine, and the sine itself to be judged by.

use chainrule::{ChaCha8Rng, Error, sine};
use ndarray::Array2;
use rand::RngExt;

/// What a run learns from, and what it is judged by.
pub struct Task {
    pub x: Array2<f64>,
    pub y: Array2<f64>,
    /// Held out: the sine without noise, at a hundred points.
    pub held_x: Array2<f64>,
    pub held_y: Array2<f64>,
}

/// The largest noise, up or down; its variance is a third of its square.
pub const NOISE: f64 = 10.0;

// ANCHOR: noisy
pub fn noisy(samples: u16, rng: &mut ChaCha8Rng) -> Result<Task, Error> {
    let stretched = |x: Array2<f64>| x.mapv(|x| 12.0 * x - 6.0);
    let (x, y) = sine(samples.into())?;
    let y = y.mapv(|y| y + NOISE * (2.0 * rng.random::<f64>() - 1.0));
    let (held_x, held_y) = sine(100)?;
    Ok(Task { x: stretched(x), y, held_x: stretched(held_x), held_y })
}
// ANCHOR_END: noisy
