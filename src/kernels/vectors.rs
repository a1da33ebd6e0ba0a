//! One register full of neighbouring numbers, for each set of instructions.
//!
//! Most loops here are plain Rust, which the compiler vectorises. The
//! innermost loop of a product is not left to it: whether its sums stay in
//! registers would depend on the version of the compiler and on its settings.

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::*;

use super::padded_matrix::LANES;

/// Neighbouring entries of a row.
pub(super) type Lanes = [f64; LANES];

/// A vector of some numbers. All operations work on each of them by itself,
/// and have the same bits in every implementation.
pub(super) trait Vector: Copy {
    /// How many numbers; a divisor of [`LANES`].
    const LENGTH: usize;

    /// The same number in every place.
    fn splat(number: f64) -> Self;

    /// The numbers from place `at` on.
    fn load(lanes: &Lanes, at: usize) -> Self;

    /// Writes the numbers from place `at` on.
    fn store(self, lanes: &mut Lanes, at: usize);

    /// self + c·x, where the product is rounded before it is added.
    fn add_product(self, c: Self, x: Self) -> Self;

    /// self + c·x, rounded once.
    fn add_product_fused(self, c: Self, x: Self) -> Self;

    /// self / d.
    fn over(self, d: Self) -> Self;
}

/// Two numbers: what a register holds on processors without wide vectors. The
/// compiler makes vector instructions of it where there are any; without `fma`
/// it carries `mul_add` out in software, slowly.
impl Vector for [f64; 2] {
    const LENGTH: usize = 2;

    #[inline(always)]
    fn splat(number: f64) -> Self {
        [number; 2]
    }

    #[inline(always)]
    fn load(lanes: &Lanes, at: usize) -> Self {
        [lanes[at], lanes[at + 1]]
    }

    #[inline(always)]
    fn store(self, lanes: &mut Lanes, at: usize) {
        [lanes[at], lanes[at + 1]] = self;
    }

    #[inline(always)]
    fn add_product(self, c: Self, x: Self) -> Self {
        [self[0] + c[0] * x[0], self[1] + c[1] * x[1]]
    }

    #[inline(always)]
    fn add_product_fused(self, c: Self, x: Self) -> Self {
        [c[0].mul_add(x[0], self[0]), c[1].mul_add(x[1], self[1])]
    }

    #[inline(always)]
    fn over(self, d: Self) -> Self {
        [self[0] / d[0], self[1] / d[1]]
    }
}

/// A register of x86-64 and its instructions.
///
/// They may be carried out only where the processor has them. So these types
/// are named in [`dispatched!`](crate::dispatched) alone, beside the features
/// that it asks for before it calls.
#[cfg(target_arch = "x86_64")]
macro_rules! register {
    (
        $(#[$doc:meta])* $register:ident, $length:literal:
        $splat:ident, $load:ident, $store:ident,
        $multiply:ident, $add:ident, $fused:ident, $divide:ident
    ) => {
        $(#[$doc])*
        // SAFETY: the features, see above; and the places that are read and
        // written lie within a slice of this length.
        #[allow(unsafe_code)]
        impl Vector for $register {
            const LENGTH: usize = $length;

            #[inline(always)]
            fn splat(number: f64) -> Self {
                unsafe { $splat(number) }
            }

            #[inline(always)]
            fn load(lanes: &Lanes, at: usize) -> Self {
                let lanes = &lanes[at..at + $length];
                unsafe { $load(lanes.as_ptr()) }
            }

            #[inline(always)]
            fn store(self, lanes: &mut Lanes, at: usize) {
                let lanes = &mut lanes[at..at + $length];
                unsafe { $store(lanes.as_mut_ptr(), self) }
            }

            #[inline(always)]
            fn add_product(self, c: Self, x: Self) -> Self {
                unsafe { $add(self, $multiply(c, x)) }
            }

            #[inline(always)]
            fn add_product_fused(self, c: Self, x: Self) -> Self {
                unsafe { $fused(c, x, self) }
            }

            #[inline(always)]
            fn over(self, d: Self) -> Self {
                unsafe { $divide(self, d) }
            }
        }
    };
}

#[cfg(target_arch = "x86_64")]
register!(
    /// AVX2, with `fma`: four numbers.
    __m256d, 4:
    _mm256_set1_pd, _mm256_loadu_pd, _mm256_storeu_pd,
    _mm256_mul_pd, _mm256_add_pd, _mm256_fmadd_pd, _mm256_div_pd
);

#[cfg(target_arch = "x86_64")]
register!(
    /// AVX-512: eight numbers.
    __m512d, 8:
    _mm512_set1_pd, _mm512_loadu_pd, _mm512_storeu_pd,
    _mm512_mul_pd, _mm512_add_pd, _mm512_fmadd_pd, _mm512_div_pd
);
