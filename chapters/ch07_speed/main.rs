//! Chapter 7: fast, and able to say why.
//!
//! Trains the same network seven ways, times them against each other on the
//! machine it runs on, and holds the fastest against what the processor can do.

mod answers;
mod counts;
mod digits;
mod figures;
mod instructions;
mod ladder;
mod limits;
mod numpy;
mod record;
mod scaling;
mod stopwatch;
mod threads;

use std::io::Write;
use std::process::ExitCode;

use chapters::ch07_speed::args::Args;
use chapters::ch07_speed::rungs::{Kind, Task};
use chapters::cli::{self, Failure, Folder, Outcome, Whole};

use record::Record;

/// The measurements that the book shows, as this program recorded them.
const RECORDED: &str = include_str!("../../book/measurements/ch07_speed.txt");

fn main() -> ExitCode {
    cli::main(run)
}

fn run(args: Args, out: &mut dyn Write) -> Outcome {
    if let Some(kind) = args.rung {
        return train(&kind, args.steps, out);
    }
    if args.counts {
        counts::print(out, 25)?;
        return digits::print(out);
    }
    if args.answers {
        return answers::print(out, &Record::new(RECORDED));
    }
    if args.redraw {
        return draw(RECORDED, &args.figures.open()?, out);
    }
    let draws = !args.ladder && !args.instructions;
    let folder = draws.then(|| args.figures.open()).transpose()?;
    // After the folder, which may be made where the record would be.
    let record = args.record.as_ref().map(Whole::open).transpose()?;
    let text = measure(&args, out)?;
    if let Some(record) = record {
        record.write(&text)?;
    }
    match folder {
        Some(folder) => draw(&text, &folder, out),
        None => Ok(()),
    }
}

/// Measures, section by section, each printed as soon as it is there; returns
/// all of it, as a record.
fn measure(args: &Args, out: &mut dyn Write) -> Result<String, Failure> {
    let (turns, largest) =
        if args.quick { (3, 200_000) } else { (51, usize::MAX) };
    let mut text = record::head(args);
    let mut section = |print: &dyn Fn(&mut dyn Write, &str) -> Outcome| {
        let mut part = Vec::new();
        print(&mut part, &text)?;
        let part = String::from_utf8_lossy(&part);
        text.push_str(&part);
        write!(out, "{part}")?;
        Ok::<_, Failure>(out.flush()?)
    };
    if args.instructions {
        section(&|out, _| instructions::print(out))?;
        return Ok(text);
    }
    for hidden in [25, 6] {
        section(&|out, _| {
            ladder::print(out, hidden, &args.python, turns.min(21))
        })?;
    }
    if !args.ladder {
        section(&|out, text| limits::print(out, &Record::new(text), turns))?;
        section(&|out, _| scaling::print(out, turns.min(9), largest))?;
        section(&|out, _| threads::print(out, turns, largest))?;
    }
    Ok(text)
}

/// Draws every figure from a record.
fn draw(text: &str, folder: &Folder, out: &mut dyn Write) -> Outcome {
    folder.save_all(out, figures::all(&Record::new(text)))
}

/// Trains the notebook's network with one rung.
fn train(kind: &Kind, steps: usize, out: &mut dyn Write) -> Outcome {
    let mut rung = (kind.start)(&Task::sine(25, 100, 0.3)?);
    for step in 0..steps {
        rung.step().map_err(Failure::at(step))?;
    }
    writeln!(out, "{}, {steps} steps: {:.6}", kind.name, rung.loss())?;
    Ok(())
}
