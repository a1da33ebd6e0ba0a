//! The rungs against each other, and against NumPy where there is one.

use std::io::Write;

use chapters::cli::{Failure, Outcome};

use crate::numpy::Numpy;
use crate::stopwatch::{Spread, Work, rounds, timed};
use chapters::ch07_speed::rungs::{self, Task};

/// How long everybody works before the next one's turn.
const BLOCK: f64 = 20e-3;

/// Times all rungs on [1, hidden, 1] and prints a row for each.
pub fn print(
    out: &mut dyn Write,
    hidden: usize,
    python: &str,
    turns: usize,
) -> Outcome {
    let task = Task::sine(hidden, 100, 0.3)?;
    let mut numpy = Numpy::start(python, &task);
    let name = numpy.as_ref().map(|numpy| numpy.version.clone());
    let mut names: Vec<&str> =
        rungs::ALL.iter().map(|kind| kind.name).collect();
    let mut works: Vec<Work<'_>> = Vec::new();
    for kind in &rungs::ALL {
        let mut rung = (kind.start)(&task);
        works.push(timed(move || rung.step()));
    }
    if let Some(numpy) = &mut numpy {
        names.insert(0, "NumPy");
        works.insert(0, Box::new(|steps| numpy.work(steps)));
    }
    let seconds = rounds(&mut works, turns, BLOCK)?;
    drop(works);

    let literal = usize::from(name.is_some());
    let name = name.unwrap_or("no NumPy here: not measured".to_owned());
    writeln!(out, "\none step of [1, {hidden}, 1], 100 samples; {name}")?;
    writeln!(out, "{HEAD}")?;
    for (who, rung) in names.iter().enumerate() {
        let ratio = |yardstick: usize| {
            Spread::of_ratios(&seconds[yardstick], &seconds[who])
        };
        let numpy = (literal == 1).then(|| ratio(0));
        let rung = format!("{hidden:>2} {rung}");
        row(out, &rung, &seconds[who], ratio(literal), numpy)?;
    }
    Ok(())
}

const HEAD: &str =
    "units, rung  µs a step  × literal    middle half   × NumPy    middle half";

fn row(
    out: &mut dyn Write,
    rung: &str,
    seconds: &[f64],
    literal: Spread,
    numpy: Option<Spread>,
) -> Result<(), Failure> {
    let micros = 1e6 * Spread::of(seconds.iter().copied()).median;
    let ratio = |s: Spread| {
        let half = format!("{:.2} – {:.2}", s.low, s.high);
        format!("{:>9.2}  {half:>13}", s.median)
    };
    let numpy = numpy.map_or("        –".to_owned(), ratio);
    writeln!(out, "{rung:<12} {micros:>9.2}  {}{numpy}", ratio(literal))?;
    Ok(())
}
