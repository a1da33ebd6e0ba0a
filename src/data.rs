//! The data that the notebook fits.

use std::f64::consts::PI;

use ndarray::Array2;

use crate::error::{Error, Result};
use crate::memory::filled;

/// One period of y = 20·sin(2πx) at `samples` evenly spaced x in [0, 1).
///
/// x and y are both (1 × samples). The notebook's `load_data`, which takes 100.
///
/// # Errors
/// [`Error::NoSamples`] for 0 samples, [`Error::Memory`] for too many.
///
/// ```
/// let (x, y) = chainrule::sine(100)?;
/// assert_eq!((x[[0, 25]], y[[0, 25]]), (0.25, 20.0));
/// # Ok::<(), chainrule::Error>(())
/// ```
// ANCHOR: sine
pub fn sine(samples: usize) -> Result<(Array2<f64>, Array2<f64>)> {
    if samples == 0 {
        return Err(Error::NoSamples("the sine"));
    }
    let mut x = filled("the sine", 0.0, (1, samples))?;
    let mut y = filled("the sine", 0.0, (1, samples))?;
    for (s, (x, y)) in x.iter_mut().zip(&mut y).enumerate() {
        *x = s as f64 / samples as f64;
        *y = 20.0 * libm::sin(2.0 * PI * *x);
    }
    Ok((x, y))
}
// ANCHOR_END: sine
