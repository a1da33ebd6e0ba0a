//! One number for every unit and every sample, laid out for vector loops.

use ndarray::{ArrayView2, ArrayViewMut2, ShapeBuilder};

use crate::error::Result;
use crate::memory::{copies, too_large};

/// How many numbers are added side by side. A constant of the arithmetic, not
/// of the processor: changing it changes last digits.
pub(crate) const LANES: usize = 16;

/// What a vector register and a line of the cache hold, in bytes. A load that
/// crosses such a line costs two.
const LINE: usize = 64;

/// How many numbers may lie before the first line.
const SLACK: usize = LINE / size_of::<f64>() - 1;

/// A matrix (units × m) in row order, for the passes to work on.
///
/// Every row begins at a line of the cache and is [`LANES`] numbers long, or a
/// multiple of it, so that no loop has a rest. The numbers after the m-th are
/// the padding. In the input they repeat the last sample, in the errors dz they
/// are zeros: what is computed from them is finite wherever the samples are,
/// and adds nothing to a gradient.
#[derive(Debug)]
pub(crate) struct PaddedMatrix {
    memory: Vec<f64>,
    /// Where in `memory` the first line begins.
    start: usize,
    units: usize,
    samples: usize,
    /// The length of a row with its padding.
    stride: usize,
}

impl PaddedMatrix {
    /// Zeros.
    ///
    /// # Errors
    /// [`Error::Memory`] where so many do not fit.
    ///
    /// [`Error::Memory`]: crate::Error::Memory
    pub(crate) fn zeros(units: usize, samples: usize) -> Result<PaddedMatrix> {
        let memory = samples
            .checked_next_multiple_of(LANES)
            .and_then(|stride| units.checked_mul(stride)?.checked_add(SLACK))
            .and_then(|length| copies(0.0, length))
            .ok_or_else(|| too_large("a layer", &[units, samples]))?;
        Ok(PaddedMatrix::in_memory(memory, units, samples))
    }

    /// In memory that is [`SLACK`] longer than the rows.
    fn in_memory(
        memory: Vec<f64>,
        units: usize,
        samples: usize,
    ) -> PaddedMatrix {
        let start = memory.as_ptr().align_offset(LINE).min(SLACK);
        let stride = samples.next_multiple_of(LANES);
        PaddedMatrix { memory, start, units, samples, stride }
    }

    /// (units, m).
    pub(crate) fn dim(&self) -> (usize, usize) {
        (self.units, self.samples)
    }

    /// The length of a row with its padding.
    pub(crate) fn stride(&self) -> usize {
        self.stride
    }

    /// The matrix without the padding.
    pub(crate) fn view(&self) -> ArrayView2<'_, f64> {
        let shape = self.dim().strides((self.stride, 1));
        ArrayView2::from_shape(shape, self.entries()).expect("rows lie apart")
    }

    /// The same, to write to.
    pub(crate) fn view_mut(&mut self) -> ArrayViewMut2<'_, f64> {
        let shape = self.dim().strides((self.stride, 1));
        ArrayViewMut2::from_shape(shape, self.entries_mut())
            .expect("rows lie apart")
    }

    /// Takes over a matrix of the same shape; the padding repeats its last
    /// column.
    pub(crate) fn assign(&mut self, x: ArrayView2<'_, f64>) {
        self.view_mut().assign(&x);
        let last = self.samples - 1;
        for row in self.rows_mut() {
            let value = row[last];
            row[last + 1..].fill(value);
        }
    }

    /// All rows, one after the other, with their padding.
    #[inline(always)]
    pub(crate) fn entries(&self) -> &[f64] {
        &self.memory[self.start..][..self.units * self.stride]
    }

    /// The same, to write to.
    #[inline(always)]
    pub(crate) fn entries_mut(&mut self) -> &mut [f64] {
        &mut self.memory[self.start..][..self.units * self.stride]
    }

    /// The rows with their padding.
    #[inline(always)]
    pub(crate) fn rows(&self) -> std::slice::ChunksExact<'_, f64> {
        self.entries().chunks_exact(self.stride)
    }

    /// The same, to write to.
    #[inline(always)]
    pub(crate) fn rows_mut(&mut self) -> std::slice::ChunksExactMut<'_, f64> {
        let stride = self.stride;
        self.entries_mut().chunks_exact_mut(stride)
    }
}

/// No units and no samples.
impl Default for PaddedMatrix {
    fn default() -> PaddedMatrix {
        PaddedMatrix::in_memory(vec![0.0; SLACK], 0, 0)
    }
}

impl Clone for PaddedMatrix {
    /// A new matrix, so that its rows begin at lines again.
    fn clone(&self) -> PaddedMatrix {
        let memory = vec![0.0; self.memory.len()];
        let mut clone =
            PaddedMatrix::in_memory(memory, self.units, self.samples);
        clone.entries_mut().copy_from_slice(self.entries());
        clone
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};

    #[test]
    fn rows_begin_at_lines_also_in_a_clone() {
        for (units, samples) in [(1, 1), (3, 16), (5, 100)] {
            let matrix = PaddedMatrix::zeros(units, samples).expect("small");
            for row in matrix.rows().chain(matrix.clone().rows()) {
                assert_eq!(row.as_ptr().addr() % LINE, 0);
                assert_eq!(row.len() % LANES, 0);
            }
        }
    }

    #[test]
    fn an_empty_one_has_no_entries_and_nor_has_its_clone() {
        let empty = PaddedMatrix::default();
        assert!(empty.entries().is_empty());
        assert!(empty.clone().entries().is_empty());
    }

    #[test]
    fn what_is_assigned_comes_back_and_its_last_sample_is_repeated() {
        let x = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
        let mut matrix = PaddedMatrix::zeros(2, 3).expect("small");
        matrix.assign(x.view());
        assert_eq!(matrix.view(), x);
        assert_eq!(matrix.clone().view(), x);
        let expected =
            Array2::from_shape_fn((2, LANES), |(i, j)| x[[i, j.min(2)]]);
        assert_eq!(Some(matrix.entries()), expected.as_slice());
    }
}
