//! The exponential, without a branch or a table.

/// 1/n! for n = 0 … 13, the coefficients of the exponential series.
pub(super) const INVERSE_FACTORIALS: [f64; 14] = [
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
/// let e = chainrule::kernels::exp(1.0);
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
pub(super) fn reduce(x: f64) -> (f64, f64) {
    let shifted = x * std::f64::consts::LOG2_E + ROUND;
    let k = shifted - ROUND;
    (shifted, (x - k * LN2_HIGH) - k * LN2_LOW)
}

/// eʳ for |r| ≤ ½ ln 2.
///
/// The even and the odd powers are summed side by side: two short chains of
/// dependent steps instead of one long one.
#[inline(always)]
pub(super) fn series(r: f64) -> f64 {
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
