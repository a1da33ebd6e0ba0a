//! The product dw = dz·aᵀ of large layers, whose sums run along the samples.

use super::packed::add_products;
use super::padded_matrix::{LANES, PaddedMatrix};
use super::tiles::{Lanes, Tile};
use crate::error::Result;

/// The most rows that a tile has here.
const ROWS_OF_A_TILE: usize = 4;

/// Scratch for the copies that [`outer_product`] works from.
#[derive(Clone, Debug)]
pub(crate) struct Scratch {
    /// a, sixteen rows at a time transposed into columns.
    columns: PaddedMatrix,
    /// The rows of dz that belong to one tile, transposed likewise.
    packed: PaddedMatrix,
}

impl Scratch {
    /// For those of the layers, (out × in), that [`is_large`] holds for, and m
    /// samples.
    pub(crate) fn new(layers: &[(usize, usize)], m: usize) -> Result<Scratch> {
        let large = layers.iter().filter(|&&layer| is_large(layer));
        let units = large.map(|&(_, inputs)| inputs).max().unwrap_or(0);
        let rows = if units == 0 { 0 } else { ROWS_OF_A_TILE };
        let stride = m.next_multiple_of(LANES);
        let units = units.next_multiple_of(LANES);
        Ok(Scratch {
            columns: PaddedMatrix::zeros(units, stride)?,
            packed: PaddedMatrix::zeros(rows, stride)?,
        })
    }
}

/// Whether [`outer_product`] computes dw of this layer. The order of the sums
/// hangs on it: so it may hang on the whole shape, and on nothing else.
pub(super) fn is_large((out, inputs): (usize, usize)) -> bool {
    out >= LANES && inputs >= LANES
}

/// Rows of dw = dz·aᵀ / m, for rows of dz; a is (in × m).
///
/// Each entry of dw adds its products from the first sample to the last.
#[inline(always)]
pub(super) fn outer_product<const ROWS: usize>(
    dw: &mut [f64],
    dz: &[f64],
    a: &PaddedMatrix,
    scratch: &mut Scratch,
) {
    let ((inputs, m), stride) = (a.dim(), a.stride());
    let columns = scratch.columns.entries_mut().as_chunks_mut::<LANES>().0;
    for (j, a) in a.rows().enumerate() {
        transpose(a, j % LANES, &mut columns[j / LANES * stride..]);
    }
    let packed = &mut scratch.packed.entries_mut()[..ROWS * stride];
    let packed = packed.as_chunks_mut::<ROWS>().0;
    let tall = dw.chunks_mut(ROWS * inputs).zip(dz.chunks(ROWS * stride));
    for (dw, dz) in tall {
        // Where rows are missing at the end, those of the last tile stay.
        for (row, dz) in dz.chunks_exact(stride).enumerate() {
            transpose(dz, row, packed);
        }
        let columns = columns.chunks_exact(stride);
        for (j, columns) in (0..inputs).step_by(LANES).zip(columns) {
            let width = LANES.min(inputs - j);
            let sums = tile(packed, columns);
            for (dw, sums) in dw.chunks_exact_mut(inputs).zip(&sums) {
                for (dw, sum) in dw[j..j + width].iter_mut().zip(sums) {
                    *dw = sum / m as f64;
                }
            }
        }
    }
}

/// Writes a row as a column.
#[inline(always)]
fn transpose<const N: usize>(
    row: &[f64],
    column: usize,
    transposed: &mut [[f64; N]],
) {
    for (transposed, &entry) in transposed.iter_mut().zip(row) {
        transposed[column] = entry;
    }
}

/// dz·aᵀ for `ROWS` rows of dz and sixteen columns of aᵀ.
#[inline(always)]
fn tile<const ROWS: usize>(dz: &[[f64; ROWS]], a: &[Lanes]) -> Tile<ROWS> {
    let mut sums = [[0.0; LANES]; ROWS];
    for (dz, a) in dz.iter().zip(a) {
        add_products(&mut sums, dz, a);
    }
    sums
}
