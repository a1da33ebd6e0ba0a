//! Stochastic passes taken one at a time, by somebody who watches the band grow.

use ndarray::{Array2, ArrayView2};
use rand::Rng;

use crate::activation::Activation;
use crate::buffers::Buffers;
use crate::dropout::Dropout;
use crate::error::{Error, Result, shape};
use crate::forward::forward_dropout;
use crate::mc_dropout::{Predictive, accumulate, predictive};
use crate::parameters::Parameters;

/// The mean and spread of the passes so far, and the memory for the next one.
///
/// From the same generator, T passes give the very numbers that
/// [`mc_dropout`] gives for T, as long as x is no more than a block of
/// 1024 samples.
///
/// ```
/// use chainrule::{
///     Activation, Dropout, Parameters, PassByPass, seeded, sine, mc_dropout,
/// };
///
/// let (x, _) = sine(100)?;
/// let parameters = Parameters::xavier(&[1, 25, 1], &mut seeded(0))?;
/// let (f, dropout) = (Activation::Tanh, Dropout::new(0.1)?);
/// let (mut passes, mut rng) = (PassByPass::new(), seeded(1));
/// for _ in 0..50 {
///     passes.take(&parameters, f, dropout, x.view(), &mut rng)?;
/// }
/// let at_once = mc_dropout(&parameters, f, dropout, x.view(), 50, &mut seeded(1))?;
/// assert_eq!(passes.predictive()?, at_once);
/// # Ok::<(), chainrule::Error>(())
/// ```
///
/// [`mc_dropout`]: crate::mc_dropout
#[derive(Clone, Debug, Default)]
pub struct PassByPass {
    taken: usize,
    answer: Array2<f64>,
    mean: Array2<f64>,
    spread: Array2<f64>,
    buffers: Buffers,
}

impl PassByPass {
    /// No passes yet.
    pub fn new() -> PassByPass {
        PassByPass::default()
    }

    /// Forgets the passes and keeps the memory.
    pub fn clear(&mut self) {
        self.taken = 0;
    }

    /// Takes one more pass over x, (in × m), with fresh masks.
    ///
    /// # Errors
    /// As [`forward_dropout`]; [`Error::Shape`] for an x of another size than
    /// the pass before had. The passes so far stay as they are.
    pub fn take<R: Rng + ?Sized>(
        &mut self,
        parameters: &Parameters,
        activation: Activation,
        dropout: Dropout,
        x: ArrayView2<'_, f64>,
        rng: &mut R,
    ) -> Result<()> {
        let pass = forward_dropout(
            parameters,
            activation,
            dropout,
            x,
            rng,
            &mut self.buffers,
        )?;
        let answer = pass.output();
        if self.taken == 0 {
            self.answer = Array2::zeros(answer.dim());
            self.mean = Array2::zeros(answer.dim());
            self.spread = Array2::zeros(answer.dim());
        }
        shape("the answer", answer.dim(), self.mean.dim())?;
        self.taken += 1;
        self.answer.assign(&answer);
        let (mut mean, mut spread) =
            (self.mean.view_mut(), self.spread.view_mut());
        accumulate(answer, self.taken, &mut mean, &mut spread);
        Ok(())
    }

    /// T, how many passes there were.
    pub fn taken(&self) -> usize {
        self.taken
    }

    /// The answer of the last pass, (out × m); empty before the first.
    pub fn answer(&self) -> &Array2<f64> {
        &self.answer
    }

    /// Mean and spread over the passes so far.
    ///
    /// # Errors
    /// [`Error::Passes`] for fewer than 2; [`Error::NotFinite`] where they lie
    /// too far apart for a variance.
    ///
    /// [`Error::NotFinite`]: crate::Error::NotFinite
    pub fn predictive(&self) -> Result<Predictive> {
        if self.taken < 2 {
            return Err(Error::Passes(self.taken));
        }
        predictive(self.mean.clone(), self.spread.clone(), self.taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeded;
    use ndarray::array;

    #[test]
    fn too_few_passes_and_other_sizes_are_refused() -> Result<()> {
        let parameters = Parameters::xavier(&[1, 3, 1], &mut seeded(0))?;
        let (f, dropout) = (Activation::Relu, Dropout::new(0.5)?);
        let mut rng = seeded(1);
        let mut passes = PassByPass::new();
        for expected in [0, 1] {
            assert_eq!(passes.predictive(), Err(Error::Passes(expected)));
            let x = array![[1.0, 2.0]];
            passes.take(&parameters, f, dropout, x.view(), &mut rng)?;
        }
        let before = passes.predictive()?;
        let other = array![[1.0]];
        let refused =
            passes.take(&parameters, f, dropout, other.view(), &mut rng);
        assert!(matches!(refused, Err(Error::Shape { .. })), "{refused:?}");
        assert_eq!((passes.taken(), passes.predictive()), (2, Ok(before)));

        passes.clear();
        passes.take(&parameters, f, dropout, other.view(), &mut rng)?;
        assert_eq!((passes.taken(), passes.answer().dim()), (1, (1, 1)));
        Ok(())
    }
}
