//! The three matrix products of a network, and the mean of rows.
//!
//! Every matrix here lies in memory row by row, and the inner loop of each
//! product runs along a row, where the samples are side by side.

use ndarray::Array2;

/// A matrix of 64-bit floats in row order.
pub(crate) type Matrix = Array2<f64>;

/// The entries of a matrix as one slice, row after row.
#[inline(always)]
pub(crate) fn entries(matrix: &Matrix) -> &[f64] {
    matrix.as_slice().expect("parameters and buffers are in row order")
}

/// The same, to write to.
#[inline(always)]
pub(crate) fn entries_mut(matrix: &mut Matrix) -> &mut [f64] {
    matrix.as_slice_mut().expect("parameters and buffers are in row order")
}

/// The rows of a matrix, each a slice.
#[inline(always)]
fn rows(matrix: &Matrix) -> std::slice::ChunksExact<'_, f64> {
    entries(matrix).chunks_exact(matrix.ncols())
}

/// The same, to write to.
#[inline(always)]
fn rows_mut(matrix: &mut Matrix) -> std::slice::ChunksExactMut<'_, f64> {
    let columns = matrix.ncols();
    entries_mut(matrix).chunks_exact_mut(columns)
}

/// How many partial sums a dot product keeps. A constant of the arithmetic,
/// not of the processor: changing it changes last digits.
const LANES: usize = 16;

/// z = w·a + b: w is (out × in), a is (in × m), b is (out × 1), z is (out × m).
///
/// Each entry starts from its bias and adds its `in` products from the first
/// to the last.
#[inline(always)]
// ANCHOR: affine
pub(crate) fn affine(z: &mut Matrix, w: &Matrix, a: &Matrix, b: &Matrix) {
    for ((z, w), &b) in rows_mut(z).zip(rows(w)).zip(b) {
        z.fill(b);
        for (&w, a) in w.iter().zip(rows(a)) {
            add_scaled(z, w, a);
        }
    }
}
// ANCHOR_END: affine

/// da = wᵀ·dz: w is (out × in), dz is (out × m), da is (in × m).
#[inline(always)]
pub(crate) fn transposed_product(da: &mut Matrix, w: &Matrix, dz: &Matrix) {
    for (j, da) in rows_mut(da).enumerate() {
        da.fill(0.0);
        for (w, dz) in rows(w).zip(rows(dz)) {
            add_scaled(da, w[j], dz);
        }
    }
}

/// dw = dz·aᵀ / m: dz is (out × m), a is (in × m), dw is (out × in).
#[inline(always)]
pub(crate) fn outer_product_mean(dw: &mut Matrix, dz: &Matrix, a: &Matrix) {
    let m = a.ncols() as f64;
    for (dw, dz) in rows_mut(dw).zip(rows(dz)) {
        for (dw, a) in dw.iter_mut().zip(rows(a)) {
            *dw = dot(dz, a) / m;
        }
    }
}

/// db: the mean of each row of dz (out × m).
#[inline(always)]
pub(crate) fn row_means(db: &mut Matrix, dz: &Matrix) {
    let m = dz.ncols() as f64;
    for (db, dz) in entries_mut(db).iter_mut().zip(rows(dz)) {
        *db = sum(dz) / m;
    }
}

/// y += factor · x, entry by entry.
#[inline(always)]
fn add_scaled(y: &mut [f64], factor: f64, x: &[f64]) {
    for (y, &x) in y.iter_mut().zip(x) {
        *y += factor * x;
    }
}

/// Σ x·y over two rows of equal length.
///
/// Product s goes to partial sum s mod LANES; the partial sums are added in
/// pairs at the end. An order of its own, but the same one on every processor.
#[inline(always)]
// ANCHOR: dot
fn dot(x: &[f64], y: &[f64]) -> f64 {
    let (x, x_rest) = x.as_chunks::<LANES>();
    let (y, y_rest) = y.as_chunks::<LANES>();
    let mut partial = [0.0; LANES];
    for (x, y) in x.iter().zip(y) {
        for lane in 0..LANES {
            partial[lane] += x[lane] * y[lane];
        }
    }
    for (partial, (x, y)) in partial.iter_mut().zip(x_rest.iter().zip(y_rest)) {
        *partial += x * y;
    }
    add_in_pairs(partial)
}
// ANCHOR_END: dot

/// Σ x over a row, in the order of [`dot`].
#[inline(always)]
fn sum(x: &[f64]) -> f64 {
    let (x, rest) = x.as_chunks::<LANES>();
    let mut partial = [0.0; LANES];
    for x in x {
        for lane in 0..LANES {
            partial[lane] += x[lane];
        }
    }
    for (partial, x) in partial.iter_mut().zip(rest) {
        *partial += x;
    }
    add_in_pairs(partial)
}

/// Σ (x − y)² over two rows of equal length, in the order of [`dot`].
#[inline(always)]
pub(crate) fn squared_distance(x: &[f64], y: &[f64]) -> f64 {
    let (x, x_rest) = x.as_chunks::<LANES>();
    let (y, y_rest) = y.as_chunks::<LANES>();
    let mut partial = [0.0; LANES];
    for (x, y) in x.iter().zip(y) {
        for lane in 0..LANES {
            partial[lane] += (x[lane] - y[lane]) * (x[lane] - y[lane]);
        }
    }
    for (partial, (x, y)) in partial.iter_mut().zip(x_rest.iter().zip(y_rest)) {
        *partial += (x - y) * (x - y);
    }
    add_in_pairs(partial)
}

/// The sum of the partial sums: halves onto halves until one is left.
#[inline(always)]
fn add_in_pairs(mut partial: [f64; LANES]) -> f64 {
    let mut width = LANES / 2;
    while width > 0 {
        for lane in 0..width {
            partial[lane] += partial[lane + width];
        }
        width /= 2;
    }
    partial[0]
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Axis, array};

    /// An (r × c) matrix of small whole numbers, so that every sum is exact.
    fn whole(r: usize, c: usize) -> Matrix {
        Matrix::from_shape_fn((r, c), |(i, j)| {
            ((i * 31 + j * 17) % 13) as f64 - 6.0
        })
    }

    /// A matrix that shows whether every entry is written.
    fn unwritten(r: usize, c: usize) -> Matrix {
        Matrix::from_elem((r, c), f64::NAN)
    }

    #[test]
    fn the_products_are_the_definitions() {
        for (out, inputs, m) in [(1, 1, 1), (3, 2, 16), (2, 5, 37), (4, 3, 100)]
        {
            let (w, a) = (whole(out, inputs), whole(inputs, m));
            let (dz, b) = (whole(out, m), whole(out, 1));

            let mut z = unwritten(out, m);
            affine(&mut z, &w, &a, &b);
            assert_eq!(z, w.dot(&a) + &b);

            let mut da = unwritten(inputs, m);
            transposed_product(&mut da, &w, &dz);
            assert_eq!(da, w.t().dot(&dz));

            let mut dw = unwritten(out, inputs);
            outer_product_mean(&mut dw, &dz, &a);
            assert_eq!(dw, dz.dot(&a.t()) / m as f64);

            let mut db = unwritten(out, 1);
            row_means(&mut db, &dz);
            let mean = dz.mean_axis(Axis(1)).expect("samples");
            assert_eq!(db, mean.insert_axis(Axis(1)));
        }
    }

    #[test]
    fn a_squared_distance_has_every_term() {
        for m in [1, 15, 16, 17, 100] {
            let (x, y) = (whole(1, m), whole(m, 1));
            let terms = x.iter().zip(&y).map(|(x, y)| (x - y) * (x - y));
            assert_eq!(squared_distance(entries(&x), entries(&y)), terms.sum());
        }
    }

    #[test]
    fn a_row_mean_by_hand() {
        let mut db = unwritten(2, 1);
        row_means(&mut db, &array![[1.0, 2.0, 6.0], [0.0, -3.0, 0.0]]);
        assert_eq!(db, array![[3.0], [-1.0]]);
    }
}
