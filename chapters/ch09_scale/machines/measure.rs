//! What a message and a step take on this machine: a record for the model.

use std::ffi::OsString;
use std::io::Write;

use chapters::cli::Outcome;

use crate::launch::start;
use crate::record;

/// The training that is timed: a gradient of two megabytes.
pub const SETTING: &str =
    "--task spirals --hidden 512,512 --samples 4096 --shards 8";

/// Prints a record of today.
pub fn run(out: &mut dyn Write, quick: bool) -> Outcome {
    write!(out, "{}", record::head(quick))?;
    let steps = if quick { 2 } else { 40 };
    let probe = |ranks, what: &str| {
        let words = format!("{SETTING} --steps {steps} --probe {what}");
        let words: Vec<_> = words.split(' ').map(OsString::from).collect();
        start(ranks, &words, &[], "")
    };
    writeln!(
        out,
        "\na message from one rank to another, half of there and back, median"
    )?;
    write!(out, "{}", probe(2, "messages")?)?;
    out.flush()?;
    writeln!(
        out,
        "\none step of the spirals, [2, 512, 512, 3], 4096 samples: ms, the fastest of {steps}"
    )?;
    let heads = ["a step", "computing", "exchange"];
    let heads = heads.map(|head| format!(" {head:>12}")).concat();
    writeln!(out, "{:>10}{heads}", "ranks")?;
    for ranks in [1, 2, 4] {
        write!(out, "{}", probe(ranks, "steps")?)?;
        out.flush()?;
    }
    Ok(())
}
