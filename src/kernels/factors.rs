//! The two factors of a product, in the ways in which they lie in memory.

use std::ops::Range;

use super::padded_matrix::PaddedMatrix;
use super::vectors::Lanes;

/// The right factor of a product, (terms × columns), in panels of sixteen
/// columns; each row of a panel lies at one place of `lanes`.
#[derive(Clone, Copy)]
pub(super) struct Panels<'x> {
    lanes: &'x [Lanes],
    pub(super) terms: usize,
    /// From a row of a panel to the next, and to the same row of the next panel.
    steps: (usize, usize),
}

/// The rows of one panel, at every `step`-th place.
#[derive(Clone, Copy)]
pub(super) struct Panel<'x> {
    lanes: &'x [Lanes],
    pub(super) terms: usize,
    step: usize,
}

impl<'x> Panels<'x> {
    /// A matrix as it lies in memory, row after row.
    #[inline(always)]
    pub(super) fn of(x: &'x PaddedMatrix) -> Panels<'x> {
        let (lanes, terms) = (x.entries().as_chunks().0, x.dim().0);
        Panels { lanes, terms, steps: (lanes.len() / terms, 1) }
    }

    /// One panel after the other.
    #[inline(always)]
    pub(super) fn packed(lanes: &'x [Lanes], terms: usize) -> Panels<'x> {
        Panels { lanes, terms, steps: (1, terms) }
    }

    /// Some of its rows.
    #[inline(always)]
    pub(super) fn part(self, rows: &Range<usize>) -> Panels<'x> {
        let lanes = &self.lanes[rows.start * self.steps.0..];
        Panels { lanes, terms: rows.len(), ..self }
    }

    #[inline(always)]
    pub(super) fn panel(self, panel: usize) -> Panel<'x> {
        let lanes = &self.lanes[panel * self.steps.1..];
        Panel { lanes, terms: self.terms, step: self.steps.0 }
    }
}

impl<'x> Panel<'x> {
    #[inline(always)]
    pub(super) fn row(self, k: usize) -> &'x Lanes {
        &self.lanes[k * self.step]
    }
}

/// The left factor of a product, (rows × terms).
#[derive(Clone, Copy)]
pub(super) enum Left<'c> {
    /// Row after row, `terms` numbers each.
    Rows(&'c [f64], usize),
    /// Column after column: of the transpose of a matrix with rows of so many
    /// numbers.
    Columns(&'c [f64], usize),
}
