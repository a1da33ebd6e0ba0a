//! The band beside that of an ensemble, over seeds; and for how many of them
//! each claim of the page holds.

use std::io::Write;

use chainrule::{Activation, Dropout, seeded};
use chapters::cli::{Failure, Outcome, Progress};

use crate::ensemble::{self, Ensemble, MEMBERS};
use crate::regions::{self, Region};
use crate::setting::{Setting, cell, moments, table};
use crate::{Args, sample_in_gap, seeds, train};

/// What is measured from one seed; the regions are data, gap and beyond.
struct Run {
    dropout: [Region; 3],
    /// The gap, after a sample was put into it.
    moved: Region,
    /// With a small p, a large one, and with tanh.
    small: [Region; 3],
    large: [Region; 3],
    tanh: [Region; 3],
    /// Five networks for the cost of one, and of five.
    cheap: [Region; 3],
    full: [Region; 3],
}

type Claim = (&'static str, fn(&Run) -> bool);

const CLAIMS: [Claim; 10] = [
    ("dropout: wider beyond the data than among them", |run| {
        run.dropout[2].width > run.dropout[0].width
    }),
    ("dropout: narrower in the gap than among the data", |run| {
        run.dropout[1].width < run.dropout[0].width
    }),
    ("dropout: less than a tenth of the gap's truth in the band", |run| {
        run.dropout[1].truth < 0.1
    }),
    ("p = 0.5: wider among the data than with p = 0.05", |run| {
        run.large[0].width > run.small[0].width
    }),
    ("tanh: narrower beyond the data than with the run's units", |run| {
        run.tanh[2].width < run.dropout[2].width
    }),
    ("a sample in the gap: the error there falls", |run| {
        run.moved.error < run.dropout[1].error
    }),
    ("a sample in the gap: the band there grows", |run| {
        run.moved.width > run.dropout[1].width
    }),
    ("five networks, cost of one: wider in the gap", |run| {
        run.cheap[1].width > run.cheap[0].width
    }),
    ("five networks, cost of five: wider in the gap", |run| {
        run.full[1].width > run.full[0].width
    }),
    ("five networks, cost of one: less than a tenth of it inside", |run| {
        run.cheap[1].truth < 0.1
    }),
];

pub fn print(out: &mut dyn Write, args: &Args) -> Outcome {
    let steps = 4 * args.steps + later(args) + MEMBERS * whole(args);
    let progress = Progress::new(args.seeds as usize * steps);
    let runs = seeds::each(args, |args| run(args, &|| progress.step()))?;
    drop(progress);
    writeln!(
        out,
        "mean ± standard deviation over {} seeds, {} steps, T = {}",
        args.seeds, args.steps, args.passes
    )?;
    let setting = |name: String, of: fn(&Run) -> [Region; 3]| Setting {
        name,
        runs: runs.iter().map(of).collect(),
    };
    let settings = [
        setting("dropout".to_owned(), |run| run.dropout),
        setting(format!("5 × {}", ensemble::share(args)), |run| run.cheap),
        setting(format!("5 × {}", whole(args)), |run| run.full),
    ];
    let mut print = |title, key, digits, of: fn(&Region) -> f64| {
        writeln!(out, "\n{title}")?;
        table(out, key, &settings, digits, of)
    };
    print("width s of the band", "width", 3, |r| r.width)?;
    print("error of μ", "error", 3, |r| r.error)?;
    print("samples inside μ ± 2s, %", "fresh", 0, |r| 100.0 * r.fresh)?;
    print("samples inside μ ± 2√(s² + σ²), %", "noise", 0, |r| {
        100.0 * r.fresh_with_noise
    })?;
    writeln!(out, "\nwidth in the gap, in widths among the data")?;
    for setting in &settings {
        let ratios = setting.runs.iter().map(ratio).collect::<Vec<_>>();
        let cell = cell(moments(&ratios), 2);
        writeln!(out, "ratio {:<9}{cell}", setting.name)?;
    }
    writeln!(out, "\nof {} seeds, those that show it", args.seeds)?;
    for (claim, holds) in CLAIMS {
        let count = runs.iter().filter(|run| holds(run)).count();
        writeln!(out, "{claim:<60}{count:>4}")?;
    }
    Ok(())
}

/// How much wider the band is in the gap; without a band, no wider.
fn ratio([data, gap, _]: &[Region; 3]) -> f64 {
    if data.width > 0.0 { gap.width / data.width } else { 1.0 }
}

/// How long training goes on with a sample in the gap.
fn later(args: &Args) -> usize {
    (3 * args.steps).div_ceil(10)
}

/// How long each network of an ensemble learns that may cost five times one.
fn whole(args: &Args) -> usize {
    ensemble::share(args) * MEMBERS
}

fn run(args: &Args, tick: &dyn Fn()) -> Result<Run, Failure> {
    let (mut task, mut network, mut rng) = train(args, tick)?;
    // Training has to go on with the coins it left, as in the default run.
    let dropout =
        regions::measure(args, &task, &network, &mut seeded(!args.seed))?;
    let steps = later(args);
    sample_in_gap::put(args, &mut task, &mut network, steps, &mut rng, tick)?;
    let [_, moved, _] = regions::measure(args, &task, &network, &mut rng)?;

    let other = |args: Args| {
        let (task, network, mut rng) = train(&args, tick)?;
        regions::measure(&args, &task, &network, &mut rng)
    };
    let with = |p| {
        Ok::<_, Failure>(Args { drop_prob: Dropout::new(p)?, ..args.clone() })
    };
    let (small, large) = (other(with(0.05)?)?, other(with(0.5)?)?);
    let tanh = other(Args { activation: Activation::Tanh, ..args.clone() })?;

    let mut five = Ensemble::draw(args)?;
    let share = ensemble::share(args);
    five.learn(args, share, tick)?;
    let cheap = five.measure()?;
    five.learn(args, whole(args) - share, tick)?;
    let full = five.measure()?;
    Ok(Run { dropout, moved, small, large, tanh, cheap, full })
}
