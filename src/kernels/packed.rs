//! The products of [`tiles`](super::tiles), for large matrices.
//!
//! A tile reads its coefficients from several rows, or several columns, of a
//! matrix that no longer fits into the nearest caches. Here they are copied
//! first, into the order in which the tile uses them. The copy serves all
//! tiles of these rows, and the loop over it is the simplest there is.

use std::array;
use std::ops::Range;

use super::padded_matrix::{LANES, PaddedMatrix};
use super::tiles::{BLOCK, Lanes, Tile, add_scaled, panels_and_blocks};

/// How often the innermost loop is written out.
const UNROLLED: usize = 2;

/// [`tiled_product`](super::tiles::tiled_product), with the same bits.
#[inline(always)]
pub(super) fn packed_product<const ROWS: usize>(
    y: &mut [f64],
    s: impl Fn(usize) -> f64,
    c: impl Fn(usize, usize) -> f64,
    x: &PaddedMatrix,
) {
    let (inputs, width) = (x.dim().0, x.stride() / LANES);
    let x = x.entries().as_chunks::<LANES>().0;
    let y = y.as_chunks_mut::<LANES>().0;
    let (mut many, mut one) = ([[0.0; ROWS]; BLOCK], [[0.0; 1]; BLOCK]);
    for (panel, block) in panels_and_blocks(width, inputs) {
        let x = &x[block.start * width..block.end * width];
        let starts = block.start == 0;
        let mut tall = y.chunks_exact_mut(ROWS * width);
        let mut i = 0;
        for y in &mut tall {
            let c = pack(&mut many, &c, i, block.clone());
            let s = starts.then(|| array::from_fn(|row| s(i + row)));
            tiles(y, s, c, x, panel.clone());
            i += ROWS;
        }
        for y in tall.into_remainder().chunks_exact_mut(width) {
            let c = pack(&mut one, &c, i, block.clone());
            tiles(y, starts.then(|| [s(i)]), c, x, panel.clone());
            i += 1;
        }
    }
}

/// The coefficients of `ROWS` rows from row `i`, column by column of a block.
#[inline(always)]
fn pack<'p, const ROWS: usize>(
    packed: &'p mut [[f64; ROWS]; BLOCK],
    c: &impl Fn(usize, usize) -> f64,
    i: usize,
    block: Range<usize>,
) -> &'p [[f64; ROWS]] {
    let packed = &mut packed[..block.len()];
    for (packed, k) in packed.iter_mut().zip(block) {
        *packed = array::from_fn(|row| c(i + row, k));
    }
    packed
}

/// y + c·x, or s + c·x where there is an s to start from: for `ROWS` rows of y
/// and the columns of a panel.
#[inline(always)]
fn tiles<const ROWS: usize>(
    y: &mut [Lanes],
    s: Option<[f64; ROWS]>,
    c: &[[f64; ROWS]],
    x: &[Lanes],
    panel: Range<usize>,
) {
    let width = y.len() / ROWS;
    for column in panel {
        let mut tile: Tile<ROWS> = match s {
            Some(s) => s.map(|s| [s; LANES]),
            None => array::from_fn(|row| y[row * width + column]),
        };
        let (many, rest) = c.as_chunks::<UNROLLED>();
        let mut at = column;
        for c in many {
            for c in c {
                add_products(&mut tile, c, &x[at]);
                at += width;
            }
        }
        for c in rest {
            add_products(&mut tile, c, &x[at]);
            at += width;
        }
        for row in 0..ROWS {
            y[row * width + column] = tile[row];
        }
    }
}

/// What one row of x adds to a tile.
#[inline(always)]
pub(super) fn add_products<const ROWS: usize>(
    tile: &mut Tile<ROWS>,
    c: &[f64; ROWS],
    x: &Lanes,
) {
    for row in 0..ROWS {
        tile[row] = add_scaled(tile[row], c[row], x);
    }
}
