//! Evaluation: the network's answer, with every unit in its place.

use ndarray::{Array2, ArrayView2, Axis};

use crate::activation::Activation;
use crate::buffers::Buffers;
use crate::error::{Error, Result};
use crate::forward::forward;
use crate::parameters::Parameters;

/// How many samples are in memory at a time.
const BLOCK: usize = 1024;

/// The output for every sample of x, (out × m).
///
/// There is no generator among the arguments, so nothing can be dropped: the
/// same x gives the same answer every time. Works through x in blocks, so a
/// million samples need little more memory than their answers.
///
/// # Errors
/// As [`forward`].
pub fn evaluate(
    parameters: &Parameters,
    activation: Activation,
    x: ArrayView2<'_, f64>,
) -> Result<Array2<f64>> {
    if x.ncols() == 0 {
        return Err(Error::NoSamples("x"));
    }
    let outputs = parameters.sizes().last().copied().unwrap_or(0);
    let mut answer = Array2::zeros((outputs, x.ncols()));
    let mut buffers = Buffers::new();
    for (x, mut block) in x
        .axis_chunks_iter(Axis(1), BLOCK)
        .zip(answer.axis_chunks_iter_mut(Axis(1), BLOCK))
    {
        block.assign(
            &forward(parameters, activation, x, &mut buffers)?.output(),
        );
    }
    Ok(answer)
}
