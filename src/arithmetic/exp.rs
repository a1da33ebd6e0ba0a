//! The exponential, without a branch or a table.

/// 1/n! for n = 0 … 13, the coefficients of the exponential series.
const INVERSE_FACTORIALS: [f64; 14] = [
    1.0,
    1.0,
    1.0 / 2.0,
    1.0 / 6.0,
    1.0 / 24.0,
    1.0 / 120.0,
    1.0 / 720.0,
    1.0 / 5_040.0,
    1.0 / 40_320.0,
    1.0 / 362_880.0,
    1.0 / 3_628_800.0,
    1.0 / 39_916_800.0,
    1.0 / 479_001_600.0,
    1.0 / 6_227_020_800.0,
];

/// ln 2 in two parts: the first has so few digits that k · LN2_HIGH is exact.
const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// 1.5 · 2⁵²: adding it rounds a small number to an integer, kept in the low bits.
const ROUND: f64 = 6_755_399_441_055_744.0;

/// eˣ, to within 2 units in the last place.
///
/// Writes x = k·ln 2 + r with an integer k and |r| ≤ ½ ln 2, sums the series
/// eʳ = Σ rⁿ/n! (the first term left out is below 10⁻¹⁷) and multiplies by 2ᵏ.
/// Overflows to infinity above 709.78, underflows to 0 below −745.13, passes a
/// NaN on. The textbook method: Muller (2016), *Elementary functions*, on range
/// reduction.
///
/// ```
/// let e = chainrule::arithmetic::exp(1.0);
/// assert!((e - std::f64::consts::E).abs() < 1e-15);
/// ```
#[inline(always)]
// ANCHOR: exp
pub fn exp(x: f64) -> f64 {
    let (k, r) = reduce(x.clamp(-750.0, 710.0));
    scale(series(r), k)
}

/// x = k·ln 2 + r, where k is an integer; it is returned as [`ROUND`] + k.
#[inline(always)]
fn reduce(x: f64) -> (f64, f64) {
    let shifted = x * std::f64::consts::LOG2_E + ROUND;
    let k = shifted - ROUND;
    (shifted, (x - k * LN2_HIGH) - k * LN2_LOW)
}

/// eʳ for |r| ≤ ½ ln 2.
///
/// The even and the odd powers are summed side by side: two short chains of
/// dependent steps instead of one long one.
#[inline(always)]
fn series(r: f64) -> f64 {
    let square = r * r;
    let (mut even, mut odd) = (INVERSE_FACTORIALS[12], INVERSE_FACTORIALS[13]);
    for n in (0..12).step_by(2).rev() {
        even = even * square + INVERSE_FACTORIALS[n];
        odd = odd * square + INVERSE_FACTORIALS[n + 1];
    }
    even + r * odd
}

/// y·2ᵏ, as two factors, so that neither overflows while the result does not.
#[inline(always)]
fn scale(y: f64, shifted: f64) -> f64 {
    let exponent =
        shifted.to_bits().wrapping_sub(ROUND.to_bits()).wrapping_add(2 * 1023);
    let half = exponent >> 1;
    y * power_of_two(half) * power_of_two(exponent.wrapping_sub(half))
}
// ANCHOR_END: exp

/// 2 to the power `biased` − 1023, written straight into the exponent bits.
#[inline(always)]
fn power_of_two(biased: u64) -> f64 {
    f64::from_bits(biased << 52)
}

/// How many numbers [`exp_block`] takes at most: as many as are still at hand
/// from one of its passes to the next.
pub(crate) const BLOCK: usize = 96;

/// y = after(exp(before(x))) for up to [`BLOCK`] numbers; the exponentials have
/// the bits of [`exp`].
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
) {
    let mut all_moderate = true;
    for &x in x {
        all_moderate &= before(x).abs() < MODERATE;
    }
    if !all_moderate {
        for (y, &x) in y.iter_mut().zip(x) {
            *y = after(exp(before(x)));
        }
        return;
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

    /// The distance in units in the last place of `b`.
    fn ulps(a: f64, b: f64) -> u64 {
        a.to_bits().abs_diff(b.to_bits())
    }

    #[test]
    fn is_within_two_ulps_of_libm() {
        let worst = (-700_000..=709_000)
            .map(|i| i as f64 * 1.000_37e-3)
            .map(|x| ulps(exp(x), libm::exp(x)))
            .max();
        assert!(worst <= Some(2), "{worst:?}");
    }

    #[test]
    fn a_block_has_the_bits_of_single_exponentials() {
        let moderate = |i| i as f64 * 0.37 - 699.0;
        let large = |i| i as f64 * 12.7 - 800.0;
        for length in [0, 1, 16, 50, BLOCK] {
            for x in [moderate, large] {
                let x: Vec<f64> = (0..length).map(x).collect();
                let mut y = vec![f64::NAN; length];
                exp_block::<16>(&x, &mut y, |x| -x, |e| 1.0 + e);
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
            exp_block::<16>(&[end], &mut y, |x| x, |e| e);
            assert_eq!(y[0].to_bits(), exp(end).to_bits(), "{end}");
        }
    }

    #[test]
    fn has_the_right_ends() {
        assert_eq!(exp(0.0), 1.0);
        assert_eq!(exp(709.79), f64::INFINITY);
        assert_eq!(exp(f64::INFINITY), f64::INFINITY);
        assert_eq!(exp(-745.2), 0.0);
        assert_eq!(exp(f64::NEG_INFINITY), 0.0);
        assert!(exp(f64::NAN).is_nan());
        assert!(exp(709.7).is_finite());
        assert!(ulps(exp(-740.0), libm::exp(-740.0)) <= 2, "subnormal");
    }
}
