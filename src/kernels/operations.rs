//! The operations that a pass is made of: each is one line of the book's
//! formulas.

use super::instructions::Instructions;
use super::padded_matrix::{LANES, PaddedMatrix};
use super::products::{self, Matrix, entries_mut};
use super::scratch::Scratch;
use super::threads::{each, pieces, share};
use crate::activation::{self, Activation};
use crate::dropout::{self, Mask};
use crate::error::Result;

/// What the operations are carried out with: instructions, threads, and the
/// memory for copies on the way. Results depend on none of them: threads share
/// the rows of a product, never a sum.
#[derive(Clone, Debug)]
pub(crate) struct Kernels {
    instructions: Instructions,
    threads: usize,
    /// One for each piece that a product is shared in.
    scratch: Vec<Scratch>,
    /// Whether an activation has met a z that is not finite.
    overflow: bool,
}

impl Kernels {
    pub(crate) fn new(instructions: Instructions, threads: usize) -> Kernels {
        Kernels { instructions, threads, scratch: vec![], overflow: false }
    }

    /// The same instructions, and so many threads.
    pub(crate) fn with_threads(&self, threads: usize) -> Kernels {
        Kernels::new(self.instructions, threads)
    }

    /// Makes the scratch memory for layers of these shapes, (out × in), and m
    /// samples.
    ///
    /// # Errors
    /// [`Error::Memory`] where it does not fit.
    ///
    /// [`Error::Memory`]: crate::Error::Memory
    pub(crate) fn reserve(
        &mut self,
        layers: &[(usize, usize)],
        m: usize,
    ) -> Result<()> {
        let pieces = layers.iter().map(|&(out, inputs)| {
            let work = (out * inputs).saturating_mul(m.next_multiple_of(LANES));
            pieces(self.threads, work, out.max(inputs))
        });
        let most = pieces.max().unwrap_or(1);
        let scratch = (0..most).map(|_| Scratch::new(layers, m));
        self.scratch = scratch.collect::<Result<_>>()?;
        Ok(())
    }

    /// z = w·a + b: w is (out × in), a is (in × m), b is (out × 1), z is
    /// (out × m).
    pub(crate) fn affine(
        &mut self,
        z: &mut PaddedMatrix,
        w: &Matrix,
        a: &PaddedMatrix,
        b: &Matrix,
    ) {
        let Kernels { instructions: with, threads, scratch, .. } = self;
        let stride = z.stride();
        let work = w.len() * stride;
        let pieces = share(*threads, work, z.entries_mut(), stride);
        each(pieces.zip(scratch), |((first, z), scratch)| {
            products::affine(*with, z, first, w, a, b, scratch);
        });
    }

    /// a = f(z), entry by entry. A z that is not finite is remembered, since
    /// its a may be.
    pub(crate) fn activate(
        &mut self,
        a: &mut PaddedMatrix,
        f: Activation,
        z: &PaddedMatrix,
    ) {
        activation::activate(self.instructions, f, z, a, &mut self.overflow);
    }

    /// Whether [`Kernels::activate`] has met a z that is not finite since this
    /// was asked last.
    pub(crate) fn has_met_overflow(&mut self) -> bool {
        std::mem::take(&mut self.overflow)
    }

    /// ã = m ⊙ a / (1−p), entry by entry.
    pub(crate) fn mask(
        &self,
        masked_a: &mut PaddedMatrix,
        mask: &Mask,
        a: &PaddedMatrix,
    ) {
        dropout::mask(self.instructions, mask, a, masked_a);
    }

    /// dw = dz·aᵀ / m: dz is (out × m), a is (in × m), dw is (out × in).
    pub(crate) fn outer_product_mean(
        &mut self,
        dw: &mut Matrix,
        dz: &PaddedMatrix,
        a: &PaddedMatrix,
    ) {
        let Kernels { instructions: with, threads, scratch, .. } = self;
        let (inputs, stride) = (dw.ncols(), dz.stride());
        let (layer, work) = (dw.dim(), dw.len() * stride);
        let pieces = share(*threads, work, entries_mut(dw), inputs);
        each(pieces.zip(scratch), |((first, dw), scratch)| {
            let rows = dw.len() / inputs;
            let dz = &dz.entries()[first * stride..][..rows * stride];
            products::outer_product_mean(*with, dw, layer, dz, a, scratch);
        });
    }

    /// db = the mean of each row of dz: dz is (out × m), db is (out × 1).
    pub(crate) fn row_means(&self, db: &mut Matrix, dz: &PaddedMatrix) {
        products::row_means(self.instructions, db, dz);
    }

    /// da = wᵀ·dz: w is (out × in), dz is (out × m), da is (in × m).
    pub(crate) fn transposed_product(
        &mut self,
        da: &mut PaddedMatrix,
        w: &Matrix,
        dz: &PaddedMatrix,
    ) {
        let Kernels { instructions: with, threads, scratch, .. } = self;
        let stride = da.stride();
        let work = w.len() * stride;
        let pieces = share(*threads, work, da.entries_mut(), stride);
        each(pieces.zip(scratch), |((first, da), scratch)| {
            products::transposed_product(*with, da, first, w, dz, scratch);
        });
    }

    /// da ← m ⊙ da / (1−p), entry by entry.
    pub(crate) fn mask_in_place(&self, da: &mut PaddedMatrix, mask: &Mask) {
        dropout::mask_in_place(self.instructions, mask, da);
    }

    /// dz = da ⊙ f′(z), written over da; f′(z) is told by a.
    pub(crate) fn multiply_slope(
        &self,
        da: &mut PaddedMatrix,
        f: Activation,
        a: &PaddedMatrix,
    ) {
        activation::multiply_slope(self.instructions, f, da, a);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shares of fewer rows than sixteen, of a layer that has more.
    #[test]
    fn small_shares_have_the_bits_of_the_whole() {
        let (out, inputs, m) = (20, 1000, 100);
        let noise = |r: usize, factor: f64| {
            let mut matrix = PaddedMatrix::zeros(r, m).expect("small");
            for ((i, s), entry) in matrix.view_mut().indexed_iter_mut() {
                *entry = libm::sin(factor * (1 + i * m + s) as f64);
            }
            matrix
        };
        let (dz, a) = (noise(out, 2.9), noise(inputs, 1.7));
        let product = |threads| {
            let mut dw = Matrix::zeros((out, inputs));
            let mut kernels = Kernels::new(Instructions::best(), threads);
            kernels.reserve(&[dw.dim()], m).expect("small");
            kernels.outer_product_mean(&mut dw, &dz, &a);
            dw.mapv(f64::to_bits)
        };
        assert_eq!(product(2), product(1));
    }
}
