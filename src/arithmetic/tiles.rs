//! Matrix products, a tile of the result at a time.
//!
//! A tile is three rows by sixteen columns: few enough sums to stay in the
//! registers of a processor with wide vectors, and enough of them that what is fetched from
//! memory once is used several times. Tiles change which sums are computed
//! side by side, and not the order within any of them: the result is that of
//! the plain loops, bit by bit.

use std::ops::Range;

use super::batch::{Batch, LANES};

/// Neighbouring entries of a row.
type Lanes = [f64; LANES];

/// Three rows of them.
type Tile = [Lanes; 3];

/// Rows of x, and groups of [`LANES`] of its columns, that every tile uses
/// before the next ones are fetched: 32 KB, about what a first cache holds.
const BLOCK: usize = 32;
const PANEL: usize = 8;

/// Rows of y = s + c·x: c is (out × in), s is (out × 1), x is (in × m).
///
/// Each entry of y starts from s and adds its `in` products from the first to
/// the last.
#[inline(always)]
pub(super) fn product(
    y: &mut [f64],
    s: impl Fn(usize) -> f64,
    c: impl Fn(usize, usize) -> f64,
    x: &Batch,
) {
    let (inputs, width) = (x.dim().0, x.stride() / LANES);
    let x = x.entries().as_chunks::<LANES>().0;
    let y = y.as_chunks_mut::<LANES>().0;
    for (panel, block) in panels_and_blocks(width, inputs) {
        let mut threes = y.chunks_exact_mut(3 * width);
        let mut i = 0;
        for y in &mut threes {
            // ANCHOR: tile
            for column in panel.clone() {
                let at = [0, 1, 2].map(|row| row * width + column);
                let [mut y0, mut y1, mut y2] = match block.start {
                    0 => [0, 1, 2].map(|row| [s(i + row); LANES]),
                    _ => at.map(|at| y[at]),
                };
                for k in block.clone() {
                    let x = &x[k * width + column];
                    y0 = add_scaled(y0, c(i, k), x);
                    y1 = add_scaled(y1, c(i + 1, k), x);
                    y2 = add_scaled(y2, c(i + 2, k), x);
                }
                [y[at[0]], y[at[1]], y[at[2]]] = [y0, y1, y2];
            }
            // ANCHOR_END: tile
            i += 3;
        }
        // The rows that are left over, one by one.
        for y in threes.into_remainder().chunks_exact_mut(width) {
            for column in panel.clone() {
                let mut sum =
                    if block.start == 0 { [s(i); LANES] } else { y[column] };
                for k in block.clone() {
                    sum = add_scaled(sum, c(i, k), &x[k * width + column]);
                }
                y[column] = sum;
            }
            i += 1;
        }
    }
}

/// y + c·x.
#[inline(always)]
fn add_scaled(mut y: Lanes, c: f64, x: &Lanes) -> Lanes {
    for lane in 0..LANES {
        y[lane] += c * x[lane];
    }
    y
}

/// 0..width in panels, and for each of them 0..inputs in blocks.
fn panels_and_blocks(
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

/// Rows of dw = dz·aᵀ / m, for rows of dz; a is (in × m).
///
/// The order of each sum is that of [`dot`](super::sums::dot): sixteen partial
/// sums, added in pairs. `columns`, (m with padding × lanes), is room for
/// sixteen rows of a turned into columns, so that a tile's sums lie side by
/// side.
#[inline(always)]
pub(super) fn outer_product(
    dw: &mut [f64],
    dz: &[f64],
    a: &Batch,
    columns: &mut Batch,
) {
    let (inputs, m) = a.dim();
    let columns = columns.entries_mut().as_chunks_mut::<LANES>().0;
    let mut partial = Partial([[[0.0; LANES]; 3]; LANES / 2]);
    for j in (0..inputs).step_by(LANES) {
        let width = LANES.min(inputs - j);
        for (lane, a) in a.rows().skip(j).take(width).enumerate() {
            for (column, &a) in columns.iter_mut().zip(a) {
                column[lane] = a;
            }
        }
        let threes = dw.chunks_mut(3 * inputs).zip(dz.chunks(3 * a.stride()));
        for (dw, dz) in threes {
            let sums = partial.tile(dz, columns);
            for (dw, sums) in dw.chunks_exact_mut(inputs).zip(sums) {
                for (dw, sum) in dw[j..j + width].iter_mut().zip(sums) {
                    *dw = sum / m as f64;
                }
            }
        }
    }
}

/// The partial sums of a tile, after the first addition of pairs.
#[repr(align(64))]
struct Partial([Tile; LANES / 2]);

impl Partial {
    /// dz·aᵀ for up to three rows of dz and sixteen columns.
    #[inline(always)]
    fn tile(&mut self, dz: &[f64], columns: &[Lanes]) -> &Tile {
        let m = columns.len();
        let last = dz.len() / m - 1;
        let rows = [0, 1, 2].map(|row| {
            // Where there are fewer than three, the last stands in for the rest.
            dz[last.min(row) * m..][..m].as_chunks::<LANES>().0
        });
        let columns = columns.as_chunks::<LANES>().0;
        let half = LANES / 2;
        for (lane, partial) in self.0.iter_mut().enumerate() {
            let low = partial_tile(lane, rows, columns);
            let high = partial_tile(lane + half, rows, columns);
            let pairs = low.into_iter().zip(&high);
            for (partial, (low, high)) in partial.iter_mut().zip(pairs) {
                *partial = add_scaled(low, 1.0, high);
            }
        }
        let mut width = half / 2;
        while width > 0 {
            let (low, high) = self.0.split_at_mut(width);
            for (low, high) in low.iter_mut().zip(high) {
                let high = high.as_flattened();
                for (low, high) in low.as_flattened_mut().iter_mut().zip(high) {
                    *low += high;
                }
            }
            width /= 2;
        }
        &self.0[0]
    }
}

/// The partial sums number `lane`: of every sixteenth sample, beginning there.
#[inline(always)]
fn partial_tile(
    lane: usize,
    [dz0, dz1, dz2]: [&[Lanes]; 3],
    columns: &[[Lanes; LANES]],
) -> Tile {
    let [mut s0, mut s1, mut s2] = [[0.0; LANES]; 3];
    for (((a, dz0), dz1), dz2) in columns.iter().zip(dz0).zip(dz1).zip(dz2) {
        s0 = add_scaled(s0, dz0[lane], &a[lane]);
        s1 = add_scaled(s1, dz1[lane], &a[lane]);
        s2 = add_scaled(s2, dz2[lane], &a[lane]);
    }
    [s0, s1, s2]
}
