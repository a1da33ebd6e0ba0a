//! What this processor can do in a second, measured with loops that do one
//! thing each.

use std::hint::black_box;
use std::io::Write;
use std::time::Instant;

use chainrule::dispatched;
use chainrule::kernels::Instructions;
use chapters::ch07_speed::rungs;
use chapters::ch07_speed::sigmoids::{self, Form};
use chapters::cli::Outcome;

use crate::counts::Work as Count;
use crate::record::Record;

/// What one second, or one nanosecond, is worth.
struct Limits {
    /// Nanoseconds for a sigmoid, of each form.
    sigmoids: Vec<(Form, f64)>,
    /// Billions of operations a second: products and sums, each rounded.
    apart: f64,
    /// The same, fused; none without such instructions.
    fused: Option<f64>,
    /// Billions of bytes a second from and to the nearest cache.
    cache: f64,
    /// The same from and to memory.
    memory: f64,
}

/// Tries everything `tries` times, and keeps the best: a limit is what is
/// reached when nothing comes between.
fn measure(tries: usize) -> Limits {
    let best =
        |once: &dyn Fn() -> f64| (0..tries).map(|_| once()).fold(0.0, f64::max);
    let peak = |fused| {
        let chains = [arithmetic::<32>, arithmetic::<64>, arithmetic::<96>];
        let rates = chains.map(|chains| best(&|| chains(fused)));
        rates.into_iter().fold(0.0, f64::max) / 1e9
    };
    Limits {
        sigmoids: sigmoids::nanoseconds(tries),
        apart: peak(false),
        fused: sigmoids::has_fused(Instructions::best()).then(|| peak(true)),
        cache: best(&|| bandwidth(1 << 10, 1 << 14)) / 1e9,
        // Making such vectors takes longer than going through them.
        memory: (0..tries.min(5))
            .map(|_| bandwidth(1 << 24, 1))
            .fold(0.0, f64::max)
            / 1e9,
    }
}

/// Prints the limits, and how close the rungs of the record come.
pub fn print(
    out: &mut dyn Write,
    record: &Record<'_>,
    tries: usize,
) -> Outcome {
    let limits = measure(tries);
    let most = limits.fused.unwrap_or(0.0).max(limits.apart);
    writeln!(out, "\nwhat this processor can do, one thread")?;
    for (form, nanoseconds) in &limits.sigmoids {
        let name = form.name;
        writeln!(out, "nanoseconds for a sigmoid, {name}: {nanoseconds:.3}")?;
    }
    writeln!(out, "Gflop/s, products and sums: {:.1}", limits.apart)?;
    if let Some(fused) = limits.fused {
        writeln!(out, "Gflop/s, fused: {fused:.1}")?;
    }
    writeln!(out, "Gflop/s at most: {most:.1}")?;
    writeln!(out, "GB/s, nearest cache: {:.0}", limits.cache)?;
    writeln!(out, "GB/s, memory: {:.1}", limits.memory)?;

    let work = Count::of(&[1, 25, 1], 100);
    let sigmoid = |name| {
        let found = limits.sigmoids.iter().find(|(form, _)| form.name == name);
        found.map(|&(_, nanoseconds)| nanoseconds)
    };
    let least = limits.sigmoids.iter().map(|&(_, ns)| ns);
    let least = least.fold(f64::INFINITY, f64::min);
    let sigmoids = 1e-3 * least * work.exponentials as f64;
    let products = 1e-3 * work.operations() / most;
    let together = sigmoids + products;
    writeln!(out, "\nthe least that a step of [1, 25, 1] can take in 64 bits")?;
    writeln!(out, "µs for the sigmoids: {sigmoids:.2}")?;
    writeln!(out, "µs for the multiply–adds: {products:.2}")?;
    writeln!(out, "µs together: {together:.2}")?;
    for kind in rungs::ALL.iter().filter(|kind| kind.bytes == 8) {
        if let Some(row) = record.rung(25, kind.name) {
            let times = row[0] / together;
            writeln!(out, "times the least, {}: {times:.2}", kind.name)?;
        }
    }

    writeln!(out, "\nwhat the same bits cost")?;
    let [series, fused, quotient] =
        ["in groups", "in groups, fused", "as a quotient, fused"].map(sigmoid);
    let gain = |name, faster: Option<f64>| match series.zip(faster) {
        Some((series, faster)) => {
            format!("{name} gains: {:.2}", series / faster)
        }
        None => format!("{name}: no such instructions here, not measured"),
    };
    writeln!(out, "{}", gain("fusing the sigmoid", fused))?;
    writeln!(out, "{}", gain("a fused quotient", quotient))?;
    Ok(())
}

/// How often `work` can be done a second, where it is done `times` at once.
fn rate(times: usize, work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    times as f64 / start.elapsed().as_secs_f64()
}

/// Operations a second: N chains of a product and a sum each, side by side.
fn arithmetic<const N: usize>(fused: bool) -> f64 {
    const REPEATS: usize = 200_000;
    let best = Instructions::best();
    let mut sums = [0.5; N];
    rate(2 * N * REPEATS, || {
        chains_of(best, fused, REPEATS, black_box(0.999), &mut sums);
        black_box(&mut sums);
    })
}

dispatched! {
    fn chains_of(fused: bool, repeats: usize, factor: f64, sums: &mut [f64]) = chains
}

#[inline(always)]
fn chains(fused: bool, repeats: usize, factor: f64, sums: &mut [f64]) {
    let apart = |a: f64, b, c| a * b + c;
    match (sums.len(), fused) {
        (32, false) => chain::<32>(repeats, factor, sums, apart),
        (64, false) => chain::<64>(repeats, factor, sums, apart),
        (_, false) => chain::<96>(repeats, factor, sums, apart),
        (32, true) => chain::<32>(repeats, factor, sums, f64::mul_add),
        (64, true) => chain::<64>(repeats, factor, sums, f64::mul_add),
        (_, true) => chain::<96>(repeats, factor, sums, f64::mul_add),
    }
}

#[inline(always)]
// ANCHOR: chain
fn chain<const N: usize>(
    repeats: usize,
    factor: f64,
    sums: &mut [f64],
    multiply_add: impl Fn(f64, f64, f64) -> f64,
) {
    let mut sum = [0.0; N];
    sum.copy_from_slice(sums);
    for _ in 0..repeats {
        for sum in &mut sum {
            *sum = multiply_add(*sum, factor, factor);
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
