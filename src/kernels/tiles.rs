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
    Product { s, c, x, d, .. }: Product<'_>,
    packed: &mut Packed,
) {
    for start in (0..x.terms).step_by(BLOCK) {
        let block = start..x.terms.min(start + BLOCK);
        let ends = Ends {
            first: start == 0,
            divisor: (block.end == x.terms && d != 1.0).then_some(d),
        };
        let x = x.from(start);
        let s = |i| s.map_or(0.0, |s| s[i]);
        let mut tall = y.chunks_exact_mut(ROWS * columns);
        let mut i = 0;
        for y in &mut tall {
            let c = pack::<ROWS>(packed, c, i, block.clone());
            let s = from_fn(|row| s(i + row));
            strip::<V, ROWS, VECTORS, FUSED>(y, s, c, x, ends);
            i += ROWS;
        }
        for y in tall.into_remainder().chunks_exact_mut(columns) {
            let c = pack::<1>(packed, c, i, block.clone());
            strip::<V, 1, VECTORS, FUSED>(y, [s(i)], c, x, ends);
            i += 1;
        }
    }
}

/// Memory for the coefficients of one strip.
pub(super) type Packed = [f64; BLOCK * MOST_ROWS];

/// What a block does beside adding: start the sums, divide them.
#[derive(Clone, Copy)]
struct Ends {
    first: bool,
    divisor: Option<f64>,
}

/// The coefficients of `ROWS` rows from row `i`, in the order in which a tile
/// uses them.
#[inline(always)]
fn pack<'p, const ROWS: usize>(
    packed: &'p mut Packed,
    c: Left<'p>,
    i: usize,
    block: Range<usize>,
) -> &'p [[f64; ROWS]] {
    if let (1, Left::Rows(c, terms)) = (ROWS, c) {
        return c[i * terms..][block].as_chunks().0; // as they lie
    }
    let packed = &mut packed.as_chunks_mut().0[..block.len()];
    match c {
        Left::Rows(c, terms) => {
            let rows = c[i * terms..].chunks_exact(terms);
            for (row, c) in rows.take(ROWS).enumerate() {
                for (packed, c) in packed.iter_mut().zip(&c[block.clone()]) {
                    packed[row] = *c;
                }
            }
        }
        Left::Columns(c, step) => {
            let columns = c[block.start * step + i..].chunks(step);
            for (packed, c) in packed.iter_mut().zip(columns) {
                packed.copy_from_slice(&c[..ROWS]);
            }
        }
    }
    packed
}

/// All tiles of `ROWS` rows of y, with what one block adds to them.
#[inline(always)]
fn strip<
    V: Vector,
    const ROWS: usize,
    const VECTORS: usize,
    const FUSED: bool,
>(
    y: &mut [f64],
    s: [f64; ROWS],
    c: &[[f64; ROWS]],
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
// ANCHOR: tile
fn add_products<
    V: Vector,
    const ROWS: usize,
    const VECTORS: usize,
    const FUSED: bool,
>(
    mut tile: [[V; VECTORS]; ROWS],
    c: &[[f64; ROWS]],
    x: Panel<'_>,
    at: usize,
) -> [[V; VECTORS]; ROWS] {
    for (k, c) in c.iter().enumerate() {
        let x: [V; VECTORS] = load(x.row(k), at);
        for row in 0..ROWS {
            let c = V::splat(c[row]);
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
