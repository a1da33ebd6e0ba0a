//! The operations that a pass is made of: each is one line of the book's
//! formulas.

use std::sync::atomic::{AtomicBool, Ordering};

use super::instructions::Instructions;
use super::padded_matrix::{LANES, PaddedMatrix};
use super::products::{self, Matrix, entries, entries_mut};
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
    scratch: Scratch,
    /// Whether a z, dw or db has come out that is not finite.
    overflow: bool,
}

impl Kernels {
    pub(crate) fn new(instructions: Instructions, threads: usize) -> Kernels {
        let scratch = Scratch::default();
        Kernels { instructions, threads, scratch, overflow: false }
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
        let threads = pieces.max().unwrap_or(1).min(self.threads);
        self.scratch = Scratch::new(layers, m, threads)?;
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
        let (right, left) = scratch.parts();
        each(left, pieces, |left, (first, z)| {
            products::affine(*with, z, first, w, a, b, (&right, left));
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

    /// Whether [`Kernels::activate`] has met a z, or a gradient has come out,
    /// that is not finite, since this was asked last.
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

    /// dw = dz·aᵀ / m: dz is (out × m), a is (in × m), dw is (out × in). A dw
    /// that is not finite is remembered: whoever has computed rows looks at
    /// them, while they are still near.
    pub(crate) fn outer_product_mean(
        &mut self,
        dw: &mut Matrix,
        dz: &PaddedMatrix,
        a: &PaddedMatrix,
    ) {
        let Kernels { instructions: with, threads, scratch, overflow } = self;
        let (inputs, stride) = (dw.ncols(), dz.stride());
        let (layer, work) = (dw.dim(), dw.len() * stride);
        let pieces = share(*threads, work, entries_mut(dw), inputs);
        let met = AtomicBool::new(false);
        let (right, left) = scratch.parts();
        each(left, pieces, |left, (first, dw)| {
            let rows = dw.len() / inputs;
            let dz = &dz.entries()[first * stride..][..rows * stride];
            let copies = (&right, left);
            products::outer_product_mean(*with, dw, layer, dz, a, copies);
            if !products::all_finite(*with, dw) {
                met.store(true, Ordering::Relaxed);
            }
        });
        *overflow |= met.into_inner();
    }

    /// db = the mean of each row of dz: dz is (out × m), db is (out × 1). A db
    /// that is not finite is remembered.
    pub(crate) fn row_means(&mut self, db: &mut Matrix, dz: &PaddedMatrix) {
        products::row_means(self.instructions, db, dz);
        self.overflow |= !products::all_finite(self.instructions, entries(db));
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
        let (right, left) = scratch.parts();
        each(left, pieces, |left, (first, da)| {
            let copies = (&right, left);
            products::transposed_product(*with, da, first, w, dz, copies);
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
