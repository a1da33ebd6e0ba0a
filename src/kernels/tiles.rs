//! Matrix products, a tile of the result at a time.
//!
//! A tile is some rows by sixteen columns: as many rows as leave its sums in
//! the registers of the processor, and so one, two or more by the width of its
//! vectors. What is fetched from memory once is used for all of them. Tiles
//! change which sums are computed side by side, and not the order within any of
//! them: the result is that of the plain loops, bit by bit.

use std::array;
use std::ops::Range;

use super::padded_matrix::{LANES, PaddedMatrix};

/// Neighbouring entries of a row.
pub(super) type Lanes = [f64; LANES];

/// Some rows of them.
pub(super) type Tile<const ROWS: usize> = [Lanes; ROWS];

/// Rows of x, and groups of [`LANES`] of its columns, that every tile uses
/// before the next ones are fetched: 32 KB, about what a first cache holds.
pub(super) const BLOCK: usize = 32;
const PANEL: usize = 8;

/// Rows of y = s + c·x: c is (out × in), s is (out × 1), x is (in × m). They
/// are computed `ROWS` at a time, and one by one where fewer are left.
///
/// Each entry of y starts from s and adds its `in` products from the first to
/// the last.
#[inline(always)]
pub(super) fn tiled_product<const ROWS: usize>(
    y: &mut [f64],
    s: impl Fn(usize) -> f64,
    c: impl Fn(usize, usize) -> f64,
    x: &PaddedMatrix,
) {
    let (inputs, width) = (x.dim().0, x.stride() / LANES);
    let x = x.entries().as_chunks::<LANES>().0;
    let y = y.as_chunks_mut::<LANES>().0;
    if inputs == 1 {
        return scaled_rows(y, s, |i| c(i, 0), x);
    }
    for (panel, block) in panels_and_blocks(width, inputs) {
        let mut tall = y.chunks_exact_mut(ROWS * width);
        let mut i = 0;
        for y in &mut tall {
            let s = |row| s(i + row);
            let c = |row, k| c(i + row, k);
            tiles::<ROWS>(y, s, c, x, panel.clone(), block.clone());
            i += ROWS;
        }
        for y in tall.into_remainder().chunks_exact_mut(width) {
            let (s, c) = (|_| s(i), |_, k| c(i, k));
            tiles::<1>(y, s, c, x, panel.clone(), block.clone());
            i += 1;
        }
    }
}

/// y = s + c·x, where x is a single row: there is nothing to use twice.
#[inline(always)]
fn scaled_rows(
    y: &mut [Lanes],
    s: impl Fn(usize) -> f64,
    c: impl Fn(usize) -> f64,
    x: &[Lanes],
) {
    for (i, y) in y.chunks_exact_mut(x.len()).enumerate() {
        let (s, c) = (s(i), c(i));
        for (y, x) in y.as_flattened_mut().iter_mut().zip(x.as_flattened()) {
            *y = s + c * x;
        }
    }
}

/// The tiles of `ROWS` rows of y, with what one block of x adds to them.
#[inline(always)]
// ANCHOR: tile
fn tiles<const ROWS: usize>(
    y: &mut [Lanes],
    s: impl Fn(usize) -> f64,
    c: impl Fn(usize, usize) -> f64,
    x: &[Lanes],
    panel: Range<usize>,
    block: Range<usize>,
) {
    let width = y.len() / ROWS;
    for column in panel {
        let mut tile: Tile<ROWS> = match block.start {
            0 => array::from_fn(|row| [s(row); LANES]),
            _ => array::from_fn(|row| y[row * width + column]),
        };
        for k in block.clone() {
            let x = &x[k * width + column];
            for (row, y) in tile.iter_mut().enumerate() {
                *y = add_scaled(*y, c(row, k), x);
            }
        }
        for row in 0..ROWS {
            y[row * width + column] = tile[row];
        }
    }
}
// ANCHOR_END: tile

/// y + c·x.
#[inline(always)]
pub(super) fn add_scaled(mut y: Lanes, c: f64, x: &Lanes) -> Lanes {
    for lane in 0..LANES {
        y[lane] += c * x[lane];
    }
    y
}

/// 0..width in panels, and for each of them 0..inputs in blocks.
pub(super) fn panels_and_blocks(
    width: usize,
    inputs: usize,
) -> impl Iterator<Item = (Range<usize>, Range<usize>)> {
    pieces(width, PANEL).flat_map(move |panel| {
        pieces(inputs, BLOCK).map(move |block| (panel.clone(), block))
    })
}

/// 0..n in pieces of at most `length`.
fn pieces(n: usize, length: usize) -> impl Iterator<Item = Range<usize>> {
    (0..n).step_by(length).map(move |start| start..n.min(start + length))
}
