//! Training time as an axis: losses after several numbers of steps, from many
//! seeds, with a mistake and without.

use std::io::Write;

use chainrule::{ChaCha8Rng, seeded};
use chapters::ch05_gradient_check::gallery::bug::Bug;
use chapters::ch05_gradient_check::gallery::code::{Code, RIGHT};
use chapters::cli::{self, Failure, Outcome, Progress};
use chapters::plain::{Matrix, cost};
use chapters::spread::over_seeds;

use crate::Args;
use crate::training::Training;

/// Masks that a cost with dropout is averaged over.
const DRAWS: usize = 200;

/// What is trained: this code, on the network that shows the mistake `on`.
#[derive(Clone, Copy)]
struct Subject {
    on: Bug,
    bug: Bug,
    drop_prob: f64,
}

/// The losses at one budget.
#[derive(Clone, Copy)]
struct Losses {
    /// With dropout off, as the program prints it.
    off: f64,
    /// With masks of the right code.
    right_masks: f64,
    /// With masks as the program draws them.
    own_masks: f64,
}

/// Seed by seed: the loss with the mistake, without it, and without dropout.
pub fn one(
    out: &mut dyn Write,
    args: &Args,
    budgets: &[usize],
    bug: Bug,
) -> Outcome {
    let drop_prob = args.drop_prob.drop_prob();
    let subjects = [
        ("mistake", Subject { on: bug, bug, drop_prob }),
        ("right", Subject { on: bug, bug: Bug::None, drop_prob }),
        ("p = 0", Subject { on: bug, bug: Bug::None, drop_prob: 0.0 }),
    ];
    let progress = progress(args, budgets, subjects.len());
    let runs = subjects.map(|(name, subject)| {
        let runs = from_every_seed(args, budgets, subject, 0, &progress);
        runs.map(|runs| (name, runs))
    });
    drop(progress); // the bar makes room for the table
    writeln!(
        out,
        "loss with {bug}, of the right code, and of that at p = 0\n"
    )?;
    let seeds: String = cli::seeds(args.seed, args.seeds)
        .map(|seed| format!("{seed:>8}"))
        .collect();
    writeln!(out, "{:14}{seeds}  middle", "steps, seed")?;
    let runs = runs.into_iter().collect::<Result<Vec<_>, _>>()?;
    for (at, steps) in budgets.iter().enumerate() {
        for (name, runs) in &runs {
            let losses: Vec<f64> = runs.iter().map(|run| run[at].off).collect();
            let label = format!("{steps} {name}");
            let cells: String =
                losses.iter().map(|loss| format!("{loss:>8.3}")).collect();
            writeln!(out, "{label:14}{cells}{:>8.3}", middle(losses))?;
        }
    }
    Ok(())
}

/// Every mistake: the middle of the seeds, and how often it is lower than the
/// right code, with dropout off and on.
pub fn all(out: &mut dyn Write, args: &Args, budgets: &[usize]) -> Outcome {
    let drop_prob = args.drop_prob.drop_prob();
    let mut networks: Vec<&[usize]> = Vec::new();
    for bug in Bug::all().filter(|bug| *bug != Bug::UnfrozenCheck) {
        if !networks.contains(&bug.sizes()) {
            networks.push(bug.sizes());
        }
    }
    let of = |sizes: &[usize]| {
        let all = Bug::all().filter(|bug| *bug != Bug::UnfrozenCheck);
        all.filter(|bug| bug.sizes() == sizes).collect::<Vec<_>>()
    };
    let count = networks.iter().map(|sizes| of(sizes).len() + 2).sum();
    let progress = progress(args, budgets, count);
    let heading: String =
        budgets.iter().map(|steps| format!("{steps:>12}")).collect();
    let mut later = Vec::new();
    progress.suspend(|| {
        writeln!(
            out,
            "middle loss of {} seeds, and of how many it is below the right \
             code\'s\n\n{:30}{heading}",
            args.seeds, "dropout off"
        )
    })?;
    for sizes in networks {
        let bugs = of(sizes);
        let on = bugs[0];
        let train =
            |subject| from_every_seed(args, budgets, subject, DRAWS, &progress);
        let right = train(Subject { on, bug: Bug::None, drop_prob })?;
        let off = train(Subject { on, bug: Bug::None, drop_prob: 0.0 })?;
        let name = format!("right code {sizes:?}");
        let mut rows = vec![(name, right.clone(), false)];
        rows.push((format!("p = 0 {sizes:?}"), off, false));
        for (k, row) in rows.iter().enumerate() {
            let versus = (k > 0).then_some(&right);
            progress.suspend(|| line(out, "off", row, versus, |l| l.off))?;
        }
        for bug in bugs {
            let runs = train(Subject { on: bug, bug, drop_prob })?;
            let row = (bug.to_string(), runs, bug.has_own_masks());
            progress
                .suspend(|| line(out, "off", &row, Some(&right), |l| l.off))?;
            rows.push(row);
        }
        later.push((right, rows));
    }
    drop(progress);
    writeln!(out, "\n{:30}{heading}", "dropout on, independent masks")?;
    for (right, rows) in &later {
        for (k, row) in rows.iter().enumerate() {
            let versus = (k > 0).then_some(right);
            line(out, "on", row, versus, |losses| losses.right_masks)?;
        }
    }
    writeln!(out, "\n{:30}{heading}", "dropout on, its own masks")?;
    for (right, rows) in &later {
        for row in rows.iter().filter(|row| row.2) {
            line(out, "own", row, Some(right), |losses| losses.own_masks)?;
        }
    }
    Ok(())
}

/// A name, what it came to seed by seed and budget by budget, and whether it
/// has masks of its own.
type Row = (String, Vec<Vec<Losses>>, bool);

fn line(
    out: &mut dyn Write,
    key: &str,
    (name, runs, _): &Row,
    versus: Option<&Vec<Vec<Losses>>>,
    of: fn(&Losses) -> f64,
) -> std::io::Result<()> {
    let budgets = runs.first().map_or(0, Vec::len);
    let cells: String = (0..budgets)
        .map(|at| {
            let losses = runs.iter().map(|run| of(&run[at]));
            let middle = middle(losses.clone().collect());
            let lower = versus.map(|right| {
                let right = right.iter().map(|run| of(&run[at]));
                losses.zip(right).filter(|(a, b)| is_below(*a, *b)).count()
            });
            let lower = lower.map_or(String::new(), |n| n.to_string());
            format!("{middle:>9.3}{lower:>3}")
        })
        .collect();
    let label = format!("{key} {name}");
    writeln!(out, "{:30}{}", label, cells.trim_end())?;
    out.flush()
}

/// Below by more than rounding: the last digits of two correct programs part.
fn is_below(a: f64, b: f64) -> bool {
    a < b * (1.0 - 1e-6)
}

/// The bar for so many subjects.
fn progress(args: &Args, budgets: &[usize], subjects: usize) -> Progress {
    let steps = budgets.last().copied().unwrap_or(0);
    Progress::new(subjects * args.seeds as usize * (steps + 1))
}

/// Trains from every seed; the results are in order of seeds.
fn from_every_seed(
    args: &Args,
    budgets: &[usize],
    subject: Subject,
    draws: usize,
    progress: &Progress,
) -> Result<Vec<Vec<Losses>>, Failure> {
    let seeds: Vec<u64> = cli::seeds(args.seed, args.seeds).collect();
    over_seeds(&seeds, progress, |seed| {
        let run = train(args, budgets, subject, seed, draws, progress);
        run.map_err(|failure| failure.of(format!("seed {seed}")))
    })
}

/// Trains from one seed, and looks at each budget.
fn train(
    args: &Args,
    budgets: &[usize],
    subject: Subject,
    seed: u64,
    draws: usize,
    progress: &Progress,
) -> Result<Vec<Losses>, Failure> {
    let Subject { on, bug, drop_prob } = subject;
    let mut training = Training::new(on.sizes(), bug, seed, drop_prob)?;
    let mut done = 0;
    let mut all = Vec::new();
    for &steps in budgets {
        for _ in done..steps {
            training.step(args.learning_rate)?;
            progress.step();
        }
        done = steps;
        let off = training.loss()?;
        let p = args.drop_prob.drop_prob();
        let rng = &mut seeded(seed.wrapping_add(2));
        let right_masks = masked_cost(&training, RIGHT, p, draws, rng);
        let code = training.network.code;
        let own_masks = masked_cost(&training, code, p, draws, rng);
        all.push(Losses { off, right_masks, own_masks });
    }
    Ok(all)
}

/// The mean cost over so many masks that `code` draws.
fn masked_cost(
    training: &Training,
    code: Code,
    p: f64,
    draws: usize,
    rng: &mut ChaCha8Rng,
) -> f64 {
    let (network, x) = (&training.network, &training.x);
    let one = || {
        let masks: Vec<Matrix> =
            (code.masks)(&network.layers, p, x.ncols(), rng);
        cost(network.forward(x, &masks).output(), &training.y)
    };
    let costs = std::iter::repeat_with(one).take(draws);
    costs.fold(0.0, |sum, cost| sum + cost) / draws as f64
}

/// The middle value; of an even number the mean of the two in the middle.
fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    if values.len() % 2 == 1 {
        values[half]
    } else {
        (values[half - 1] + values[half]) / 2.0
    }
}
