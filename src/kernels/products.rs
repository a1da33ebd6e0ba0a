//! The three matrix products of a network, and the mean of rows.
//!
//! Each works on some neighbouring rows of its result, so that threads can
//! share one product among them. They share a copy of the right factor, and
//! each of them has memory of its own for coefficients.

use ndarray::Array2;

use super::factors::{Left, Panels};
use super::instructions::Instructions;
use super::padded_matrix::PaddedMatrix;
use super::scratch::RightCopy;
use super::shapes::{has_columns, is_fused, is_packed};
use super::sums::{dot, sum};
use super::tiles::{Packed, Product, compute};
use crate::error;

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

/// Rows of z = w·a + b, from row `first`: w is (out × in), a is (in × m), b is
/// (out × 1), z is (out × m).
///
/// Each entry starts from its bias and adds its `in` products from the first to
/// the last.
// ANCHOR: affine
pub(super) fn affine(
    with: Instructions,
    z: &mut [f64],
    first: usize,
    w: &Matrix,
    a: &PaddedMatrix,
    b: &Matrix,
    copies: (&RightCopy<'_>, &mut Packed),
) {
    let (layer, inputs) = (w.dim(), w.ncols());
    let w = Left::Rows(&entries(w)[first * inputs..], inputs);
    let b = Some(&entries(b)[first..]);
    product_of_layer(with, layer, z, b, w, a, copies);
}
// ANCHOR_END: affine

/// Rows of da = wᵀ·dz, from row `first`: w is (out × in), dz is (out × m), da
/// is (in × m).
pub(super) fn transposed_product(
    with: Instructions,
    da: &mut [f64],
    first: usize,
    w: &Matrix,
    dz: &PaddedMatrix,
    copies: (&RightCopy<'_>, &mut Packed),
) {
    let (layer, inputs) = (w.dim(), w.ncols());
    let wt = Left::Columns(&entries(w)[first..], inputs);
    product_of_layer(with, layer, da, None, wt, dz, copies);
}

/// Rows of y = s + c·x, in the way that is best for products of this layer.
fn product_of_layer(
    with: Instructions,
    layer: (usize, usize),
    y: &mut [f64],
    s: Option<&[f64]>,
    c: Left<'_>,
    x: &PaddedMatrix,
    (right, packed): (&RightCopy<'_>, &mut Packed),
) {
    let (fused, columns) = (is_fused(layer), x.stride());
    if x.dim().0 == 1 && !fused {
        return scaled_rows(with, y, s, c, x.entries());
    }
    let x = match is_packed(layer) {
        true => right.panels(x),
        false => Panels::of(x),
    };
    let product = Product { s, c, x, d: 1.0, fused };
    compute(with, y, columns, product, packed);
}

crate::dispatched! {
    /// y = s + c·x, where x is a single row: there is nothing to use twice.
    fn scaled_rows(
        y: &mut [f64], s: Option<&[f64]>, c: Left<'_>, x: &[f64]
    ) = scaled_rows_of
}

#[inline(always)]
fn scaled_rows_of(y: &mut [f64], s: Option<&[f64]>, c: Left<'_>, x: &[f64]) {
    let (Left::Rows(c, _) | Left::Columns(c, _)) = c;
    for (i, (y, c)) in y.chunks_exact_mut(x.len()).zip(c).enumerate() {
        let s = s.map_or(0.0, |s| s[i]);
        for (y, x) in y.iter_mut().zip(x) {
            *y = s + c * x;
        }
    }
}

/// Rows of dw = dz·aᵀ / m, for rows of dz (out × m); a is (in × m), dw is (out
/// × in); `layer` is the shape of all of dw.
///
/// Each entry of dw is a sum over the samples, in the order of
/// [`dot_over_samples`](super::dot_over_samples).
pub(super) fn outer_product_mean(
    with: Instructions,
    dw: &mut [f64],
    layer: (usize, usize),
    dz: &[f64],
    a: &PaddedMatrix,
    (right, packed): (&RightCopy<'_>, &mut Packed),
) {
    if !has_columns(layer) {
        return dot_products_mean(with, dw, dz, a);
    }
    let ((inputs, m), dz) = (a.dim(), Left::Rows(dz, a.stride()));
    let (fused, m) = (is_fused(layer), m as f64);
    let at = right.transposed_panels(a);
    let product = Product { s: None, c: dz, x: at, d: m, fused };
    compute(with, dw, inputs, product, packed);
}

crate::dispatched! {
    /// The same, with every sum in the order of [`dot`].
    fn dot_products_mean(
        dw: &mut [f64], dz: &[f64], a: &PaddedMatrix
    ) = dot_products_mean_of
}

#[inline(always)]
fn dot_products_mean_of(dw: &mut [f64], dz: &[f64], a: &PaddedMatrix) {
    let (inputs, m) = a.dim();
    let dz = dz.chunks_exact(a.stride());
    for (dw, dz) in dw.chunks_exact_mut(inputs).zip(dz) {
        for (dw, a) in dw.iter_mut().zip(a.rows()) {
            *dw = dot(dz, a) / m as f64;
        }
    }
}

crate::dispatched! {
    /// db: the mean of each row of dz (out × m).
    pub(super) fn row_means(db: &mut Matrix, dz: &PaddedMatrix) = row_means_of
}

#[inline(always)]
fn row_means_of(db: &mut Matrix, dz: &PaddedMatrix) {
    let m = dz.dim().1 as f64;
    for (db, dz) in entries_mut(db).iter_mut().zip(dz.rows()) {
        *db = sum(dz) / m;
    }
}

/// Whether no entry is infinite or a NaN.
pub(super) fn all_finite(with: Instructions, entries: &[f64]) -> bool {
    let mut finite = true;
    look_through(with, entries, &mut finite);
    finite
}

crate::dispatched! {
    fn look_through(entries: &[f64], finite: &mut bool) = look_through_entries
}

#[inline(always)]
fn look_through_entries(entries: &[f64], finite: &mut bool) {
    *finite = error::all_finite(entries);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::{Instructions, Kernels, dot_over_samples};
    use ndarray::{Axis, array};

    /// An (r × c) matrix of small whole numbers, so that every sum is exact.
    fn whole(r: usize, c: usize) -> Matrix {
        Matrix::from_shape_fn((r, c), |(i, j)| {
            ((i * 31 + j * 17) % 13) as f64 - 6.0
        })
    }

    /// The same, padded. Its padding is what the passes promise: anything
    /// finite in activations, zeros in errors.
    fn padded(matrix: &Matrix, padding: f64) -> PaddedMatrix {
        let (r, c) = matrix.dim();
        let mut padded = PaddedMatrix::zeros(r, c).expect("small");
        padded.entries_mut().fill(padding);
        padded.view_mut().assign(matrix);
        padded
    }

    /// A matrix that shows whether every entry is written.
    fn unwritten(r: usize, c: usize) -> Matrix {
        Matrix::from_elem((r, c), f64::NAN)
    }

    /// Shapes around every edge: of a tile, of a block, of a row's padding.
    const SHAPES: [(usize, usize, usize); 8] = [
        (1, 1, 1),
        (3, 2, 16),
        (2, 5, 37),
        (4, 3, 100),
        (7, 33, 17),
        (16, 16, 1),
        (17, 31, 48),
        (50, 70, 33),
    ];

    #[test]
    fn the_products_are_the_definitions() {
        for instructions in Instructions::available() {
            let mut kernels = Kernels::new(instructions, 1);
            for (out, inputs, m) in SHAPES {
                let (w, a) = (whole(out, inputs), whole(inputs, m));
                let (dz, b) = (whole(out, m), whole(out, 1));
                let (padded_a, padded_dz) = (padded(&a, 3.0), padded(&dz, 0.0));
                kernels.reserve(&[(out, inputs)], m).expect("small");

                let mut z = padded(&unwritten(out, m), f64::NAN);
                kernels.affine(&mut z, &w, &padded_a, &b);
                assert_eq!(z.view(), w.dot(&a) + &b);

                let mut da = padded(&unwritten(inputs, m), f64::NAN);
                kernels.transposed_product(&mut da, &w, &padded_dz);
                assert_eq!(da.view(), w.t().dot(&dz));
                // What backward relies on: the padding of an error stays zero.
                let sum: f64 = da.entries().iter().sum();
                assert_eq!(sum, da.view().sum());

                let mut dw = unwritten(out, inputs);
                kernels.outer_product_mean(&mut dw, &padded_dz, &padded_a);
                assert_eq!(dw, dz.dot(&a.t()) / m as f64);

                let mut db = unwritten(out, 1);
                kernels.row_means(&mut db, &padded_dz);
                let mean = dz.mean_axis(Axis(1)).expect("samples");
                assert_eq!(db, mean.insert_axis(Axis(1)));
            }
        }
    }

    /// On both sides of the line from which on products are fused.
    #[test]
    fn tiles_have_the_bits_of_plain_loops() {
        let separate = |sum: f64, c: f64, x: f64| sum + c * x;
        let fused = |sum: f64, c: f64, x: f64| c.mul_add(x, sum);
        have_the_bits_of((35, 38, 90), separate);
        have_the_bits_of((50, 150, 150), separate);
        have_the_bits_of((255, 257, 1), separate);
        have_the_bits_of((256, 256, 1), fused);
        have_the_bits_of((131, 503, 37), fused);
        have_the_bits_of((1, 1 << 16, 2), fused);
        have_the_bits_of((1 << 16, 1, 2), fused);
    }

    /// Products of a layer (out × in) with m samples, computed sum by sum.
    fn have_the_bits_of(
        (out, inputs, m): (usize, usize, usize),
        add: fn(f64, f64, f64) -> f64,
    ) {
        let noise = |r, c, seed: f64| {
            Matrix::from_shape_fn((r, c), |(i, j)| {
                libm::sin(seed * (1 + i * c + j) as f64)
            })
        };
        let (w, b) = (noise(out, inputs, 1.3), noise(out, 1, 0.7));
        let a = padded(&noise(inputs, m, 1.7), 1.0);
        let dz = padded(&noise(out, m, 2.9), 0.0);
        let mut z = padded(&unwritten(out, m), f64::NAN);
        let mut da = padded(&unwritten(inputs, m), f64::NAN);
        let mut dw = unwritten(out, inputs);
        let bits = |x: f64| x.to_bits();
        for instructions in Instructions::available() {
            let mut kernels = Kernels::new(instructions, 1);
            kernels.reserve(&[(out, inputs)], m).expect("small");
            kernels.affine(&mut z, &w, &a, &b);
            for ((i, s), &z) in z.view().indexed_iter() {
                let terms = (0..inputs).map(|k| (w[[i, k]], a.view()[[k, s]]));
                let sum = terms.fold(b[[i, 0]], |sum, (w, a)| add(sum, w, a));
                assert_eq!(bits(z), bits(sum), "z {i}, {s}");
            }
            kernels.transposed_product(&mut da, &w, &dz);
            for ((j, s), &da) in da.view().indexed_iter() {
                let terms = (0..out).map(|i| (w[[i, j]], dz.view()[[i, s]]));
                let sum = terms.fold(0.0, |sum, (w, dz)| add(sum, w, dz));
                assert_eq!(bits(da), bits(sum), "da {j}, {s}");
            }
            kernels.outer_product_mean(&mut dw, &dz, &a);
            for ((i, j), &dw) in dw.indexed_iter() {
                let (dz, a) = (dz.view(), a.view());
                let (dz, a) = (dz.row(i), a.row(j));
                let (dz, a) = (dz.to_vec(), a.to_vec());
                let sum = dot_over_samples(&dz, &a, (out, inputs));
                assert_eq!(bits(dw), bits(sum / m as f64), "dw {i}, {j}");
            }
        }
    }

    #[test]
    fn a_row_mean_by_hand() {
        let mut kernels = Kernels::new(Instructions::PLAIN, 1);
        let mut db = unwritten(2, 1);
        let dz = padded(&array![[1.0, 2.0, 6.0], [0.0, -3.0, 0.0]], 0.0);
        kernels.row_means(&mut db, &dz);
        assert_eq!(db, array![[3.0], [-1.0]]);
    }
}
