//! Dropout switched on in the middle of a run.

use std::io::Write;

use chapters::cli::{Folder, Outcome, Progress};

use crate::overfit::seeds;
use crate::training::{Remedy, train};
use crate::{Args, figures};
use chapters::spread::{mean_of, over_seeds};

/// Trains for twice the steps of the other runs, the second half with dropout.
pub fn print(out: &mut dyn Write, args: &Args, folder: &Folder) -> Outcome {
    let switch = args.steps();
    let args = Args { steps: Some(2 * switch), ..args.clone() };
    let remedy = Remedy::LateDropout { dropout: args.drop_prob, from: switch };
    let progress = Progress::new(args.seeds as usize);
    let runs = over_seeds(&seeds(&args), &progress, |seed| {
        Ok(train(&args, seed, remedy)?.scores)
    })?;
    drop(progress);

    let over = |i: usize| {
        [0, 1].map(|which| mean_of(&runs, |run| run.curve[i][which]))
    };
    writeln!(
        out,
        "\ndropout {} switched on at step {switch}",
        args.drop_prob.drop_prob()
    )?;
    writeln!(out, "step                training        held out")?;
    let last = runs[0].curve.len() - 1;
    for i in [switch.div_ceil(100), last] {
        let step = (100 * i).min(2 * switch);
        let [training, held_out] = over(i);
        writeln!(out, "{step:<14} {training:>13} {held_out:>15}")?;
    }
    let curve = (0..=last).map(|i| over(i).map(|error| error.mean)).collect();
    let figure = figures::switched(curve, switch);
    folder.save_all(out, [("ch04_regularize_switched", figure)])
}
