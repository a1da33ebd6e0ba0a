//! What the same bits cost: the same loops, with each product rounded before
//! it is added, and with both fused into one instruction that rounds once.

use std::hint::black_box;
use std::io::Write;
use std::time::Instant;

use chainrule::dispatched;
use chainrule::kernels::Instructions;
use chapters::cli::Outcome;

use crate::stopwatch::Spread;

const TERMS: usize = 14;

/// 1/n! for n = 0 … 13.
const INVERSE_FACTORIALS: [f64; TERMS] = {
    let mut inverse = [1.0; TERMS];
    let mut n = 1;
    while n < TERMS {
        inverse[n] = inverse[n - 1] / n as f64;
        n += 1;
    }
    inverse
};

/// 1.5 · 2⁵²: adding it rounds a small number to an integer.
const ROUND: f64 = 6_755_399_441_055_744.0;

/// eˣ for |x| < 700, by the method of the core crate, with `multiply_add` for
/// every a·b + c in it.
#[inline(always)]
fn exp(x: f64, multiply_add: impl Fn(f64, f64, f64) -> f64) -> f64 {
    let shifted = multiply_add(x, std::f64::consts::LOG2_E, ROUND);
    let r = multiply_add(shifted - ROUND, -std::f64::consts::LN_2, x);
    let square = r * r;
    let [mut even, mut odd] = [12, 13].map(|n| INVERSE_FACTORIALS[n]);
    for n in (0..12).step_by(2).rev() {
        even = multiply_add(even, square, INVERSE_FACTORIALS[n]);
        odd = multiply_add(odd, square, INVERSE_FACTORIALS[n + 1]);
    }
    let exponent =
        shifted.to_bits().wrapping_sub(ROUND.to_bits()).wrapping_add(1023);
    multiply_add(r, odd, even) * f64::from_bits(exponent << 52)
}

dispatched! {
    fn apart(x: &[f64], y: &mut [f64]) = apart_loop
}

#[inline(always)]
fn apart_loop(x: &[f64], y: &mut [f64]) {
    for (y, &x) in y.iter_mut().zip(x) {
        *y = exp(x, |a, b, c| a * b + c);
    }
}

#[inline(always)]
fn fused_loop(x: &[f64], y: &mut [f64]) {
    for (y, &x) in y.iter_mut().zip(x) {
        *y = exp(x, f64::mul_add);
    }
}

/// y = eˣ for each x.
type Loop = fn(&[f64], &mut [f64]);

/// The fused loop for this processor, if it has such instructions.
#[cfg(target_arch = "x86_64")]
fn fused() -> Option<Loop> {
    #[target_feature(enable = "avx2,fma")]
    fn avx2(x: &[f64], y: &mut [f64]) {
        fused_loop(x, y);
    }
    #[target_feature(enable = "avx512f,avx512dq,avx512vl,avx512bw,fma")]
    fn avx512(x: &[f64], y: &mut [f64]) {
        fused_loop(x, y);
    }
    let wide = is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("avx512bw");
    if !is_x86_feature_detected!("fma") {
        None
    } else if wide {
        // SAFETY: the processor was asked for each of its features above.
        #[allow(unsafe_code)]
        Some(|x, y| unsafe { avx512(x, y) })
    } else if is_x86_feature_detected!("avx2") {
        // SAFETY: as above.
        #[allow(unsafe_code)]
        Some(|x, y| unsafe { avx2(x, y) })
    } else {
        None
    }
}

/// Every 64-bit ARM processor has them.
#[cfg(not(target_arch = "x86_64"))]
fn fused() -> Option<Loop> {
    cfg!(target_arch = "aarch64").then_some(fused_loop)
}

/// Times both, in turn, and prints what fusing would gain.
pub fn print(out: &mut dyn Write, turns: usize) -> Outcome {
    writeln!(out, "\nwhat the same bits cost")?;
    let Some(fused) = fused() else {
        writeln!(out, "no fused products and sums here: not measured")?;
        return Ok(());
    };
    let x: Vec<f64> = (0..2496).map(|i| i as f64 * 1e-3 - 1.0).collect();
    let mut y = vec![0.0; x.len()];
    let mut nanoseconds = |work: &dyn Fn(&[f64], &mut [f64])| {
        let start = Instant::now();
        for _ in 0..100 {
            work(black_box(&x), black_box(&mut y));
        }
        start.elapsed().as_secs_f64() * 1e7 / x.len() as f64
    };
    let best = Instructions::best();
    let (mut two, mut one) = (Vec::new(), Vec::new());
    for _ in 0..=turns {
        two.push(nanoseconds(&|x, y| apart(best, x, y)));
        one.push(nanoseconds(&fused));
    }
    let gain = Spread::of_ratios(&two, &one).median;
    let middle = |times: Vec<f64>| Spread::of(times).median;
    writeln!(out, "ns for an exponential, apart: {:.3}", middle(two))?;
    writeln!(out, "ns for an exponential, fused: {:.3}", middle(one))?;
    writeln!(out, "fusing would gain: {gain:.2}")?;
    Ok(())
}
