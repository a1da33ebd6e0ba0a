//! Few noisy samples, a wide network: dropout beside the other remedies.

use std::io::Write;

use chainrule::figures::Figure;
use chainrule::{Dropout, Error};
use chapters::cli::{self, Failure, Folder, Outcome, Progress};
use ndarray::Array2;

use crate::ending::{Ending, ending};
use crate::training::{Remedy, Run, train};
use crate::{Args, DROP_PROBS, figures};
use chapters::spread::{mean_of, over_seeds};

/// The weight decays that are compared, a factor of ten apart.
pub const WEIGHT_DECAYS: [f64; 3] = [0.001, 0.01, 0.1];

pub fn print(out: &mut dyn Write, args: &Args, folder: &Folder) -> Outcome {
    writeln!(
        out,
        "a network that overfits: layers {:?}, {}, {} noisy samples",
        args.layers.0, args.activation, args.samples
    )?;
    writeln!(
        out,
        "{} steps at {}, mean ± standard error over {} seeds\n",
        args.steps(),
        args.learning_rate,
        args.seeds
    )?;
    let endings = compare(out, args)?;
    let without = &endings[0];
    let asked = endings.iter().find(|ending| {
        matches!(ending.remedy, Remedy::Dropout(p) if p == args.drop_prob)
    });
    let with = asked.unwrap_or(without);
    lowest(out, args, &without.curve)?;
    let fits = widest_gap(out, args, without, with)?;
    let curves = figures::curves(without, with, args.drop_prob.drop_prob());
    folder.save_all(
        out,
        [
            ("ch04_regularize", fits),
            ("ch04_regularize_masked", figures::masked(args)?),
            ("ch04_regularize_curves", curves),
        ],
    )
}

/// No remedy, and then each that is compared with it.
fn remedies(args: &Args) -> Result<Vec<(String, Remedy)>, Error> {
    let mut remedies = Vec::new();
    let asked = args.drop_prob.drop_prob();
    let more = (!DROP_PROBS.contains(&asked)).then_some(asked);
    for p in DROP_PROBS.into_iter().chain(more) {
        let remedy = Remedy::Dropout(Dropout::new(p)?);
        remedies.push((format!("dropout {p}"), remedy));
    }
    for lambda in WEIGHT_DECAYS {
        remedies.push((format!("L2 {lambda}"), Remedy::WeightDecay(lambda)));
    }
    remedies.push(("early stopping".to_owned(), Remedy::EarlyStopping));
    Ok(remedies)
}

/// Trains with every remedy from every seed, and prints a row a remedy.
fn compare(out: &mut dyn Write, args: &Args) -> Result<Vec<Ending>, Failure> {
    let remedies = remedies(args)?;
    let progress = Progress::new(remedies.len() * args.seeds as usize);
    writeln!(
        out,
        "remedy              training        held out   less p = 0, by seed"
    )?;
    let mut endings: Vec<Ending> = Vec::new();
    for (name, remedy) in remedies {
        let runs = over_seeds(&seeds(args), &progress, |seed| {
            Ok(train(args, seed, remedy)?.scores)
        })?;
        endings.push(ending(name, remedy, &runs));
        let (without, this) = (&endings[0], &endings[endings.len() - 1]);
        let pairs: Vec<_> = this.runs.iter().zip(&without.runs).collect();
        let difference = mean_of(&pairs, |(a, b)| a.1 - b.1);
        writeln!(
            out,
            "{:<14} {:>13} {:>15} {difference:>21}",
            this.name, this.training, this.held_out
        )?;
    }
    Ok(endings)
}

/// The seeds of the flags, in order.
pub fn seeds(args: &Args) -> Vec<u64> {
    cli::seeds(args.seed, args.seeds).collect()
}

/// Where on its way the network without a remedy was best.
fn lowest(out: &mut dyn Write, args: &Args, curve: &[[f64; 2]]) -> Outcome {
    let held_out = curve.iter().map(|errors| errors[1]).enumerate();
    if let Some((at, error)) = held_out.min_by(|a, b| a.1.total_cmp(&b.1)) {
        writeln!(
            out,
            "\nlowest mean held-out error at p = 0: {error:.2} at step {}",
            (100 * at).min(args.steps())
        )?;
    }
    Ok(())
}

/// The seed whose network learned its noise best, and what dropout made of it:
/// in numbers, and as the figure of both answers. Both are trained once more,
/// since no network was kept.
fn widest_gap(
    out: &mut dyn Write,
    args: &Args,
    without: &Ending,
    with: &Ending,
) -> Result<Figure, Failure> {
    let gap = |(training, held_out): &(f64, f64)| held_out - training;
    let gaps = without.runs.iter().map(gap);
    let widest = gaps.enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
    let seed = seeds(args)[widest.map_or(0, |(k, _)| k)];
    let plain = train(args, seed, without.remedy)?;
    let dropped = train(args, seed, with.remedy)?;
    let p = args.drop_prob.drop_prob();
    writeln!(out, "widest gap at p = 0: seed {seed}")?;
    for (p, Run { scores, .. }) in [(0.0, &plain), (p, &dropped)] {
        writeln!(
            out,
            "p = {p:<4} training {:>8.2}   held out {:>8.2}",
            scores.end().training,
            scores.end().held_out
        )?;
    }
    let data = points(&plain.task.x, &plain.task.y);
    let truth = points(&plain.task.held_x, &plain.task.held_y);
    let [plain, dropped] = [&plain, &dropped]
        .map(|run| answer(run).map_err(Failure::at(args.steps())));
    let (plain, dropped) = (plain?, dropped?);
    cli::plot(out, data.iter().copied(), dropped.iter().copied())?;
    Ok(figures::fits(data, truth, plain, dropped, p))
}

/// What a network answers at the held-out inputs.
fn answer(run: &Run) -> Result<Vec<(f64, f64)>, Error> {
    let x = &run.task.held_x;
    let y = run.network.evaluate(x.view())?;
    Ok(points(x, &y))
}

/// (x, y) of each sample, with x as it was before it was stretched.
fn points(x: &Array2<f64>, y: &Array2<f64>) -> Vec<(f64, f64)> {
    let x = x.iter().map(|x| (x + 6.0) / 12.0);
    x.zip(y.iter().copied()).collect()
}
