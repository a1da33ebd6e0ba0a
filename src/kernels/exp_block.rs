//! Many exponentials at once, with the bits of single ones.

use super::exp::{INVERSE_FACTORIALS, exp, reduce, series};
use crate::error::all_finite;

/// How many numbers [`exp_block`] takes at most: as many as are still at hand
/// from one of its passes to the next.
pub(crate) const BLOCK: usize = 96;

/// y = after(exp(before(x))) for up to [`BLOCK`] numbers; the exponentials have
/// the bits of [`exp`]. Returns whether all x are finite, which is known on the
/// way.
///
/// The series of one number is a chain of some twenty steps, and each waits for
/// the one before it. A processor looks ahead for other work, but only so far:
/// so `GROUP` numbers take every step together.
#[inline(always)]
pub(crate) fn exp_block<const GROUP: usize>(
    x: &[f64],
    y: &mut [f64],
    before: impl Fn(f64) -> f64,
    after: impl Fn(f64) -> f64,
) -> bool {
    debug_assert!(x.len() == y.len() && x.len() <= BLOCK);
    let mut all_moderate = true;
    for &x in x {
        all_moderate &= before(x).abs() < MODERATE;
    }
    if !all_moderate {
        for (y, &x) in y.iter_mut().zip(x) {
            *y = after(exp(before(x)));
        }
        return all_finite(x);
    }
    let mut k = OnLines([0.0; BLOCK]);
    for ((&x, y), k) in x.iter().zip(y.iter_mut()).zip(&mut k.0) {
        (*k, *y) = reduce(before(x));
    }
    let (groups, rest) = y.as_chunks_mut::<GROUP>();
    for r in groups {
        *r = many_series(*r);
    }
    for r in rest {
        *r = series(*r);
    }
    for (y, &k) in y.iter_mut().zip(&k.0) {
        *y = after(scale_moderate(*y, k));
    }
    true
}

/// Begins at a line of the cache. A load that crosses two lines is slower, and
/// one that crosses two pages much slower: without this, the time would depend
/// on where the system has put the stack.
#[repr(align(64))]
struct OnLines([f64; BLOCK]);

/// Where |x| is less, eˣ is neither too large nor too small for one factor 2ᵏ.
const MODERATE: f64 = 700.0;

/// y·2ᵏ, where the result is an ordinary number: k is added to the exponent.
#[inline(always)]
fn scale_moderate(y: f64, shifted: f64) -> f64 {
    f64::from_bits(y.to_bits().wrapping_add(shifted.to_bits() << 52))
}

/// [`series`] of a group.
#[inline(always)]
// ANCHOR: many_series
fn many_series<const GROUP: usize>(mut r: [f64; GROUP]) -> [f64; GROUP] {
    let mut square = [0.0; GROUP];
    for i in 0..GROUP {
        square[i] = r[i] * r[i];
    }
    let mut even = [INVERSE_FACTORIALS[12]; GROUP];
    let mut odd = [INVERSE_FACTORIALS[13]; GROUP];
    for n in (0..12).step_by(2).rev() {
        even = multiply_add(even, &square, INVERSE_FACTORIALS[n]);
        odd = multiply_add(odd, &square, INVERSE_FACTORIALS[n + 1]);
    }
    for i in 0..GROUP {
        r[i] = even[i] + r[i] * odd[i];
    }
    r
}
// ANCHOR_END: many_series

/// y·x + c, for every number of a group.
#[inline(always)]
fn multiply_add<const GROUP: usize>(
    mut y: [f64; GROUP],
    x: &[f64; GROUP],
    c: f64,
) -> [f64; GROUP] {
    for i in 0..GROUP {
        y[i] = y[i] * x[i] + c;
    }
    y
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_has_the_bits_of_single_exponentials() {
        let moderate = |i| i as f64 * 0.37 - 699.0;
        let large = |i| i as f64 * 12.7 - 800.0;
        for length in [0, 1, 16, 50, BLOCK] {
            for x in [moderate, large] {
                let x: Vec<f64> = (0..length).map(x).collect();
                let mut y = vec![f64::NAN; length];
                assert!(exp_block::<16>(&x, &mut y, |x| -x, |e| 1.0 + e));
                for (x, y) in x.into_iter().zip(y) {
                    assert_eq!(y.to_bits(), (1.0 + exp(-x)).to_bits(), "{x}");
                }
            }
        }
    }

    #[test]
    fn a_block_has_the_bits_up_to_the_end_of_the_moderate() {
        let ends = [MODERATE, -MODERATE, f64::NAN, f64::INFINITY];
        for end in ends.into_iter().flat_map(|x| [x.next_down(), x, -0.0]) {
            let mut y = [f64::NAN];
            let finite = exp_block::<16>(&[end], &mut y, |x| x, |e| e);
            assert_eq!(finite, end.is_finite());
            assert_eq!(y[0].to_bits(), exp(end).to_bits(), "{end}");
        }
    }
}
