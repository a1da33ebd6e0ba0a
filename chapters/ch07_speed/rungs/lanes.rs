//! Sums in the order of the core crate: sixteen partial sums, then in pairs.
//!
//! The order is a part of the result. With this one the last rungs have the
//! bits of the core crate, whatever the width of the processor's vectors.

pub const LANES: usize = 16;

/// Σ x·y over two rows of equal length.
#[inline(always)]
pub fn dot(x: &[f64], y: &[f64]) -> f64 {
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

/// Σ x over a row.
#[inline(always)]
pub fn sum(x: &[f64]) -> f64 {
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

/// The sum of the partial sums: halves onto halves until one is left.
#[inline(always)]
pub fn add_in_pairs(mut partial: [f64; LANES]) -> f64 {
    let mut width = LANES / 2;
    while width > 0 {
        for lane in 0..width {
            partial[lane] += partial[lane + width];
        }
        width /= 2;
    }
    partial[0]
}
