//! The sigmoid in several loops, of which the fastest is the limit: one number
//! after the other and in groups; by the series of the exponential and by a
//! quotient; with each product rounded before it is added, and with both fused
//! into one instruction that rounds once.

use std::hint::black_box;
use std::time::Instant;

use chainrule::dispatched;
use chainrule::kernels::{Instructions, exp};

/// A way to compute 1 / (1 + e⁻ᶻ).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// As the record has it.
    pub name: &'static str,
    kind: Kind,
    fused: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    OneByOne,
    Series,
    Quotient,
}

/// From the plainest to the one with the fewest steps.
pub const ALL: [Form; 5] = [
    Form { name: "one by one", kind: Kind::OneByOne, fused: false },
    Form { name: "in groups", kind: Kind::Series, fused: false },
    Form { name: "in groups, fused", kind: Kind::Series, fused: true },
    Form { name: "as a quotient", kind: Kind::Quotient, fused: false },
    Form { name: "as a quotient, fused", kind: Kind::Quotient, fused: true },
];

/// Whether the processor has fused instructions; without them they are carried
/// out in software, many times slower.
pub fn has_fused(instructions: Instructions) -> bool {
    cfg!(target_arch = "aarch64") || instructions != Instructions::PLAIN
}

/// Nanoseconds for a number, of each form that the processor has instructions
/// for: the best of so many tries, and of groups of 8, 16 and 32.
pub fn nanoseconds(tries: usize) -> Vec<(Form, f64)> {
    let best = Instructions::best();
    let z: Vec<f64> = (0..2496).map(|i| i as f64 * 1e-3 - 1.0).collect();
    let mut a = vec![0.0; z.len()];
    let able = ALL.into_iter().filter(|form| !form.fused || has_fused(best));
    let mut found: Vec<_> = able.map(|form| (form, f64::INFINITY)).collect();
    for _ in 0..tries {
        for (form, least) in &mut found {
            for group in [8, 16, 32] {
                let start = Instant::now();
                for _ in 0..50 {
                    sigmoids(best, *form, group, black_box(&z), &mut a);
                    black_box(&mut a);
                }
                let each = start.elapsed().as_secs_f64() / 50.0;
                *least = least.min(1e9 * each / z.len() as f64);
            }
        }
    }
    found
}

dispatched! {
    /// a = σ(z), for |z| < 700, in groups of 8, 16 or 32; the length is a
    /// multiple of 96.
    pub fn sigmoids(form: Form, group: usize, z: &[f64], a: &mut [f64]) = sigmoids_loop
}

#[inline(always)]
fn sigmoids_loop(form: Form, group: usize, z: &[f64], a: &mut [f64]) {
    if form.kind == Kind::OneByOne {
        for (a, &z) in a.iter_mut().zip(z) {
            *a = 1.0 / (1.0 + exp(-z));
        }
        return;
    }
    match group {
        8 => blocks::<8>(form, z, a),
        16 => blocks::<16>(form, z, a),
        _ => blocks::<32>(form, z, a),
    }
}

#[inline(always)]
fn blocks<const GROUP: usize>(form: Form, z: &[f64], a: &mut [f64]) {
    let (z, a) = (z.as_chunks().0, a.as_chunks_mut().0);
    for (z, a) in z.iter().zip(a) {
        match (form.kind, form.fused) {
            (Kind::Quotient, false) => quotient::<Apart>(z, a),
            (Kind::Quotient, true) => quotient::<Fused>(z, a),
            (_, false) => series::<Apart, GROUP>(z, a),
            (_, true) => series::<Fused, GROUP>(z, a),
        }
    }
}

/// As many numbers as are still at hand from one pass to the next.
type Block = [f64; 96];

/// a·b + c, one way or the other.
trait MultiplyAdd {
    fn of(a: f64, b: f64, c: f64) -> f64;
}

/// Rounded twice.
struct Apart;

impl MultiplyAdd for Apart {
    #[inline(always)]
    fn of(a: f64, b: f64, c: f64) -> f64 {
        a * b + c
    }
}

/// Rounded once.
struct Fused;

impl MultiplyAdd for Fused {
    #[inline(always)]
    fn of(a: f64, b: f64, c: f64) -> f64 {
        a.mul_add(b, c)
    }
}

/// 1.5 · 2⁵²: adding it rounds a small number to an integer.
const ROUND: f64 = 6_755_399_441_055_744.0;
const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// −z = k·ln 2 + r: 2ᵏ and r, for |z| < 700.
#[inline(always)]
fn reduce<M: MultiplyAdd>(z: f64) -> (f64, f64) {
    let shifted = M::of(z, -std::f64::consts::LOG2_E, ROUND);
    let k = shifted - ROUND;
    let r = M::of(k, -LN2_LOW, M::of(k, -LN2_HIGH, -z));
    (f64::from_bits(shifted.to_bits().wrapping_add(1023) << 52), r)
}

/// 1/n! for n = 0 … 13.
const INVERSE_FACTORIALS: [f64; 14] = {
    let mut inverse = [1.0; 14];
    let mut n = 1;
    while n < 14 {
        inverse[n] = inverse[n - 1] / n as f64;
        n += 1;
    }
    inverse
};

/// eʳ by its series.
#[inline(always)]
fn exponential<M: MultiplyAdd, const GROUP: usize>(
    mut r: [f64; GROUP],
) -> [f64; GROUP] {
    let mut square = [0.0; GROUP];
    for i in 0..GROUP {
        square[i] = r[i] * r[i];
    }
    let mut even = [INVERSE_FACTORIALS[12]; GROUP];
    let mut odd = [INVERSE_FACTORIALS[13]; GROUP];
    for n in (0..12).step_by(2).rev() {
        even = of_each::<M, GROUP>(even, &square, INVERSE_FACTORIALS[n]);
        odd = of_each::<M, GROUP>(odd, &square, INVERSE_FACTORIALS[n + 1]);
    }
    for i in 0..GROUP {
        r[i] = M::of(r[i], odd[i], even[i]);
    }
    r
}

/// y·x + c, for every number of a group.
#[inline(always)]
fn of_each<M: MultiplyAdd, const GROUP: usize>(
    mut y: [f64; GROUP],
    x: &[f64; GROUP],
    c: f64,
) -> [f64; GROUP] {
    for i in 0..GROUP {
        y[i] = M::of(y[i], x[i], c);
    }
    y
}

/// By the series eʳ = Σ rⁿ/n!, even and odd powers apart, as in the crate.
#[inline(always)]
fn series<M: MultiplyAdd, const GROUP: usize>(z: &Block, a: &mut Block) {
    let mut power = [0.0; 96];
    for ((&z, power), r) in z.iter().zip(&mut power).zip(&mut *a) {
        (*power, *r) = reduce::<M>(z);
    }
    for r in a.as_chunks_mut::<GROUP>().0 {
        *r = exponential::<M, GROUP>(*r);
    }
    for (a, power) in a.iter_mut().zip(&power) {
        *a = 1.0 / M::of(*a, *power, 1.0);
    }
}

/// P in r·coth(r/2) ≈ 2 + r²·P(r²), from the C library fdlibm (Sun
/// Microsystems, 1993, `e_exp.c`).
const P: [f64; 5] = [
    1.666_666_666_666_660_2e-1,
    -2.777_777_777_701_559_3e-3,
    6.613_756_321_437_934e-5,
    -1.653_390_220_546_525_2e-6,
    4.138_136_797_057_238_5e-8,
];

/// By a quotient: eʳ ≈ N/D with D = 2 − c, N = D + 2r and c = r − r²·P(r²), so
/// that a = D / (D + 2ᵏN). One division does for both. Its chain is so short
/// that the processor finds other work without groups.
#[inline(always)]
fn quotient<M: MultiplyAdd>(z: &[f64], a: &mut [f64]) {
    for (a, &z) in a.iter_mut().zip(z) {
        let (power, r) = reduce::<M>(z);
        let square = r * r;
        let mut p = P[4];
        for n in (0..4).rev() {
            p = M::of(p, square, P[n]);
        }
        let c = M::of(-square, p, r);
        let below = 2.0 - c;
        let above = M::of(2.0, r, below);
        *a = below / M::of(above, power, below);
    }
}
