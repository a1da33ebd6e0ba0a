//! Few noisy samples, a wide network: dropout beside the other remedies.

use std::io::Write;

use chainrule::{Dropout, evaluate};
use chapters::cli::{self, Folder, Outcome, Progress};
use ndarray::Array2;

use crate::spread::{Mean, mean, over_seeds};
use crate::training::{Remedy, Run, train};
use crate::{Args, DROP_PROBS, figures};

/// The weight decays that are compared, a factor of ten apart.
const WEIGHT_DECAYS: [f64; 3] = [0.001, 0.01, 0.1];

/// What all seeds of one remedy came to.
pub struct Ending {
    pub name: String,
    pub training: Mean,
    pub held_out: Mean,
    /// Held-out error less that of the same seed without any remedy.
    pub difference: Mean,
    /// The mean curve of (training, held-out), every hundredth step.
    pub curve: Vec<[f64; 2]>,
}

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
    let mut remedies = Vec::new();
    let asked = args.drop_prob.drop_prob();
    let more = (!DROP_PROBS.contains(&asked)).then_some(asked);
    for p in DROP_PROBS.into_iter().chain(more) {
        let name = format!("dropout {p}");
        remedies.push((name, Remedy::Dropout(Dropout::new(p)?)));
    }
    for lambda in WEIGHT_DECAYS {
        remedies.push((format!("L2 {lambda}"), Remedy::WeightDecay(lambda)));
    }
    remedies.push(("early stopping".to_owned(), Remedy::EarlyStopping));

    let total = remedies.len() * args.seeds as usize;
    let progress = Progress::new(total);
    writeln!(
        out,
        "remedy              training        held out   less p = 0, by seed"
    )?;
    let mut endings: Vec<Ending> = Vec::new();
    let mut without = Vec::new();
    let mut shown_seed = args.seed;
    for (name, remedy) in remedies {
        let runs = over_seeds(&seeds(args), &progress, |seed| {
            train(args, seed, remedy)
        })?;
        if without.is_empty() {
            without = runs.iter().map(|run| run.held_out).collect();
            let gaps = runs.iter().map(|run| run.held_out - run.training);
            let widest =
                gaps.zip(seeds(args)).max_by(|a, b| a.0.total_cmp(&b.0));
            shown_seed = widest.map_or(args.seed, |(_, seed)| seed);
        }
        let ending = ending(name, &runs, &without);
        writeln!(
            out,
            "{:<14} {:>13} {:>15} {:>21}",
            ending.name, ending.training, ending.held_out, ending.difference
        )?;
        endings.push(ending);
    }
    drop(progress);

    let p = args.drop_prob.drop_prob();
    let plain = train(args, shown_seed, Remedy::Dropout(Dropout::NONE))?;
    let dropped = train(args, shown_seed, Remedy::Dropout(args.drop_prob))?;
    let lowest = endings[0].curve.iter().enumerate();
    if let Some((at, [_, error])) =
        lowest.min_by(|a, b| a.1[1].total_cmp(&b.1[1]))
    {
        writeln!(
            out,
            "\nlowest mean held-out error at p = 0: {error:.2} at step {}",
            (100 * at).min(args.steps())
        )?;
    }
    writeln!(out, "widest gap at p = 0: seed {shown_seed}")?;
    for (p, run) in [(0.0, &plain), (p, &dropped)] {
        writeln!(
            out,
            "p = {p:<4} training {:>8.2}   held out {:>8.2}",
            run.training, run.held_out
        )?;
    }
    let points = |x: &Array2<f64>, y: &Array2<f64>| {
        let x = x.iter().map(|x| (x + 6.0) / 12.0);
        x.zip(y.iter().copied()).collect::<Vec<_>>()
    };
    let fit = |run: &Run| -> Result<_, chainrule::Error> {
        let x = &run.task.held_x;
        let answer = evaluate(&run.parameters, args.activation, x.view())?;
        Ok(points(x, &answer))
    };
    let data = points(&plain.task.x, &plain.task.y);
    cli::plot(out, data.iter().copied(), fit(&dropped)?.into_iter())?;
    let truth = points(&plain.task.held_x, &plain.task.held_y);
    let shown = endings.iter().find(|e| e.name == format!("dropout {p}"));
    folder.save_all(
        out,
        [
            (
                "ch04_regularize",
                figures::fits(data, truth, fit(&plain)?, fit(&dropped)?, p),
            ),
            ("ch04_regularize_masked", figures::masked(args)?),
            (
                "ch04_regularize_curves",
                figures::curves(&endings[0], shown.unwrap_or(&endings[2])),
            ),
            ("ch04_regularize_errors", figures::errors(&endings)),
        ],
    )
}

/// The seeds of the flags, in order.
pub fn seeds(args: &Args) -> Vec<u64> {
    cli::seeds(args.seed, args.seeds).collect()
}

fn ending(name: String, runs: &[Run], without: &[f64]) -> Ending {
    let over =
        |f: &dyn Fn(&Run) -> f64| mean(&runs.iter().map(f).collect::<Vec<_>>());
    let differences: Vec<_> =
        runs.iter().zip(without).map(|(run, w)| run.held_out - w).collect();
    let curve = (0..runs[0].curve.len())
        .map(|i| [0, 1].map(|which| over(&|run| run.curve[i][which]).mean))
        .collect();
    Ending {
        name,
        training: over(&|run| run.training),
        held_out: over(&|run| run.held_out),
        difference: mean(&differences),
        curve,
    }
}
