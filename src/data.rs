//! The data that the notebook fits.

use std::f64::consts::PI;

use ndarray::Array2;

use crate::error::{Error, Result};

/// One period of y = 20·sin(2πx) at `samples` evenly spaced x in [0, 1).
///
/// x and y are both (1 × samples). The notebook's `load_data`, which takes 100.
///
/// # Errors
/// [`Error::NoSamples`] for 0 samples.
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
    let x =
        Array2::from_shape_fn((1, samples), |(_, s)| s as f64 / samples as f64);
    let y = x.mapv(|x| 20.0 * libm::sin(2.0 * PI * x));
    Ok((x, y))
}
// ANCHOR_END: sine
