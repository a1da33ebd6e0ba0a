//! The width of the band against the number of samples, and how far its mean is
//! from the truth.

use std::io::Write;

use chapters::ch06_uncertainty::args::AMOUNTS;
use chapters::cli::{Outcome, Progress};

use crate::ensemble::{self, Ensemble, MEMBERS};
use crate::regions::{self, Region};
use crate::setting::{cell, moments};
use crate::{Args, seeds, train};

pub fn print(out: &mut dyn Write, args: &Args) -> Outcome {
    let share = ensemble::share(args);
    let each = args.steps + MEMBERS * share;
    let progress = Progress::new(AMOUNTS.len() * args.seeds as usize * each);
    writeln!(
        out,
        "among the data, mean ± standard deviation over {} seeds\n\
         dropout: {} steps, T = {}; five networks without: {share} steps each\n",
        args.seeds, args.steps, args.passes
    )?;
    writeln!(out, "{:>24}{:>32}", "width s", "error of μ")?;
    let names = format!("{:>16}{:>16}", "dropout", "five networks");
    writeln!(out, "{:13}{names}{names}", "")?;
    for samples in AMOUNTS {
        let args = Args { samples, ..args.clone() };
        let runs = seeds::each(&args, |args| {
            let tick = || progress.step();
            let (task, network, mut rng) = train(args, tick)?;
            let [band, ..] = regions::measure(args, &task, &network, &mut rng)?;
            let mut five = Ensemble::draw(args)?;
            five.learn(args, share, tick)?;
            let [five, ..] = five.measure()?;
            Ok([band, five])
        })?;
        let column = |k: usize, of: fn(&Region) -> f64| {
            let values: Vec<f64> = runs.iter().map(|it| of(&it[k])).collect();
            cell(moments(&values), 3)
        };
        let widths = [0, 1].map(|k| column(k, |region| region.width)).concat();
        let errors = [0, 1].map(|k| column(k, |region| region.error)).concat();
        progress.suspend(|| {
            writeln!(out, "{samples:>5} samples{widths}{errors}")?;
            out.flush()
        })?;
    }
    Ok(())
}
