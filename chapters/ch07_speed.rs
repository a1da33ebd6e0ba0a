//! Chapter 7: fast, and able to say why.
//!
//! Trains the same network six ways, times them against each other on the
//! machine it runs on, and holds the fastest against what the processor can do.

#[path = "ch07_speed/counts.rs"]
mod counts;
#[path = "ch07_speed/date.rs"]
mod date;
#[path = "ch07_speed/figures.rs"]
mod figures;
#[path = "ch07_speed/fma.rs"]
mod fma;
#[path = "ch07_speed/instructions.rs"]
mod instructions;
#[path = "ch07_speed/ladder.rs"]
mod ladder;
#[path = "ch07_speed/limits.rs"]
mod limits;
#[path = "ch07_speed/numpy.rs"]
mod numpy;
#[path = "ch07_speed/record.rs"]
mod record;
#[path = "ch07_speed/rungs/mod.rs"]
mod rungs;
#[path = "ch07_speed/scaling.rs"]
mod scaling;
#[path = "ch07_speed/stopwatch.rs"]
mod stopwatch;
#[path = "ch07_speed/threads.rs"]
mod threads;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use chainrule::cli::{self, Failure, Outcome};
use chainrule::figures::Folder;
use clap::Parser;

use record::{Record, Target};
use rungs::{Kind, Task};

/// The measurements that the book shows, as this program recorded them.
const RECORDED: &str = include_str!("../book/measurements/ch07_speed.txt");

/// The same training step six ways, and how close the last comes to the limit.
#[derive(Clone, Parser)]
#[command(version, after_help = cli::EXIT_CODES)]
struct Args {
    /// Print only what is the same on every machine: losses and counts
    #[arg(long, conflicts_with_all = ["ladder", "instructions", "redraw", "rung", "quick", "record", "figures"])]
    counts: bool,

    /// Time only the rungs, without limits, growth and threads
    #[arg(long, conflicts_with_all = ["instructions", "redraw", "rung", "figures"])]
    ladder: bool,

    /// Count the instructions of a step instead, with valgrind
    #[arg(long, conflicts_with_all = ["redraw", "rung", "quick", "figures"])]
    instructions: bool,

    /// Draw the figures from the measurements that the book shows
    #[arg(long, conflicts_with_all = ["rung", "quick", "record"])]
    redraw: bool,

    /// Measure for a moment only: to see what it does, not how fast
    #[arg(long, conflicts_with = "rung")]
    quick: bool,

    /// Train with one rung and print the loss: for a profiler
    #[arg(long, value_name = "NAME", value_parser = rung, conflicts_with_all = ["record", "figures"])]
    rung: Option<Kind>,

    /// Steps of --rung
    #[arg(long, default_value_t = 4000, value_parser = cli::steps, allow_hyphen_values = true, requires = "rung")]
    steps: usize,

    /// Also write what is printed to this file, with the day and the machine
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,

    /// The Python that is asked for NumPy; without one, NumPy is not measured
    #[arg(long, value_name = "PROGRAM", default_value = "python3")]
    python: String,

    /// Folder that the figures are written to
    #[arg(long, value_name = "DIR", default_value = "target/figures")]
    figures: PathBuf,
}

fn main() -> ExitCode {
    cli::main(run)
}

fn run(args: Args, out: &mut dyn Write) -> Outcome {
    if let Some(kind) = args.rung {
        return train(&kind, args.steps, out);
    }
    if args.counts {
        counts::print(out, 25)?;
        return Ok(());
    }
    if args.redraw {
        return draw(RECORDED, &args, out);
    }
    let target = args.record.as_deref().map(Target::open).transpose()?;
    let draws = !args.ladder && !args.instructions;
    let folder = draws.then(|| Folder::open(&args.figures)).transpose()?;
    let text = measure(&args, out)?;
    if let Some(target) = target {
        target.write(&text)?;
    }
    match folder {
        Some(_) => draw(&text, &args, out),
        None => Ok(()),
    }
}

/// Measures, section by section, each printed as soon as it is there; returns
/// all of it, as a record.
fn measure(args: &Args, out: &mut dyn Write) -> Result<String, Failure> {
    let (turns, largest) =
        if args.quick { (3, 200_000) } else { (51, usize::MAX) };
    let mut text = record::head();
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
        section(&|out, _| fma::print(out, turns))?;
        section(&|out, _| scaling::print(out, turns.min(9), largest))?;
        section(&|out, _| threads::print(out, turns, largest))?;
    }
    Ok(text)
}

/// Draws every figure from a record.
fn draw(text: &str, args: &Args, out: &mut dyn Write) -> Outcome {
    let folder = Folder::open(&args.figures)?;
    writeln!(out)?;
    for (name, figure) in figures::all(&Record::new(text)) {
        writeln!(out, "figure: {}", folder.save(name, &figure)?.display())?;
    }
    Ok(())
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

/// `--rung flat`: the name of a rung.
fn rung(name: &str) -> Result<Kind, String> {
    let found = rungs::ALL.into_iter().find(|kind| kind.name == name);
    let names = || rungs::ALL.map(|kind| kind.name).join(", ");
    found.ok_or_else(|| format!("'{name}' is none of: {}", names()))
}
