//! How long a step takes with how many ranks, on paper.
//!
//! Hockney (1994), *The communication challenge for MPP: Intel Paragon and
//! Meiko CS-2*: a message of n bytes takes α + n/β.

use std::io::Write;

use chapters::cli::Outcome;

use crate::record::Record;

/// What a message takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// Seconds that every message takes, however short.
    pub alpha: f64,
    /// Bytes a second.
    pub beta: f64,
}

/// A network between machines, assumed and not measured: ten microseconds, and
/// a hundred gigabits a second.
pub const ASSUMED: Link = Link { alpha: 10e-6, beta: 12.5e9 };

/// How the messages of an exchange follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// To every other rank one message, as the program does.
    Pairwise,
    /// In rounds, each with half as many partners left: log₂ R of them.
    Halving,
}

/// A training, in numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Work {
    /// Seconds that a rank computes for each of its samples.
    pub sample: f64,
    /// Bytes of the gradient.
    pub bytes: f64,
}

/// Seconds for the exchange among so many ranks: all-to-all, then all-gather.
// ANCHOR: exchange
pub fn exchange(ranks: f64, bytes: f64, link: Link, pattern: Pattern) -> f64 {
    let messages = match pattern {
        Pattern::Pairwise => ranks - 1.0,
        Pattern::Halving => ranks.log2(),
    };
    let moved = bytes * (ranks - 1.0) / ranks;
    2.0 * (messages * link.alpha + moved / link.beta)
}
// ANCHOR_END: exchange

/// Seconds for a step with so many samples.
pub fn step(
    ranks: f64,
    samples: f64,
    work: Work,
    link: Link,
    pattern: Pattern,
) -> f64 {
    work.sample * samples / ranks + exchange(ranks, work.bytes, link, pattern)
}

/// The samples of the batch, where it is the same for any number of ranks.
pub const BATCH: f64 = 4096.0;
/// The samples of each rank, where the batch grows with them.
pub const EACH: f64 = 512.0;

/// What the record says about work and link: what one rank computes for all
/// samples; the shorter message is α, and the longer one has β in it.
pub fn measured(record: &Record<'_>) -> (Work, Link) {
    let number = |row: &[f64], at| row.get(at).copied().unwrap_or(f64::NAN);
    let messages = record.rows("bytes ");
    let message =
        |k: usize, at| messages.get(k).map_or(f64::NAN, |row| number(row, at));
    let alpha = 1e-6 * message(0, 1);
    let (bytes, long) = (message(1, 0), 1e-6 * message(1, 1));
    let beta = bytes / (long - alpha);
    let real = record.rows("real ");
    let one = real.first().map_or(f64::NAN, |row| number(row, 2));
    let work = Work { sample: 1e-3 * one / BATCH, bytes };
    (work, Link { alpha, beta })
}

/// How much shorter a step of the same batch is with so many ranks.
pub fn speed_up(ranks: f64, work: Work, link: Link, pattern: Pattern) -> f64 {
    let alone = step(1.0, BATCH, work, link, pattern);
    alone / step(ranks, BATCH, work, link, pattern)
}

/// How much of a rank's time is computing, where each has its own samples.
pub fn efficiency(ranks: f64, work: Work, link: Link, pattern: Pattern) -> f64 {
    let alone = step(1.0, EACH, work, link, pattern);
    alone / step(ranks, EACH * ranks, work, link, pattern)
}

/// The model in numbers, and the real runs beside it.
pub fn print(out: &mut dyn Write, record: &Record<'_>) -> Outcome {
    let (work, here) = measured(record);
    writeln!(out, "α here, in µs: {:.2}", 1e6 * here.alpha)?;
    writeln!(out, "β here, in GB/s: {:.2}", 1e-9 * here.beta)?;
    writeln!(out, "computing, in µs a sample: {:.2}", 1e6 * work.sample)?;
    writeln!(out, "the gradient, in MB: {:.2}", 1e-6 * work.bytes)?;
    writeln!(
        out,
        "assumed of a network: α {} µs, β {} GB/s",
        (1e6 * ASSUMED.alpha).round(),
        1e-9 * ASSUMED.beta
    )?;
    writeln!(out, "\nthe exchange, in ms")?;
    writeln!(out, "{:>9} {:>9} {:>9}", "ranks", "measured", "model")?;
    for row in record.rows("real ") {
        let [ranks, _, _, exchanged] = row[..] else { continue };
        let model = exchange(ranks, work.bytes, here, Pattern::Pairwise);
        writeln!(out, "held {ranks:>4} {exchanged:>9.3} {:>9.3}", 1e3 * model)?;
    }
    writeln!(out, "\na model, and no run: 4096 samples in all")?;
    let heads = ["ranks", "here", "network", "halving"];
    let head: String = heads.iter().map(|head| format!(" {head:>9}")).collect();
    writeln!(out, "{:>6}{head}", "")?;
    for (name, percent) in [("strong", 1.0), ("weak", 100.0)] {
        if name == "weak" {
            writeln!(
                out,
                "\na model, and no run: 512 samples a rank, % of the time computing"
            )?;
            writeln!(out, "{:>6}{head}", "")?;
        }
        for power in [0, 2, 4, 6, 8, 10, 12] {
            let ranks = 2.0_f64.powi(power);
            let cells = LINES.map(|(_, assumed, pattern)| {
                let link = if assumed { ASSUMED } else { here };
                let value = match name {
                    "strong" => speed_up(ranks, work, link, pattern),
                    _ => efficiency(ranks, work, link, pattern),
                };
                format!(" {:>9.1}", percent * value)
            });
            writeln!(out, "{name:<6} {ranks:>9}{}", cells.concat())?;
        }
    }
    answers(out, work, here)
}

/// The number of ranks at which a step of the same batch is shortest, where each
/// sends to every other: where its two parts that depend on R change equally.
pub fn best(work: Work, link: Link) -> f64 {
    (work.sample * BATCH / (2.0 * link.alpha)).sqrt()
}

/// What the answers to the exercises are computed from.
fn answers(out: &mut dyn Write, work: Work, here: Link) -> Outcome {
    writeln!(out, "\nfor the answers")?;
    let [all, slices] = [1024.0, 2.0].map(|times| 1e-6 * times * work.bytes);
    writeln!(out, "MB to one of 1024 ranks, everything: {all:.0}")?;
    writeln!(out, "MB to one of 1024 ranks, slices: {slices:.1}")?;
    let seconds = 1024.0 * work.bytes / ASSUMED.beta;
    writeln!(out, "ms for everything, by the network: {:.0}", 1e3 * seconds)?;
    writeln!(out, "best number of ranks, here: {:.0}", best(work, here))?;
    let network = best(work, ASSUMED);
    writeln!(out, "best number of ranks, network: {network:.0}")?;
    Ok(())
}

/// The lines of the figures: a name, whether the link is the assumed one, and
/// the pattern.
pub const LINES: [(&str, bool, Pattern); 3] = [
    ("here", false, Pattern::Pairwise),
    ("network", true, Pattern::Pairwise),
    ("halving", true, Pattern::Halving),
];
