//! The three matrix products of a network, and the mean of rows.
//!
//! Each works on some neighbouring rows of its result, so that threads can
//! share one product among them.

use ndarray::Array2;

use super::outer::{Scratch, outer_product};
use super::packed::packed_product;
use super::padded_matrix::PaddedMatrix;
use super::sums::{dot, sum};
use super::tiles::tiled_product;

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

// The numbers in angle brackets are the rows of a tile, with few terms in a sum
// and with many: each was the fastest on processors without wide vectors, with
// AVX2 and with AVX-512.

crate::dispatched! {
    /// Rows of z = w·a + b, from row `first`: w is (out × in), a is (in × m),
    /// b is (out × 1), z is (out × m).
    ///
    /// Each entry starts from its bias and adds its `in` products from the
    /// first to the last.
    pub(super) fn affine(
        z: &mut [f64], first: usize, w: &Matrix, a: &PaddedMatrix, b: &Matrix
    ) = affine_rows::<1, 1>,
        avx2: affine_rows::<2, 2>,
        avx512: affine_rows::<3, 4>
}

#[inline(always)]
// ANCHOR: affine
fn affine_rows<const FEW: usize, const MANY: usize>(
    z: &mut [f64],
    first: usize,
    w: &Matrix,
    a: &PaddedMatrix,
    b: &Matrix,
) {
    let inputs = w.ncols();
    let w = &entries(w)[first * inputs..];
    let b = &entries(b)[first..];
    product::<FEW, MANY>(z, |i| b[i], |i, k| w[i * inputs + k], a);
}
// ANCHOR_END: affine

crate::dispatched! {
    /// Rows of da = wᵀ·dz, from row `first`: w is (out × in), dz is (out × m),
    /// da is (in × m).
    pub(super) fn transposed_product(
        da: &mut [f64], first: usize, w: &Matrix, dz: &PaddedMatrix
    ) = transposed_rows::<1, 1>,
        avx2: transposed_rows::<2, 2>,
        avx512: transposed_rows::<3, 4>
}

#[inline(always)]
fn transposed_rows<const FEW: usize, const MANY: usize>(
    da: &mut [f64],
    first: usize,
    w: &Matrix,
    dz: &PaddedMatrix,
) {
    let inputs = w.ncols();
    let w = &entries(w)[first..];
    product::<FEW, MANY>(da, |_| 0.0, |j, i| w[i * inputs + j], dz);
}

/// Terms of a sum from which on copying its coefficients first pays.
const WORTH_A_COPY: usize = 32;

/// Rows of y = s + c·x, with tiles of `FEW` rows, or of `MANY`.
#[inline(always)]
fn product<const FEW: usize, const MANY: usize>(
    y: &mut [f64],
    s: impl Fn(usize) -> f64,
    c: impl Fn(usize, usize) -> f64,
    x: &PaddedMatrix,
) {
    if x.dim().0 < WORTH_A_COPY {
        tiled_product::<FEW>(y, s, c, x);
    } else {
        packed_product::<MANY>(y, s, c, x);
    }
}

crate::dispatched! {
    /// Rows of dw = dz·aᵀ / m, for rows of dz (out × m); a is (in × m), dw is
    /// (out × in).
    ///
    /// Each entry of dw is the dot product of two rows, in the order of
    /// [`dot`].
    pub(super) fn outer_product_mean(
        dw: &mut [f64], dz: &[f64], a: &PaddedMatrix
    ) = outer_product_mean_rows
}

#[inline(always)]
fn outer_product_mean_rows(dw: &mut [f64], dz: &[f64], a: &PaddedMatrix) {
    let (inputs, m) = a.dim();
    let dz = dz.chunks_exact(a.stride());
    for (dw, dz) in dw.chunks_exact_mut(inputs).zip(dz) {
        for (dw, a) in dw.iter_mut().zip(a.rows()) {
            *dw = dot(dz, a) / m as f64;
        }
    }
}

crate::dispatched! {
    /// [`outer_product_mean`] for layers of many inputs and units; each entry
    /// adds its products from the first sample to the last. `scratch` is
    /// for copies.
    pub(super) fn outer_product_mean_packed(
        dw: &mut [f64], dz: &[f64], a: &PaddedMatrix, scratch: &mut Scratch
    ) = outer_product::<1>,
        avx2: outer_product::<2>,
        avx512: outer_product::<4>
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::{Instructions, Kernels};
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
                kernels.reserve(&[(out, inputs)], m).expect("small");
                kernels.outer_product_mean(&mut dw, &padded_dz, &padded_a);
                assert_eq!(dw, dz.dot(&a.t()) / m as f64);

                let mut db = unwritten(out, 1);
                kernels.row_means(&mut db, &padded_dz);
                let mean = dz.mean_axis(Axis(1)).expect("samples");
                assert_eq!(db, mean.insert_axis(Axis(1)));
            }
        }
    }

    #[test]
    fn tiles_have_the_bits_of_plain_loops() {
        let (out, inputs, m) = (35, 38, 90);
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
            kernels.affine(&mut z, &w, &a, &b);
            for ((i, s), &z) in z.view().indexed_iter() {
                let mut sum = b[[i, 0]];
                (0..inputs).for_each(|k| sum += w[[i, k]] * a.view()[[k, s]]);
                assert_eq!(bits(z), bits(sum), "z {i}, {s}");
            }
            kernels.transposed_product(&mut da, &w, &dz);
            for ((j, s), &da) in da.view().indexed_iter() {
                let mut sum = 0.0;
                (0..out).for_each(|i| sum += w[[i, j]] * dz.view()[[i, s]]);
                assert_eq!(bits(da), bits(sum), "da {j}, {s}");
            }
            kernels.reserve(&[(out, inputs)], m).expect("small");
            kernels.outer_product_mean(&mut dw, &dz, &a);
            for ((i, j), &dw) in dw.indexed_iter() {
                let mut sum = 0.0;
                (0..m)
                    .for_each(|s| sum += dz.view()[[i, s]] * a.view()[[j, s]]);
                assert_eq!(bits(dw), bits(sum / m as f64), "dw {i}, {j}");
            }
        }
    }

    #[test]
    fn a_row_mean_by_hand() {
        let kernels = Kernels::new(Instructions::PLAIN, 1);
        let mut db = unwritten(2, 1);
        let dz = padded(&array![[1.0, 2.0, 6.0], [0.0, -3.0, 0.0]], 0.0);
        kernels.row_means(&mut db, &dz);
        assert_eq!(db, array![[3.0], [-1.0]]);
    }
}
