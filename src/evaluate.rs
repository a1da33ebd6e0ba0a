//! Evaluation: the network's answer, with every unit in its place.

use ndarray::{Array2, ArrayView2, Axis};

use crate::activation::Activation;
use crate::buffers::Buffers;
use crate::error::{Error, Result};
use crate::forward::forward;
use crate::memory::filled;
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
// ANCHOR: signature
pub fn evaluate(
    parameters: &Parameters,
    activation: Activation,
    x: ArrayView2<'_, f64>,
) -> Result<Array2<f64>> {
    // ANCHOR_END: signature
    if x.ncols() == 0 {
        return Err(Error::NoSamples("x"));
    }
    let outputs = parameters.sizes().last().copied().unwrap_or(0);
    let mut answer = filled("the answer", 0.0, (outputs, x.ncols()))?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Descent, Dropout, Network, seeded, sine};

    #[test]
    fn evaluation_gives_the_same_answer_twice() {
        let (x, y) = sine(20).expect("samples");
        let mut rng = seeded(0);
        let parameters =
            Parameters::xavier(&[1, 9, 1], &mut rng).expect("sizes");
        let half = Dropout::new(0.5).expect("level");
        let mut network =
            Network::new(parameters, Activation::Tanh).with_dropout(half);
        let mut descent = Descent::new(0.01).expect("a step size");
        network
            .train_step(x.view(), y.view(), &mut descent, &mut rng)
            .expect("a step");
        let answer = network.evaluate(x.view()).expect("an answer");
        assert_eq!(network.evaluate(x.view()), Ok(answer.clone()));
        // It is the answer with every unit in its place.
        let mut buffers = Buffers::new();
        let whole = forward(
            network.parameters(),
            network.activation(),
            x.view(),
            &mut buffers,
        )
        .expect("a pass");
        assert_eq!(answer, whole.output());
    }
}
