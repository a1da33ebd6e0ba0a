//! The product dw = dz·aᵀ, whose sums run along the samples.

use super::batch::{Batch, LANES};
use super::packed::add_products;
use super::tiles::{Lanes, Tile, add_scaled};

/// The most rows that a tile has here.
const ROWS_OF_A_TILE: usize = 4;

/// Room for the copies that [`outer_product`] works from.
#[derive(Clone, Debug)]
pub(crate) struct Room {
    /// a, sixteen rows at a time turned into columns.
    columns: Batch,
    /// The rows of dz that belong to one tile.
    packed: Batch,
}

impl Room {
    /// For matrices a of up to `units` rows, and m samples.
    pub(crate) fn new(units: usize, m: usize) -> Room {
        let stride = m.next_multiple_of(LANES);
        Room {
            columns: Batch::zeros(units.next_multiple_of(LANES), stride),
            packed: Batch::zeros(ROWS_OF_A_TILE, stride),
        }
    }
}

/// Rows of dw = dz·aᵀ / m, for rows of dz; a is (in × m).
///
/// The order of each sum is that of [`dot`](super::sums::dot): sixteen partial
/// sums, added in pairs. What one partial sum adds up lies together in `room`.
#[inline(always)]
pub(super) fn outer_product<const ROWS: usize>(
    dw: &mut [f64],
    dz: &[f64],
    a: &Batch,
    room: &mut Room,
) {
    let ((inputs, m), stride) = (a.dim(), a.stride());
    let columns = room.columns.entries_mut().as_chunks_mut::<LANES>().0;
    for (j, a) in a.rows().enumerate() {
        let columns = &mut columns[j / LANES * stride..];
        by_lane(a, |place, a| columns[place][j % LANES] = a);
    }
    let packed = &mut room.packed.entries_mut()[..ROWS * stride];
    let packed = packed.as_chunks_mut::<ROWS>().0;
    let mut partial = Partial([[[0.0; LANES]; ROWS]; LANES / 2]);
    let tall = dw.chunks_mut(ROWS * inputs).zip(dz.chunks(ROWS * stride));
    for (dw, dz) in tall {
        // Where rows are missing at the end, those of the last tile stay.
        for (row, dz) in dz.chunks_exact(stride).enumerate() {
            by_lane(dz, |place, dz| packed[place][row] = dz);
        }
        let columns = columns.chunks_exact(stride);
        for (j, columns) in (0..inputs).step_by(LANES).zip(columns) {
            let width = LANES.min(inputs - j);
            let sums = partial.tile(packed, columns);
            for (dw, sums) in dw.chunks_exact_mut(inputs).zip(sums) {
                for (dw, sum) in dw[j..j + width].iter_mut().zip(sums) {
                    *dw = sum / m as f64;
                }
            }
        }
    }
}

/// Every entry of a row, with its place when the entries that go to one partial
/// sum lie one after the other.
#[inline(always)]
fn by_lane(row: &[f64], mut place: impl FnMut(usize, f64)) {
    let terms = row.len() / LANES;
    for (term, entries) in row.as_chunks::<LANES>().0.iter().enumerate() {
        for (lane, &entry) in entries.iter().enumerate() {
            place(lane * terms + term, entry);
        }
    }
}

/// The partial sums of a tile, after the first addition of pairs.
#[repr(align(64))]
struct Partial<const ROWS: usize>([Tile<ROWS>; LANES / 2]);

impl<const ROWS: usize> Partial<ROWS> {
    /// dz·aᵀ for `ROWS` rows of dz and sixteen columns of aᵀ.
    #[inline(always)]
    fn tile(&mut self, dz: &[[f64; ROWS]], columns: &[Lanes]) -> &Tile<ROWS> {
        let terms = columns.len() / LANES;
        let half = LANES / 2;
        for (lane, partial) in self.0.iter_mut().enumerate() {
            let at = |lane| lane * terms..(lane + 1) * terms;
            let low = sum_of_products(&dz[at(lane)], &columns[at(lane)]);
            let lane = lane + half;
            let high = sum_of_products(&dz[at(lane)], &columns[at(lane)]);
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

/// One partial sum of every entry of a tile.
#[inline(always)]
fn sum_of_products<const ROWS: usize>(
    dz: &[[f64; ROWS]],
    a: &[Lanes],
) -> Tile<ROWS> {
    let mut sums = [[0.0; LANES]; ROWS];
    for (dz, a) in dz.iter().zip(a) {
        add_products(&mut sums, dz, a);
    }
    sums
}
