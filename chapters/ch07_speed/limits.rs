//! What this processor can do in a second, measured with loops that do one
//! thing each.

use std::hint::black_box;
use std::io::Write;
use std::time::Instant;

use chainrule::dispatched;
use chainrule::kernels::{Instructions, exp};
use chapters::cli::Outcome;

use crate::counts::Work as Count;
use crate::record::Record;

/// What one second, or one nanosecond, is worth.
struct Limits {
    /// Nanoseconds for one exponential, in a loop over many.
    exp: f64,
    /// Billions of operations a second: products and sums, not fused.
    peak: f64,
    /// Billions of bytes a second from and to the nearest cache.
    cache: f64,
    /// The same from and to memory.
    memory: f64,
}

/// Tries everything `tries` times, and keeps the best: a limit is what is
/// reached when nothing comes between.
fn measure(tries: usize) -> Limits {
    let best = |mut once: Box<dyn FnMut() -> f64>| {
        (0..tries).map(|_| once()).fold(0.0, f64::max)
    };
    let chains = [
        best(Box::new(arithmetic::<32>)),
        best(Box::new(arithmetic::<64>)),
        best(Box::new(arithmetic::<96>)),
    ];
    Limits {
        exp: 1e9 / best(Box::new(exponentials)),
        peak: chains.into_iter().fold(0.0, f64::max) / 1e9,
        cache: best(Box::new(|| bandwidth(1 << 10, 1 << 14))) / 1e9,
        // Making such vectors takes longer than going through them.
        memory: (0..tries.min(5))
            .map(|_| bandwidth(1 << 24, 1))
            .fold(0.0, f64::max)
            / 1e9,
    }
}

/// Prints the limits, and how close the fused rung of the record comes.
pub fn print(
    out: &mut dyn Write,
    record: &Record<'_>,
    tries: usize,
) -> Outcome {
    let limits = measure(tries);
    writeln!(out, "\nwhat this processor can do, one thread")?;
    writeln!(out, "nanoseconds for an exponential: {:.3}", limits.exp)?;
    writeln!(out, "Gflop/s, products and sums: {:.1}", limits.peak)?;
    writeln!(out, "GB/s, nearest cache: {:.0}", limits.cache)?;
    writeln!(out, "GB/s, memory: {:.1}", limits.memory)?;

    let work = Count::of(&[1, 25, 1], 100);
    let exponentials = 1e-3 * limits.exp * work.exponentials as f64;
    let products = 1e-3 * work.operations() / limits.peak;
    let least = exponentials + products;
    writeln!(out, "\nthe least that a step of [1, 25, 1] can take")?;
    writeln!(out, "µs for the exponentials: {exponentials:.2}")?;
    writeln!(out, "µs for the multiply–adds: {products:.2}")?;
    writeln!(out, "µs together: {least:.2}")?;
    for rung in ["fused", "the crate"] {
        if let Some(row) = record.rung(25, rung) {
            writeln!(out, "times the least, {rung}: {:.2}", row[0] / least)?;
        }
    }
    Ok(())
}

/// How often `work` can be done a second, where it is done `times` at once.
fn rate(times: usize, work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    times as f64 / start.elapsed().as_secs_f64()
}

/// Exponentials a second.
fn exponentials() -> f64 {
    const REPEATS: usize = 400;
    let x: Vec<f64> = (0..2500).map(|i| i as f64 * 1e-3 - 1.0).collect();
    let mut y = vec![0.0; x.len()];
    rate(REPEATS * x.len(), || {
        for _ in 0..REPEATS {
            exp_of_each(Instructions::best(), black_box(&x), &mut y);
            black_box(&mut y);
        }
    })
}

dispatched! {
    fn exp_of_each(x: &[f64], y: &mut [f64]) = exp_loop
}

#[inline(always)]
fn exp_loop(x: &[f64], y: &mut [f64]) {
    for (y, &x) in y.iter_mut().zip(x) {
        *y = exp(x);
    }
}

/// Operations a second: N chains of a product and a sum each, side by side.
fn arithmetic<const N: usize>() -> f64 {
    const REPEATS: usize = 200_000;
    let mut sums = [0.5; N];
    rate(2 * N * REPEATS, || {
        chains_of(Instructions::best(), REPEATS, black_box(0.999), &mut sums);
        black_box(&mut sums);
    })
}

dispatched! {
    fn chains_of(repeats: usize, factor: f64, sums: &mut [f64]) = chains
}

#[inline(always)]
fn chains(repeats: usize, factor: f64, sums: &mut [f64]) {
    match sums.len() {
        32 => chain::<32>(repeats, factor, sums),
        64 => chain::<64>(repeats, factor, sums),
        _ => chain::<96>(repeats, factor, sums),
    }
}

#[inline(always)]
// ANCHOR: chain
fn chain<const N: usize>(repeats: usize, factor: f64, sums: &mut [f64]) {
    let mut sum = [0.0; N];
    sum.copy_from_slice(sums);
    for _ in 0..repeats {
        for sum in &mut sum {
            *sum = *sum * factor + factor;
        }
    }
    sums.copy_from_slice(&sum);
}
// ANCHOR_END: chain

/// Bytes a second that y ← y + f·x moves, for vectors of `n` numbers: it reads
/// x and y, and writes y.
fn bandwidth(n: usize, repeats: usize) -> f64 {
    let x = vec![0.5; n];
    let mut y = vec![0.5; n];
    rate(3 * 8 * n * repeats, || {
        for _ in 0..repeats {
            add_scaled(Instructions::best(), &mut y, black_box(1e-9), &x);
            black_box(&mut y);
        }
    })
}

dispatched! {
    fn add_scaled(y: &mut [f64], factor: f64, x: &[f64]) = add_scaled_loop
}

#[inline(always)]
fn add_scaled_loop(y: &mut [f64], factor: f64, x: &[f64]) {
    for (y, &x) in y.iter_mut().zip(x) {
        *y += factor * x;
    }
}
