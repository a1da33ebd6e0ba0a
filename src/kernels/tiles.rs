//! A matrix product, a tile of the result at a time.
//!
//! A tile is some rows by some vectors: as many of both as leave its sums in
//! the registers of the processor. What is fetched from memory once is used
//! for all of them. Tiles change which sums are computed side by side, and not
//! the order within any of them: the result is that of the plain loops, bit by
//! bit.

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::{__m256d, __m512d};
use std::array::from_fn;
use std::ops::Range;

use super::factors::{Left, Panel, Panels};
use super::padded_matrix::LANES;
use super::vectors::{Lanes, Vector};

/// Terms of a sum that a tile adds before the next one takes its turn: so many
/// rows of a panel of x, and of coefficients, stay in the first cache.
const BLOCK: usize = 128;

/// The most rows that a tile has.
const MOST_ROWS: usize = 8;

/// The product (s + c·x) / d: c is (rows × terms), s is (rows × 1).
#[derive(Clone, Copy)]
pub(super) struct Product<'p> {
    /// What the sums start from; zeros where there is none.
    pub(super) s: Option<&'p [f64]>,
    pub(super) c: Left<'p>,
    pub(super) x: Panels<'p>,
    pub(super) d: f64,
    /// Whether each product is rounded only together with the sum.
    pub(super) fused: bool,
}

// In angle brackets: a register, and the rows and registers of a tile.

crate::dispatched! {
    /// y = (s + c·x) / d, for the rows of y, `columns` numbers each. `packed`
    /// is for coefficients.
    ///
    /// Each entry of y starts from s and adds its products from the first to
    /// the last.
    pub(super) fn compute(
        y: &mut [f64], columns: usize, product: Product<'_>, packed: &mut Packed
    ) = either_way::<[f64; 2], 6, 2>,
        avx2: either_way::<__m256d, 6, 2>,
        avx512: either_way::<__m512d, 8, 2>
}

#[inline(always)]
fn either_way<V: Vector, const ROWS: usize, const VECTORS: usize>(
    y: &mut [f64],
    columns: usize,
    product: Product<'_>,
    packed: &mut Packed,
) {
    if product.fused {
        by_tiles::<V, ROWS, VECTORS, true>(y, columns, product, packed);
    } else {
        by_tiles::<V, ROWS, VECTORS, false>(y, columns, product, packed);
    }
}

/// Tiles are `ROWS` by `VECTORS`, and one row where fewer are left.
#[inline(always)]
fn by_tiles<
    V: Vector,
    const ROWS: usize,
    const VECTORS: usize,
    const FUSED: bool,
>(
    y: &mut [f64],
    columns: usize,
    product: Product<'_>,
    packed: &mut Packed,
) {
    let terms = product.x.terms;
    for start in (0..terms).step_by(BLOCK) {
        let block = start..terms.min(start + BLOCK);
        let mut tall = y.chunks_exact_mut(ROWS * columns);
        let mut i = 0;
        for y in &mut tall {
            strip::<V, ROWS, VECTORS, FUSED>(y, i, product, &block, packed);
            i += ROWS;
        }
        for y in tall.into_remainder().chunks_exact_mut(columns) {
            strip::<V, 1, VECTORS, FUSED>(y, i, product, &block, packed);
            i += 1;
        }
    }
}

/// Memory for the coefficients of one strip.
pub(super) type Packed = [f64; BLOCK * MOST_ROWS];

/// The same, not yet used.
pub(super) const NO_COEFFICIENTS: Packed = [0.0; _];

/// `ROWS` rows of y, from row `i` of the product, with what one block of terms
/// adds to them.
#[inline(always)]
fn strip<
    V: Vector,
    const ROWS: usize,
    const VECTORS: usize,
    const FUSED: bool,
>(
    y: &mut [f64],
    i: usize,
    Product { s, c, x, d, .. }: Product<'_>,
    block: &Range<usize>,
    packed: &mut Packed,
) {
    let ends = Ends {
        first: block.start == 0,
        divisor: (block.end == x.terms && d != 1.0).then_some(d),
    };
    let s = from_fn(|row| s.map_or(0.0, |s| s[i + row]));
    let x = x.part(block);
    match c {
        Left::Rows(c, terms) => {
            let c: [&[f64]; ROWS] =
                from_fn(|row| &c[(i + row) * terms..][block.clone()]);
            tiles::<V, ROWS, VECTORS, FUSED>(y, s, c, x, ends);
        }
        Left::Columns(c, step) => {
            let columns = c[block.start * step + i..].chunks(step);
            let packed = &mut packed.as_chunks_mut().0[..block.len()];
            for (packed, c) in packed.iter_mut().zip(columns) {
                packed.copy_from_slice(&c[..ROWS]);
            }
            tiles::<V, ROWS, VECTORS, FUSED>(y, s, &*packed, x, ends);
        }
    }
}

/// What a block does beside adding: start the sums, divide them.
#[derive(Clone, Copy)]
struct Ends {
    first: bool,
    divisor: Option<f64>,
}

/// Where a tile finds its coefficients: in as many rows of a matrix as it has,
/// or in a copy of some of its columns.
trait Coefficients<const ROWS: usize>: Copy {
    /// So many terms, which is all that there are; the compiler learns it.
    fn of_length(self, terms: usize) -> Self;

    /// The coefficient of term `k` in a row.
    fn at(&self, k: usize, row: usize) -> f64;
}

impl<const ROWS: usize> Coefficients<ROWS> for [&[f64]; ROWS] {
    #[inline(always)]
    fn of_length(mut self, terms: usize) -> Self {
        for row in &mut self {
            *row = &row[..terms];
        }
        self
    }

    #[inline(always)]
    fn at(&self, k: usize, row: usize) -> f64 {
        self[row][k]
    }
}

impl<const ROWS: usize> Coefficients<ROWS> for &[[f64; ROWS]] {
    #[inline(always)]
    fn of_length(self, terms: usize) -> Self {
        &self[..terms]
    }

    #[inline(always)]
    fn at(&self, k: usize, row: usize) -> f64 {
        self[k][row]
    }
}

/// The tiles of a strip, one beside the other.
#[inline(always)]
fn tiles<
    V: Vector,
    const ROWS: usize,
    const VECTORS: usize,
    const FUSED: bool,
>(
    y: &mut [f64],
    s: [f64; ROWS],
    c: impl Coefficients<ROWS>,
    x: Panels<'_>,
    ends: Ends,
) {
    let columns = y.len() / ROWS;
    for panel in 0..columns.div_ceil(LANES) {
        let x = x.panel(panel);
        let place = panel * LANES..columns.min((panel + 1) * LANES);
        for at in (0..LANES).step_by(VECTORS * V::LENGTH) {
            let mut tile = [[V::splat(0.0); VECTORS]; ROWS];
            for row in 0..ROWS {
                tile[row] = [V::splat(s[row]); VECTORS];
            }
            if !ends.first {
                for row in 0..ROWS {
                    let y = &y[row * columns..][place.clone()];
                    match y.as_array() {
                        Some(y) => tile[row] = load(y, at),
                        None => {
                            let mut rest = [0.0; LANES];
                            rest[..y.len()].copy_from_slice(y);
                            tile[row] = load(&rest, at);
                        }
                    }
                }
            }
            tile = add_products::<V, ROWS, VECTORS, FUSED>(tile, c, x, at);
            if let Some(d) = ends.divisor {
                for sum in tile.as_flattened_mut() {
                    *sum = sum.over(V::splat(d));
                }
            }
            for row in 0..ROWS {
                let y = &mut y[row * columns..][place.clone()];
                match y.as_mut_array() {
                    Some(y) => store(tile[row], y, at),
                    None => {
                        let mut rest = [0.0; LANES];
                        store(tile[row], &mut rest, at);
                        let end = y.len().min(at + VECTORS * V::LENGTH);
                        if at < end {
                            y[at..end].copy_from_slice(&rest[at..end]);
                        }
                    }
                }
            }
        }
    }
}

/// The innermost loop: what row after row of a panel adds to a tile.
#[inline(always)]
#[allow(clippy::needless_range_loop)] // a row of the tile, and of c
// ANCHOR: tile
fn add_products<
    V: Vector,
    const ROWS: usize,
    const VECTORS: usize,
    const FUSED: bool,
>(
    mut tile: [[V; VECTORS]; ROWS],
    c: impl Coefficients<ROWS>,
    x: Panel<'_>,
    at: usize,
) -> [[V; VECTORS]; ROWS] {
    let c = c.of_length(x.terms);
    for k in 0..x.terms {
        let x: [V; VECTORS] = load(x.row(k), at);
        for row in 0..ROWS {
            let c = V::splat(c.at(k, row));
            for v in 0..VECTORS {
                tile[row][v] = match FUSED {
                    true => tile[row][v].add_product_fused(c, x[v]),
                    false => tile[row][v].add_product(c, x[v]),
                };
            }
        }
    }
    tile
}
// ANCHOR_END: tile

/// Neighbouring vectors.
#[inline(always)]
fn load<V: Vector, const VECTORS: usize>(
    lanes: &Lanes,
    at: usize,
) -> [V; VECTORS] {
    from_fn(|v| V::load(lanes, at + v * V::LENGTH))
}

#[inline(always)]
fn store<V: Vector, const VECTORS: usize>(
    vectors: [V; VECTORS],
    lanes: &mut Lanes,
    at: usize,
) {
    for (v, vector) in vectors.into_iter().enumerate() {
        vector.store(lanes, at + v * V::LENGTH);
    }
}
