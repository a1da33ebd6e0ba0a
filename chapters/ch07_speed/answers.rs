//! The numbers in the answers to the chapter's exercises, from the
//! measurements that the book shows.

use std::io::Write;

use chapters::cli::Outcome;

use crate::counts::Work;
use crate::record::Record;

/// The rates that the exercises ask about. What is not in the record is no
/// number, which a test would see.
struct Rates {
    /// Billions of operations a second.
    peak: f64,
    /// Nanoseconds for a sigmoid in the loop of the fused rung.
    sigmoid: f64,
    /// The same in that of the crate.
    in_groups: f64,
    /// Billions of bytes a second from and to the nearest cache.
    cache: f64,
    /// The same from and to memory.
    memory: f64,
}

/// Prints the numbers, exercise by exercise.
pub fn print(out: &mut dyn Write, record: &Record<'_>) -> Outcome {
    let of = |label| record.number(label).unwrap_or(f64::NAN);
    let rates = Rates {
        peak: of("Gflop/s at most:"),
        sigmoid: of("nanoseconds for a sigmoid, one by one:"),
        in_groups: of("nanoseconds for a sigmoid, in groups:"),
        cache: of("GB/s, nearest cache:"),
        memory: of("GB/s, memory:"),
    };
    large_step(out, &rates)?;
    compute_again(out, &rates)?;
    bandwidth(out, &rates, record)
}

/// How long the operations of a large network take at the least.
fn large_step(out: &mut dyn Write, rates: &Rates) -> Outcome {
    let work = Work::of(&[784, 800, 800, 10], 128);
    writeln!(out, "1. a step of [784, 800, 800, 10], 128 samples")?;
    writeln!(out, "multiply–adds: {}", work.multiply_adds)?;
    writeln!(out, "operations: {}", work.operations())?;
    writeln!(out, "operations a second, in billions: {:.1}", rates.peak)?;
    let milliseconds = work.operations() / rates.peak / 1e6;
    writeln!(out, "milliseconds, at the least: {milliseconds:.2}")?;
    Ok(())
}

/// What it costs to keep an activation, which is written once and read once,
/// and what to compute it again.
fn compute_again(out: &mut dyn Write, rates: &Rates) -> Outcome {
    let bytes = 16.0;
    // One product and one sum for z, where there is one input.
    let computed = rates.sigmoid + 2.0 / rates.peak;
    let (cache, memory) = (bytes / rates.cache, bytes / rates.memory);
    writeln!(out, "\n2. an activation of [1, 25, 1], in nanoseconds")?;
    writeln!(out, "written and read, nearest cache: {cache:.2}")?;
    writeln!(out, "written and read, memory: {memory:.2}")?;
    writeln!(out, "computed again: {computed:.2}")?;
    let even = bytes / computed;
    writeln!(out, "GB/s where both take as long: {even:.1}")?;
    Ok(())
}

/// How many bytes a second the largest batch needs.
fn bandwidth(
    out: &mut dyn Write,
    rates: &Rates,
    record: &Record<'_>,
) -> Outcome {
    let largest = record.rows("batch ", 5).last().unwrap_or_default();
    let [samples, _, time, _, megabytes] = largest[..] else { return Ok(()) };
    let rate = megabytes / time * 1e3;
    let sigmoids = Work::of(&[1, 25, 1], samples as usize).exponentials;
    let computing = rates.in_groups * sigmoids as f64 * 1e-6;
    writeln!(out, "\n3. a step of [1, 25, 1], {samples} samples")?;
    writeln!(out, "GB/s, the last column: {rate:.1}")?;
    writeln!(out, "GB/s, memory: {:.1}", rates.memory)?;
    writeln!(out, "times the last column: {:.1}", rates.memory / rate)?;
    writeln!(out, "milliseconds of the step: {:.1}", time * 1e-3)?;
    writeln!(out, "milliseconds of its sigmoids: {computing:.1}")?;
    Ok(())
}
