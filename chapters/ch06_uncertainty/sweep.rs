//! The band over several seeds: for several drop probabilities, and for other
//! networks.

use std::io::Write;
use std::thread;

use chainrule::{Activation, Dropout};
use chapters::cli::{self, Failure, Folder, Layers, Outcome, Progress};

use crate::regions::{self, NAMES, Region};
use crate::setting::Setting;
use crate::{Args, figures, train};

const DROP_PROBS: [f64; 4] = [0.05, 0.1, 0.2, 0.5];

pub fn print(out: &mut dyn Write, args: &Args, folder: &Folder) -> Outcome {
    let mut settings = Vec::new();
    for p in DROP_PROBS {
        let args = Args { drop_prob: Dropout::new(p)?, ..args.clone() };
        settings.push((format!("p = {p}"), args));
    }
    let half = settings.len();
    let tanh = Args { activation: Activation::Tanh, ..args.clone() };
    settings.push(("tanh".to_owned(), tanh));
    let layers = Layers(vec![1, 100, 1]);
    let shallow = Args { layers, ..args.clone() };
    settings.push(("one layer".to_owned(), shallow));

    let runs = settings.len() * args.seeds as usize;
    let progress = Progress::new(runs * args.steps);
    let measured = settings
        .into_iter()
        .map(|(name, setting)| measure(name, &setting, args.seeds, &progress))
        .collect::<Result<Vec<_>, _>>()?;
    drop(progress);

    writeln!(
        out,
        "mean ± standard deviation over {} seeds, {} steps, T = {}",
        args.seeds, args.steps, args.passes
    )?;
    let mut table = |title, key, digits, of: fn(&Region) -> f64| {
        writeln!(out, "\n{title}")?;
        report(out, key, &measured, half, digits, of)
    };
    table("width s of the band", "width", 3, |r| r.width)?;
    table("error of μ", "error", 3, |r| r.error)?;
    table("truth inside μ ± 2s, %", "truth", 0, |r| 100.0 * r.truth)?;
    table("samples inside μ ± 2s, %", "fresh", 0, |r| 100.0 * r.fresh)?;
    table("samples inside μ ± 2√(s² + σ²), %", "noise", 0, |r| {
        100.0 * r.fresh_with_noise
    })?;
    let probabilities = DROP_PROBS.into_iter().zip(&measured).collect();
    let figure = figures::widths(probabilities);
    folder.save_all(out, [("ch06_uncertainty_drop_prob", figure)])
}

/// Trains and judges one setting from every seed, side by side.
fn measure(
    name: String,
    args: &Args,
    seeds: u64,
    progress: &Progress,
) -> Result<Setting, Failure> {
    let judge = |seed| {
        let args = Args { seed, ..args.clone() };
        let (task, network, mut rng) = train(&args, || ())?;
        regions::measure(&args, &task, &network, &mut rng)
    };
    let all: Vec<u64> = cli::seeds(args.seed, seeds).collect();
    let mut runs = Vec::new();
    // Each run at a time needs its memory: up to a gigabyte, for the largest
    // of networks.
    let processors = thread::available_parallelism().map_or(1, usize::from);
    for some in all.chunks(processors.min(8)) {
        let judged: Vec<_> = thread::scope(|scope| {
            let threads: Vec<_> = some
                .iter()
                .map(|&seed| scope.spawn(move || judge(seed)))
                .collect();
            let joined = threads.into_iter().map(|run| run.join());
            joined.map(|run| run.expect("a run does not panic")).collect()
        });
        for run in judged {
            runs.push(run?);
            (0..args.steps).for_each(|_| progress.step());
        }
    }
    Ok(Setting { name, runs })
}

fn report(
    out: &mut dyn Write,
    key: &str,
    settings: &[Setting],
    half: usize,
    digits: usize,
    of: fn(&Region) -> f64,
) -> Outcome {
    let [data, gap, beyond] = NAMES;
    writeln!(out, "{data:>28}{gap:>16}{beyond:>16}")?;
    for (k, setting) in settings.iter().enumerate() {
        if k == half {
            writeln!(out)?;
        }
        let cells: String = (0..NAMES.len())
            .map(|r| {
                let (mean, spread) = setting.moments(r, of);
                let cell = format!("{mean:.digits$} ± {spread:.digits$}");
                format!("{cell:>16}")
            })
            .collect();
        writeln!(out, "{key} {:<9}{cells}", setting.name)?;
    }
    Ok(())
}
