//! The three matrix products of a network, and the mean of rows.
//!
//! Matrices are slices in row order. Each product is written so that its inner
//! loop runs along a row, where the samples lie side by side.

/// How many partial sums a dot product keeps. A constant of the arithmetic,
/// not of the processor: changing it changes last digits.
const LANES: usize = 16;

/// z = w·a + b: w is (out × in), a is (in × m), b is (out × 1), z is (out × m).
///
/// Each entry starts from its bias and adds its `in` products from the first
/// to the last.
// ANCHOR: affine
#[inline(always)]
pub(crate) fn affine(z: &mut [f64], w: &[f64], a: &[f64], b: &[f64], m: usize) {
    let inputs = a.len() / m;
    for ((z_row, w_row), &b_i) in
        z.chunks_exact_mut(m).zip(w.chunks_exact(inputs)).zip(b)
    {
        z_row.fill(b_i);
        for (&w_ij, a_row) in w_row.iter().zip(a.chunks_exact(m)) {
            add_scaled(z_row, w_ij, a_row);
        }
    }
}
// ANCHOR_END: affine

/// da = wᵀ·dz: w is (out × in), dz is (out × m), da is (in × m).
#[inline(always)]
pub(crate) fn transposed_product(
    da: &mut [f64],
    w: &[f64],
    dz: &[f64],
    m: usize,
) {
    let inputs = da.len() / m;
    for (j, da_row) in da.chunks_exact_mut(m).enumerate() {
        da_row.fill(0.0);
        for (w_row, dz_row) in w.chunks_exact(inputs).zip(dz.chunks_exact(m)) {
            add_scaled(da_row, w_row[j], dz_row);
        }
    }
}

/// dw = dz·aᵀ / m: dz is (out × m), a is (in × m), dw is (out × in).
#[inline(always)]
pub(crate) fn outer_product_mean(
    dw: &mut [f64],
    dz: &[f64],
    a: &[f64],
    m: usize,
) {
    let inputs = a.len() / m;
    for (dw_row, dz_row) in dw.chunks_exact_mut(inputs).zip(dz.chunks_exact(m))
    {
        for (dw_ij, a_row) in dw_row.iter_mut().zip(a.chunks_exact(m)) {
            *dw_ij = dot(dz_row, a_row) / m as f64;
        }
    }
}

/// db: the mean of each row of dz (out × m).
#[inline(always)]
pub(crate) fn row_means(db: &mut [f64], dz: &[f64], m: usize) {
    for (db_i, dz_row) in db.iter_mut().zip(dz.chunks_exact(m)) {
        *db_i = sum(dz_row) / m as f64;
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
// ANCHOR: dot
#[inline(always)]
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
    use ndarray::{Array2, array};

    /// An (r × c) matrix of small whole numbers, so that every sum is exact.
    fn whole(r: usize, c: usize) -> Array2<f64> {
        Array2::from_shape_fn((r, c), |(i, j)| {
            ((i * 31 + j * 17) % 13) as f64 - 6.0
        })
    }

    fn flat(matrix: &Array2<f64>) -> &[f64] {
        matrix.as_slice().expect("row order")
    }

    #[test]
    fn the_products_are_the_definitions() {
        for (out, inputs, m) in [(1, 1, 1), (3, 2, 16), (2, 5, 37), (4, 3, 100)]
        {
            let (w, a, dz, b) = (
                whole(out, inputs),
                whole(inputs, m),
                whole(out, m),
                whole(out, 1),
            );

            let mut z = vec![f64::NAN; out * m];
            affine(&mut z, flat(&w), flat(&a), flat(&b), m);
            assert_eq!(z, (w.dot(&a) + &b).into_raw_vec_and_offset().0);

            let mut da = vec![f64::NAN; inputs * m];
            transposed_product(&mut da, flat(&w), flat(&dz), m);
            let expected = w.t().dot(&dz);
            assert_eq!(da, expected.iter().copied().collect::<Vec<_>>());

            let mut dw = vec![f64::NAN; out * inputs];
            outer_product_mean(&mut dw, flat(&dz), flat(&a), m);
            let expected = dz.dot(&a.t()) / m as f64;
            assert_eq!(dw, expected.iter().copied().collect::<Vec<_>>());

            let mut db = vec![f64::NAN; out];
            row_means(&mut db, flat(&dz), m);
            let expected = dz.mean_axis(ndarray::Axis(1)).expect("samples");
            assert_eq!(db, expected.to_vec());
        }
    }

    #[test]
    fn a_squared_distance_has_every_term() {
        for m in [1, 15, 16, 17, 100] {
            let (x, y) = (whole(1, m), whole(m, 1));
            let expected: f64 =
                x.iter().zip(&y).map(|(x, y)| (x - y) * (x - y)).sum();
            assert_eq!(squared_distance(flat(&x), flat(&y)), expected);
        }
    }

    #[test]
    fn a_row_mean_by_hand() {
        let mut db = [0.0; 2];
        row_means(&mut db, flat(&array![[1.0, 2.0, 6.0], [0.0, -3.0, 0.0]]), 3);
        assert_eq!(db, [3.0, -1.0]);
    }
}
