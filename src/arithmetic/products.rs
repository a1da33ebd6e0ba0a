//! The three matrix products of a network, and the mean of rows.
//!
//! Each works on some neighbouring rows of its result, so that threads can
//! share one product among them.

use ndarray::Array2;

use super::batch::{Batch, LANES};
use super::sums::{dot, sum};
use super::tiles::{outer_product, product};

/// A matrix of 64-bit floats in row order.
pub(crate) type Matrix = Array2<f64>;

/// The entries of a matrix as one slice, row after row.
#[inline(always)]
pub(crate) fn entries(matrix: &Matrix) -> &[f64] {
    matrix.as_slice().expect("parameters are in row order")
}

/// The same, to write to.
#[inline(always)]
pub(crate) fn entries_mut(matrix: &mut Matrix) -> &mut [f64] {
    matrix.as_slice_mut().expect("parameters are in row order")
}

crate::dispatched! {
    /// Rows of z = w·a + b, from row `first`: w is (out × in), a is (in × m),
    /// b is (out × 1), z is (out × m).
    ///
    /// Each entry starts from its bias and adds its `in` products from the
    /// first to the last.
    pub(super) fn affine(
        z: &mut [f64], first: usize, w: &Matrix, a: &Batch, b: &Matrix
    ) = affine_rows
}

#[inline(always)]
// ANCHOR: affine
fn affine_rows(z: &mut [f64], first: usize, w: &Matrix, a: &Batch, b: &Matrix) {
    let inputs = w.ncols();
    let w = &entries(w)[first * inputs..];
    let b = &entries(b)[first..];
    product(z, |i| b[i], |i, k| w[i * inputs + k], a);
}
// ANCHOR_END: affine

crate::dispatched! {
    /// Rows of da = wᵀ·dz, from row `first`: w is (out × in), dz is (out × m),
    /// da is (in × m).
    pub(super) fn transposed_product(
        da: &mut [f64], first: usize, w: &Matrix, dz: &Batch
    ) = transposed_product_rows
}

#[inline(always)]
fn transposed_product_rows(
    da: &mut [f64],
    first: usize,
    w: &Matrix,
    dz: &Batch,
) {
    let inputs = w.ncols();
    let w = &entries(w)[first..];
    product(da, |_| 0.0, |j, i| w[i * inputs + j], dz);
}

crate::dispatched! {
    /// Rows of dw = dz·aᵀ / m, for rows of dz (out × m); a is (in × m), dw is
    /// (out × in). `columns` is room for the tiles.
    pub(super) fn outer_product_mean(
        dw: &mut [f64], dz: &[f64], a: &Batch, columns: &mut Batch
    ) = outer_product_mean_rows
}

#[inline(always)]
fn outer_product_mean_rows(
    dw: &mut [f64],
    dz: &[f64],
    a: &Batch,
    columns: &mut Batch,
) {
    let (inputs, m) = a.dim();
    if inputs >= LANES && dw.len() >= LANES * inputs {
        return outer_product(dw, dz, a, columns);
    }
    let dz = dz.chunks_exact(a.stride());
    for (dw, dz) in dw.chunks_exact_mut(inputs).zip(dz) {
        for (dw, a) in dw.iter_mut().zip(a.rows()) {
            *dw = dot(dz, a) / m as f64;
        }
    }
}

crate::dispatched! {
    /// db: the mean of each row of dz (out × m).
    pub(super) fn row_means(db: &mut Matrix, dz: &Batch) = row_means_of
}

#[inline(always)]
fn row_means_of(db: &mut Matrix, dz: &Batch) {
    let m = dz.dim().1 as f64;
    for (db, dz) in entries_mut(db).iter_mut().zip(dz.rows()) {
        *db = sum(dz) / m;
    }
}
