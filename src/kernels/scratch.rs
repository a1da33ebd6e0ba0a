//! Copies of the right factor of a large product, in the order in which its
//! tiles use them.

use super::factors::Panels;
use super::padded_matrix::{LANES, PaddedMatrix};
use super::shapes::{has_columns, is_packed};
use super::tiles::Packed;
use crate::error::Result;

/// Memory for one such copy, and for the left factor's rows of one tile.
#[derive(Clone, Debug)]
pub(crate) struct Scratch {
    right: PaddedMatrix,
    left: Packed,
}

impl Scratch {
    /// For layers of these shapes, (out × in), and m samples.
    pub(crate) fn new(layers: &[(usize, usize)], m: usize) -> Result<Scratch> {
        let copied = layers.iter().map(|&(out, inputs)| {
            let rows =
                if is_packed((out, inputs)) { out.max(inputs) } else { 0 };
            let columns = if has_columns((out, inputs)) { inputs } else { 0 };
            rows.max(columns.next_multiple_of(LANES))
        });
        let units = copied.max().unwrap_or(0);
        let right = PaddedMatrix::zeros(units, m)?;
        Ok(Scratch { right, left: [0.0; _] })
    }

    /// The matrix as it is.
    #[inline(always)]
    pub(super) fn rows<'x>(
        &'x mut self,
        x: &'x PaddedMatrix,
    ) -> (Panels<'x>, &'x mut Packed) {
        let lanes = x.entries().as_chunks::<LANES>().0;
        (Panels::of_rows(lanes, x.dim().0), &mut self.left)
    }

    /// The matrix, panel by panel: sixteen columns of every row.
    #[inline(always)]
    pub(super) fn panels(
        &mut self,
        x: &PaddedMatrix,
    ) -> (Panels<'_>, &mut Packed) {
        let (terms, width) = (x.dim().0, x.stride() / LANES);
        let lanes = self.right.entries_mut().as_chunks_mut::<LANES>().0;
        let lanes = &mut lanes[..terms * width];
        for (k, row) in x.rows().enumerate() {
            for (panel, row) in row.as_chunks::<LANES>().0.iter().enumerate() {
                lanes[panel * terms + k] = *row;
            }
        }
        (Panels::packed(lanes, terms), &mut self.left)
    }

    /// The transpose of the matrix, panel by panel: sixteen of its rows become
    /// columns.
    #[inline(always)]
    pub(super) fn transposed_panels(
        &mut self,
        x: &PaddedMatrix,
    ) -> (Panels<'_>, &mut Packed) {
        let terms = x.stride();
        let panels = x.dim().0.div_ceil(LANES);
        let lanes = self.right.entries_mut().as_chunks_mut::<LANES>().0;
        let lanes = &mut lanes[..terms * panels];
        for (j, row) in x.rows().enumerate() {
            let panel = &mut lanes[j / LANES * terms..][..terms];
            for (lanes, &entry) in panel.iter_mut().zip(row) {
                lanes[j % LANES] = entry;
            }
        }
        (Panels::packed(lanes, terms), &mut self.left)
    }
}
