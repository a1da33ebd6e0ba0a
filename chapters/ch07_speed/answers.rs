//! The numbers in the answers to the chapter's exercises, from the
//! measurements that the book shows.

use std::io::Write;

use chapters::cli::Outcome;

use crate::counts::Work;
use crate::record::Record;

/// What is not in the record is no number, which a test would see.
fn of(record: &Record<'_>, label: &str) -> f64 {
    record.number(label).unwrap_or(f64::NAN)
}

/// Prints them, exercise by exercise.
pub fn print(out: &mut dyn Write, record: &Record<'_>) -> Outcome {
    wide(out, record)?;
    again(out, record)?;
    bytes(out, record)
}

/// How long the operations of a large network take at the least.
fn wide(out: &mut dyn Write, record: &Record<'_>) -> Outcome {
    let work = Work::of(&[784, 800, 800, 10], 128);
    let peak = of(record, "Gflop/s at most:");
    writeln!(out, "1. a step of [784, 800, 800, 10], 128 samples")?;
    writeln!(out, "multiply–adds: {}", work.multiply_adds)?;
    writeln!(out, "operations: {}", work.operations())?;
    writeln!(out, "operations a second, in billions: {peak:.1}")?;
    let milliseconds = work.operations() / peak / 1e6;
    writeln!(out, "milliseconds, at the least: {milliseconds:.2}")?;
    Ok(())
}

/// What it costs to keep an activation, which is written once and read once,
/// and what to compute it again.
fn again(out: &mut dyn Write, record: &Record<'_>) -> Outcome {
    let sigmoid = of(record, "nanoseconds for a sigmoid, in groups:");
    let peak = of(record, "Gflop/s at most:");
    let memory = of(record, "GB/s, memory:");
    let bytes = 16.0;
    // One product and one sum for z, where there is one input.
    let computed = sigmoid + 2.0 / peak;
    writeln!(out, "\n2. an activation of [1, 25, 1], in nanoseconds")?;
    for (from, rate) in [
        ("nearest cache", of(record, "GB/s, nearest cache:")),
        ("memory", memory),
    ] {
        writeln!(out, "written and read, {from}: {:.2}", bytes / rate)?;
    }
    writeln!(out, "computed again: {computed:.2}")?;
    let even = bytes / computed;
    writeln!(out, "as long as from a memory of, GB/s: {even:.1}")?;
    let programs = memory / even;
    writeln!(out, "shares of this memory: {programs:.1}")?;
    Ok(())
}

/// How many bytes a second the largest batch needs.
fn bytes(out: &mut dyn Write, record: &Record<'_>) -> Outcome {
    let largest = record.rows("batch ", 5).last().unwrap_or_default();
    let [samples, _, time, _, megabytes] = largest[..] else { return Ok(()) };
    let rate = megabytes / time * 1e3;
    let memory = of(record, "GB/s, memory:");
    let sigmoid = of(record, "nanoseconds for a sigmoid, in groups:");
    let sigmoids = Work::of(&[1, 25, 1], samples as usize).exponentials;
    let computing = sigmoid * sigmoids as f64 * 1e-6;
    writeln!(out, "\n3. a step of [1, 25, 1], {samples} samples")?;
    writeln!(out, "GB/s, the last column: {rate:.1}")?;
    writeln!(out, "GB/s, memory: {memory:.1}")?;
    writeln!(out, "as often as the last column: {:.1}", memory / rate)?;
    writeln!(out, "milliseconds of the step: {:.1}", time * 1e-3)?;
    writeln!(out, "milliseconds of its sigmoids: {computing:.1}")?;
    Ok(())
}
