//! Sums along the samples, in one fixed order.

use ndarray::ArrayView2;

use super::padded_matrix::LANES;
use super::shapes::{has_columns, is_fused};
use super::vectors::Lanes;

/// Σ x·y over two rows of equal length.
///
/// Product s goes to partial sum s mod 16; the partial sums are added in pairs
/// at the end. An order of its own, but the same one on every processor. Where
/// one row is longer, what is too much of it is left out.
///
/// ```
/// assert_eq!(chainrule::kernels::dot(&[1.0, 2.0], &[3.0, 4.0]), 11.0);
/// ```
#[inline(always)]
// ANCHOR: dot
pub fn dot(x: &[f64], y: &[f64]) -> f64 {
    let terms = x.len().min(y.len());
    let (x, x_rest) = x[..terms].as_chunks();
    let (y, y_rest) = y[..terms].as_chunks();
    let mut partial = [0.0; LANES];
    for (x, y) in x.iter().zip(y) {
        partial = add_products(partial, x, y);
    }
    if !x_rest.is_empty() {
        partial = add_products(partial, &padded(x_rest), &padded(y_rest));
    }
    add_in_pairs(partial)
}

/// Takes the partial sums and returns them, so that the compiler keeps them in
/// registers: written as loops over an array they are spilled to the stack.
#[inline(always)]
fn add_products(mut partial: Lanes, x: &Lanes, y: &Lanes) -> Lanes {
    for lane in 0..LANES {
        partial[lane] += x[lane] * y[lane];
    }
    partial
}
// ANCHOR_END: dot

/// The last numbers of a row, and zeros, whose products add nothing.
#[inline(always)]
fn padded(rest: &[f64]) -> Lanes {
    let mut padded = [0.0; LANES];
    padded[..rest.len()].copy_from_slice(rest);
    padded
}

/// Σ x·y over the samples, for one entry of dw of a `layer` (out × in).
///
/// The order hangs on the layer's shape, and on nothing else: that of [`dot`],
/// or, from 16 units and 16 inputs on, from the first sample to the last. Then,
/// from 65,536 weights on, each product is rounded only together with the sum.
///
/// ```
/// use chainrule::kernels::dot_over_samples;
///
/// assert_eq!(dot_over_samples(&[1.0, 2.0], &[3.0, 4.0], (25, 1)), 11.0);
/// ```
// ANCHOR: dot_over_samples
pub fn dot_over_samples(x: &[f64], y: &[f64], layer: (usize, usize)) -> f64 {
    let pairs = || x.iter().zip(y);
    match (has_columns(layer), is_fused(layer)) {
        (true, true) => pairs().fold(0.0, |sum, (&x, &y)| x.mul_add(y, sum)),
        (true, false) => pairs().fold(0.0, |sum, (x, y)| sum + x * y),
        (false, _) => dot(x, y),
    }
}
// ANCHOR_END: dot_over_samples

/// Σ x over a row, in the order of [`dot`].
///
/// ```
/// assert_eq!(chainrule::kernels::sum(&[1.0, 2.0, 4.0]), 7.0);
/// ```
#[inline(always)]
pub fn sum(x: &[f64]) -> f64 {
    let (x, rest) = x.as_chunks();
    let mut partial = [0.0; LANES];
    for x in x {
        partial = add(partial, x);
    }
    if !rest.is_empty() {
        partial = add(partial, &padded(rest));
    }
    add_in_pairs(partial)
}

#[inline(always)]
fn add(mut partial: Lanes, x: &Lanes) -> Lanes {
    for lane in 0..LANES {
        partial[lane] += x[lane];
    }
    partial
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

/// The same for matrices that do not lie in memory entry by entry.
pub(crate) fn squared_distance_between(
    x: ArrayView2<'_, f64>,
    y: ArrayView2<'_, f64>,
) -> f64 {
    let mut partial = [0.0; LANES];
    for (s, (x, y)) in x.iter().zip(y).enumerate() {
        partial[s % LANES] += (x - y) * (x - y);
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
    use ndarray::Array2;

    /// A row of small whole numbers, so that every sum is exact.
    fn whole(m: usize, factor: usize) -> Vec<f64> {
        (0..m).map(|s| ((s * factor) % 13) as f64 - 6.0).collect()
    }

    #[test]
    fn every_term_is_in_the_sum() {
        for m in [1, 15, 16, 17, 100] {
            let (x, y) = (whole(m, 31), whole(m, 17));
            let pairs = || x.iter().zip(&y);
            let products: f64 = pairs().map(|(x, y)| x * y).sum();
            assert_eq!(dot(&x, &y), products);
            assert_eq!(sum(&x), x.iter().sum::<f64>());
            let squares: f64 = pairs().map(|(x, y)| (x - y) * (x - y)).sum();
            assert_eq!(squared_distance(&x, &y), squares);
        }
    }

    #[test]
    fn the_order_does_not_depend_on_the_layout() {
        let x = Array2::from_shape_fn((3, 7), |(i, j)| 0.1 + (i * j) as f64);
        let y = Array2::from_shape_fn((3, 7), |(i, j)| 0.7 * (i + j) as f64);
        let (Some(flat_x), Some(flat_y)) = (x.as_slice(), y.as_slice()) else {
            panic!("new arrays are in row order");
        };
        assert_eq!(
            squared_distance_between(x.view(), y.view()).to_bits(),
            squared_distance(flat_x, flat_y).to_bits()
        );
    }
}
