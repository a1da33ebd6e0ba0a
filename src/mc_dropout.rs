//! Dropout left on after training, on purpose: many stochastic passes, and how
//! far apart their answers lie.
//!
//! Gal & Ghahramani (2016), *Dropout as a Bayesian approximation: representing
//! model uncertainty in deep learning*.

use ndarray::{Array2, ArrayView2, ArrayViewMut2, Axis, Zip};
use rand::Rng;

use crate::activation::Activation;
use crate::buffers::Buffers;
use crate::dropout::Dropout;
use crate::error::{Error, Result, finite};
use crate::forward::forward_dropout;
use crate::memory::filled;
use crate::parameters::Parameters;

/// How many samples are in memory at a time.
const BLOCK: usize = 1024;

/// The mean and spread of many stochastic passes; each matrix is (out × m).
// ANCHOR: predictive
#[derive(Clone, Debug, PartialEq)]
pub struct Predictive {
    /// μ, the mean over the passes.
    pub mean: Array2<f64>,
    /// s, the standard deviation over the passes, with T − 1 in the divisor.
    pub standard_deviation: Array2<f64>,
}
// ANCHOR_END: predictive

/// Asks the network about every sample of x `passes` times, each time with
/// fresh masks.
///
/// x is (in × m). The generator and the name set this apart from [`evaluate`]:
/// whoever calls it wants the coins. Mean and variance are updated pass by pass
/// (Welford's method), so the memory needed does not grow with `passes`, and x
/// is worked through in blocks.
///
/// The result depends on the parameters, x and the generator alone. The masks
/// are drawn block by block, and within a block pass by pass.
///
/// # Errors
/// [`Error::Passes`] for fewer than 2 passes; otherwise as [`forward_dropout`],
/// and [`Error::NotFinite`] where the passes lie too far apart for a variance.
///
/// [`evaluate`]: crate::evaluate
///
/// ```
/// use chainrule::{Activation, Dropout, Parameters, seeded, sine, mc_dropout};
///
/// let (x, _) = sine(100)?;
/// let mut rng = seeded(0);
/// let parameters = Parameters::xavier(&[1, 25, 1], &mut rng)?;
/// let dropout = Dropout::new(0.1)?;
/// let predictive =
///     mc_dropout(&parameters, Activation::Tanh, dropout, x.view(), 50, &mut rng)?;
/// assert_eq!(predictive.standard_deviation.dim(), (1, 100));
/// # Ok::<(), chainrule::Error>(())
/// ```
// ANCHOR: signature
pub fn mc_dropout<R: Rng + ?Sized>(
    parameters: &Parameters,
    activation: Activation,
    dropout: Dropout,
    x: ArrayView2<'_, f64>,
    passes: usize,
    rng: &mut R,
) -> Result<Predictive> {
    // ANCHOR_END: signature
    if passes < 2 {
        return Err(Error::Passes(passes));
    }
    if x.ncols() == 0 {
        return Err(Error::NoSamples("x"));
    }
    let outputs = parameters.sizes().last().copied().unwrap_or(0);
    let mut mean = filled("the mean", 0.0, (outputs, x.ncols()))?;
    let mut spread = filled("the spread", 0.0, mean.dim())?;
    let mut buffers = Buffers::new();
    for ((x, mut mean), mut spread) in x
        .axis_chunks_iter(Axis(1), BLOCK)
        .zip(mean.axis_chunks_iter_mut(Axis(1), BLOCK))
        .zip(spread.axis_chunks_iter_mut(Axis(1), BLOCK))
    {
        // ANCHOR: passes
        for t in 1..=passes {
            let pass = forward_dropout(
                parameters,
                activation,
                dropout,
                x,
                rng,
                &mut buffers,
            )?;
            accumulate(pass.output(), t, &mut mean, &mut spread);
        }
        // ANCHOR_END: passes
    }
    predictive(mean, spread, passes)
}

/// Makes a standard deviation of the sum of squared distances.
pub(crate) fn predictive(
    mean: Array2<f64>,
    mut spread: Array2<f64>,
    passes: usize,
) -> Result<Predictive> {
    spread.mapv_inplace(|sum| (sum / (passes - 1) as f64).sqrt());
    finite("the standard deviation of the passes", &spread)?;
    Ok(Predictive { mean, standard_deviation: spread })
}

/// Takes answer number `t` into the mean, and into the sum of squared
/// distances from it.
// ANCHOR: welford
pub(crate) fn accumulate(
    answer: ArrayView2<'_, f64>,
    t: usize,
    mean: &mut ArrayViewMut2<'_, f64>,
    spread: &mut ArrayViewMut2<'_, f64>,
) {
    Zip::from(answer).and(mean).and(spread).for_each(|&a, mean, spread| {
        let before = a - *mean;
        *mean += before / t as f64;
        *spread += before * (a - *mean);
    });
}
// ANCHOR_END: welford
