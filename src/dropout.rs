//! Dropout: a mask of zeros and ones, and the scale that keeps the mean.
//!
//! Hinton et al. (2012), *Improving neural networks by preventing co-adaptation
//! of feature detectors*; Srivastava et al. (2014), *Dropout: a simple way to
//! prevent neural networks from overfitting*. The notebook's `dropout` cell.

use ndarray::{Array, ArrayView, Dimension, IntoDimension, Ix2, NdFloat, Zip};
use rand::Rng;

use crate::error::{Error, Result, finite};
use crate::kernels::PaddedMatrix;
use crate::memory::filled;

/// How many random numbers are asked for in one call.
const DRAWN_AT_ONCE: usize = 128;

/// How often a unit is dropped.
// ANCHOR: dropout
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dropout {
    drop_prob: f64,
}

impl Dropout {
    /// Drops nothing.
    pub const NONE: Dropout = Dropout { drop_prob: 0.0 };

    /// Dropout with probability `drop_prob` for each unit, on its own.
    ///
    /// # Errors
    /// [`Error::DropProb`] outside [0, 1): at 1 nothing is left to rescale.
    pub fn new(drop_prob: f64) -> Result<Dropout> {
        if (0.0..1.0).contains(&drop_prob) {
            Ok(Dropout { drop_prob })
        } else {
            Err(Error::DropProb(drop_prob))
        }
    }
    // ANCHOR_END: dropout

    /// The probability that a unit is dropped, in [0, 1).
    pub fn drop_prob(self) -> f64 {
        self.drop_prob
    }

    /// 1/(1−p), what a kept value is multiplied by.
    pub fn scale(self) -> f64 {
        1.0 / (1.0 - self.drop_prob)
    }

    /// Draws a mask of the given shape: each entry kept with probability 1−p,
    /// to within 2⁻³², since each costs one 32-bit random number.
    ///
    /// # Errors
    /// [`Error::Memory`] for a shape that does not fit into memory.
    ///
    /// ```
    /// use chainrule::{Dropout, seeded};
    ///
    /// let mask = Dropout::new(0.4)?.draw(10, &mut seeded(0))?;
    /// assert_eq!(mask.kept().len(), 10);
    /// # Ok::<(), chainrule::Error>(())
    /// ```
    pub fn draw<D, S, R>(self, shape: S, rng: &mut R) -> Result<Mask<D>>
    where
        D: Dimension,
        S: IntoDimension<Dim = D>,
        R: Rng + ?Sized,
    {
        let kept = filled("a mask", false, shape)?;
        let mut mask = Mask { kept, scale: self.scale() };
        mask.redraw(self, rng);
        Ok(mask)
    }
}

/// Which entries were kept in one draw, and what the kept ones are scaled by.
///
/// The fields cannot be changed from outside the crate: the mask that a
/// forward pass used is the mask that its backward pass sees.
// ANCHOR: mask
#[derive(Clone, Debug, PartialEq)]
pub struct Mask<D: Dimension = Ix2> {
    kept: Array<bool, D>,
    scale: f64,
}
// ANCHOR_END: mask

impl<D: Dimension> Mask<D> {
    /// A mask from given zeros and ones, as if `dropout` had drawn it.
    ///
    /// This is how a run is repeated with somebody else's random numbers.
    pub fn from_kept(kept: Array<bool, D>, dropout: Dropout) -> Mask<D> {
        Mask {
            kept: kept.as_standard_layout().into_owned(),
            scale: dropout.scale(),
        }
    }

    /// True where the entry was kept.
    pub fn kept(&self) -> ArrayView<'_, bool, D> {
        self.kept.view()
    }

    /// What kept entries are multiplied by, 1/(1−p).
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// m ⊙ x: dropped entries become 0, kept ones stay.
    ///
    /// # Errors
    /// [`Error::Shape`] if x and the mask differ in shape;
    /// [`Error::NotFinite`] if a kept entry is infinite or a NaN;
    /// [`Error::Memory`].
    pub fn masked<T: NdFloat>(
        &self,
        x: ArrayView<'_, T, D>,
    ) -> Result<Array<T, D>> {
        self.select(x, T::one())
    }

    /// m ⊙ x / (1−p): what the next layer sees.
    ///
    /// # Errors
    /// [`Error::Shape`] if x and the mask differ in shape;
    /// [`Error::NotFinite`] if a kept entry is infinite or a NaN, or becomes so;
    /// [`Error::Memory`].
    pub fn apply<T: NdFloat>(
        &self,
        x: ArrayView<'_, T, D>,
    ) -> Result<Array<T, D>> {
        // Every float type can hold 1/(1−p), if not to the last digit.
        self.select(x, T::from(self.scale).unwrap_or_else(T::one))
    }

    fn select<T: NdFloat>(
        &self,
        x: ArrayView<'_, T, D>,
        scale: T,
    ) -> Result<Array<T, D>> {
        same_shape("x", x.shape(), self.kept.shape())?;
        let mut masked_x = filled("m ⊙ x", T::zero(), x.raw_dim())?;
        Zip::from(&mut masked_x)
            .and(&x)
            .and(&self.kept)
            .for_each(|to, &x, &kept| *to = masked(x, kept, scale));
        finite("x under the mask", &masked_x)?;
        Ok(masked_x)
    }

    /// The next draw, in the memory of this one.
    pub(crate) fn redraw<R: Rng + ?Sized>(
        &mut self,
        dropout: Dropout,
        rng: &mut R,
    ) {
        self.scale = dropout.scale();
        // Kept ⇔ u < 1−p, for u one of the 2³² values k/2³², all equally likely:
        // k is at most the largest whole number below 2³²·(1−p).
        let largest =
            ((1.0 - dropout.drop_prob) * 2.0_f64.powi(32)).ceil() as u64 - 1;
        let largest = largest as u32; // 1−p is at most 1
        let kept = self.kept.as_slice_mut().expect("a mask is in row order");
        let mut words = [[0; 4]; DRAWN_AT_ONCE];
        for kept in kept.chunks_mut(DRAWN_AT_ONCE) {
            let words = &mut words[..kept.len()];
            rng.fill_bytes(words.as_flattened_mut());
            for (kept, &word) in kept.iter_mut().zip(&*words) {
                *kept = u32::from_le_bytes(word) <= largest;
            }
        }
    }
}

impl Mask {
    /// Takes over another mask of the same shape, without a new array.
    pub(crate) fn copy_from(&mut self, other: &Mask) {
        self.kept.assign(&other.kept);
        self.scale = other.scale;
    }

    #[inline(always)]
    fn rows(&self) -> std::slice::ChunksExact<'_, bool> {
        let kept = self.kept.as_slice().expect("a mask is in row order");
        kept.chunks_exact(self.kept.ncols())
    }
}

/// The rule of the mask, for one entry: 0 where it is dropped, x·scale where it
/// is kept. A choice and not a product, so that a dropped infinity is 0 as well.
#[inline(always)]
// ANCHOR: masked
fn masked<T: NdFloat>(x: T, kept: bool, scale: T) -> T {
    if kept { x * scale } else { T::zero() }
}
// ANCHOR_END: masked

crate::dispatched! {
    /// [`Mask::apply`] for the passes: from one matrix to another.
    pub(crate) fn mask(
        mask: &Mask, a: &PaddedMatrix, masked_a: &mut PaddedMatrix
    ) = mask_rows
}

#[inline(always)]
fn mask_rows(mask: &Mask, a: &PaddedMatrix, masked_a: &mut PaddedMatrix) {
    let rows = masked_a.rows_mut().zip(a.rows()).zip(mask.rows());
    for ((masked_a, a), kept) in rows {
        for ((masked_a, &a), &kept) in masked_a.iter_mut().zip(a).zip(kept) {
            *masked_a = masked(a, kept, mask.scale);
        }
    }
}

crate::dispatched! {
    /// The same, in place.
    pub(crate) fn mask_in_place(
        mask: &Mask, da: &mut PaddedMatrix
    ) = mask_rows_in_place
}

#[inline(always)]
fn mask_rows_in_place(mask: &Mask, da: &mut PaddedMatrix) {
    for (da, kept) in da.rows_mut().zip(mask.rows()) {
        for (da, &kept) in da.iter_mut().zip(kept) {
            *da = masked(*da, kept, mask.scale);
        }
    }
}

/// Any number of dimensions, told as (rows, columns) where there are two.
fn same_shape(what: &str, found: &[usize], expected: &[usize]) -> Result<()> {
    let pair = |shape: &[usize]| match shape {
        [rows, columns] => (*rows, *columns),
        other => (1, other.iter().product()),
    };
    if found == expected {
        return Ok(());
    }
    Err(Error::Shape {
        what: what.to_owned(),
        found: pair(found),
        expected: pair(expected),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeded;
    use ndarray::{Array1, array};

    #[test]
    fn drop_prob_must_be_in_the_half_open_interval() {
        for bad in [-0.1, 1.0, 1.7, f64::NAN, f64::INFINITY] {
            assert!(
                matches!(Dropout::new(bad), Err(Error::DropProb(_))),
                "{bad}"
            );
        }
        assert_eq!(Dropout::new(0.0), Ok(Dropout::NONE));
    }

    #[test]
    fn what_it_was_made_with_is_told() -> Result<()> {
        let dropout = Dropout::new(0.75)?;
        assert_eq!((dropout.drop_prob(), dropout.scale()), (0.75, 4.0));
        let mask = dropout.draw((3, 4), &mut seeded(0))?;
        assert_eq!((mask.scale(), mask.kept().dim()), (4.0, (3, 4)));
        let again = Mask::from_kept(mask.kept().to_owned(), dropout);
        assert_eq!(again, mask);
        Ok(())
    }

    #[test]
    fn level_zero_keeps_everything_and_changes_nothing() {
        let x = array![1.0, -2.0, 3.0];
        let mask = Dropout::NONE.draw(3, &mut seeded(0)).expect("small");
        assert_eq!(mask.apply(x.view()), Ok(x));
    }

    #[test]
    fn a_dropped_infinity_is_zero_not_nan() {
        let mask = Mask::from_kept(
            array![false, true],
            Dropout::new(0.5).expect("level"),
        );
        assert_eq!(
            mask.apply(array![f64::INFINITY, 2.0].view()),
            Ok(array![0.0, 4.0])
        );
    }

    #[test]
    fn the_share_of_kept_entries_is_one_minus_p() {
        let n = 1_000_000;
        for p in [0.1, 0.5, 0.9] {
            let dropout = Dropout::new(p).expect("level");
            let mask = dropout.draw(n, &mut seeded(3)).expect("small");
            let kept = mask.kept().iter().filter(|&&kept| kept).count() as f64
                / n as f64;
            let sigma = (p * (1.0 - p) / n as f64).sqrt();
            assert!((kept - (1.0 - p)).abs() < 4.0 * sigma, "{p}: {kept}");
        }
    }

    #[test]
    fn applying_a_mask_leaves_x_alone() {
        let x = array![1.0, 2.0, 3.0];
        let dropout = Dropout::new(0.5).expect("level");
        let mask = dropout.draw(3, &mut seeded(1)).expect("small");
        let once = mask.apply(x.view());
        assert_eq!(mask.apply(x.view()), once);
        assert_eq!(x, array![1.0, 2.0, 3.0]);
    }

    #[test]
    fn shapes_must_agree() {
        let mask = Dropout::NONE.draw(3, &mut seeded(0)).expect("small");
        let refused = mask.apply(Array1::<f32>::zeros(4).view());
        assert_eq!(
            refused,
            crate::error::shape("x", (1, 4), (1, 3)).map(|()| Array1::zeros(0))
        );
    }
}
