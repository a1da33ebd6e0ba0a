//! Copies of the factors of a large product, in the order in which its tiles
//! use them.

use std::mem::take;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::factors::Panels;
use super::padded_matrix::{LANES, PaddedMatrix};
use super::shapes::{has_columns, is_packed};
use super::tiles::{NO_COEFFICIENTS, Packed};
use super::vectors::Lanes;
use crate::error::Result;

/// Memory for a copy of the right factor, and for each thread one of the left
/// factor's rows of a tile.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scratch {
    right: PaddedMatrix,
    left: Vec<Packed>,
}

impl Scratch {
    /// For layers of these shapes, (out × in), m samples, and so many threads.
    ///
    /// # Errors
    /// [`Error::Memory`](crate::Error::Memory) where it does not fit.
    pub(crate) fn new(
        layers: &[(usize, usize)],
        m: usize,
        threads: usize,
    ) -> Result<Scratch> {
        let copied = layers.iter().map(|&(out, inputs)| {
            let rows =
                if is_packed((out, inputs)) { out.max(inputs) } else { 0 };
            let columns = if has_columns((out, inputs)) { inputs } else { 0 };
            rows.max(columns.next_multiple_of(LANES))
        });
        let right = PaddedMatrix::zeros(copied.max().unwrap_or(0), m)?;
        Ok(Scratch { right, left: vec![NO_COEFFICIENTS; threads] })
    }

    /// For one product: what its threads share, and what each has for itself.
    #[inline(always)]
    pub(super) fn parts(&mut self) -> (RightCopy<'_>, &mut [Packed]) {
        let lanes = self.right.entries_mut().as_chunks_mut().0;
        let (memory, copy) = (Mutex::new(lanes), OnceLock::new());
        (RightCopy { memory, copy }, &mut self.left)
    }
}

/// The copy of the right factor of one product. Whoever needs it first makes
/// it, and the other threads wait for it.
pub(super) struct RightCopy<'s> {
    memory: Mutex<&'s mut [Lanes]>,
    copy: OnceLock<Panels<'s>>,
}

impl<'s> RightCopy<'s> {
    /// The matrix, panel by panel: sixteen columns of every row.
    pub(super) fn panels(&self, x: &PaddedMatrix) -> Panels<'s> {
        let (terms, width) = (x.dim().0, x.stride() / LANES);
        self.made(terms, terms * width, |lanes| {
            for (k, row) in x.rows().enumerate() {
                let row = row.as_chunks::<LANES>().0;
                for (panel, row) in row.iter().enumerate() {
                    lanes[panel * terms + k] = *row;
                }
            }
        })
    }

    /// The transpose of the matrix, panel by panel: sixteen of its rows become
    /// columns.
    pub(super) fn transposed_panels(&self, x: &PaddedMatrix) -> Panels<'s> {
        let (terms, panels) = (x.stride(), x.dim().0.div_ceil(LANES));
        self.made(terms, terms * panels, |lanes| {
            for (j, row) in x.rows().enumerate() {
                let panel = &mut lanes[j / LANES * terms..][..terms];
                for (lanes, &entry) in panel.iter_mut().zip(row) {
                    lanes[j % LANES] = entry;
                }
            }
        })
    }

    fn made(
        &self,
        terms: usize,
        length: usize,
        fill: impl FnOnce(&mut [Lanes]),
    ) -> Panels<'s> {
        *self.copy.get_or_init(|| {
            let memory = self.memory.lock();
            let memory =
                take(&mut *memory.unwrap_or_else(PoisonError::into_inner));
            let lanes = &mut memory[..length];
            fill(lanes);
            Panels::packed(lanes, terms)
        })
    }
}
