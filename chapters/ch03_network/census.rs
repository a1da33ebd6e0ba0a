//! How many seeds get stuck: the same run from many beginnings; and whether
//! those that are stuck come free.

use std::io::Write;

use chainrule::Descent;
use chapters::ch03_network::curvatures::ground;
use chapters::cli::{self, Failure, Outcome, Progress};
use ndarray::Array2;

use crate::{Args, Run, train};

/// Bounds that separate the endings of the default run.
const BOUNDS: [f64; 4] = [0.1, 1.0, 10.0, f64::INFINITY];

/// A run that ends above this is stuck, and is followed until it is below FREE
/// or has taken so many times its steps.
const STUCK: f64 = 10.0;
const FREE: f64 = 1.0;
const PATIENCE: usize = 20;

/// The curvatures of larger networks would take too long.
const MOST_PARAMETERS: usize = 100;

/// Counts the endings of as many seeds.
///
/// # Errors
/// [`Failure::OneDiverged`] for the first seed that diverged, once all are
/// counted: to diverge is an ending like others, but no result.
pub fn print(
    out: &mut dyn Write,
    args: &Args,
    seeds: u64,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Outcome {
    let first = args.first_seed();
    let progress = Progress::new(seeds as usize * args.steps);
    let (mut endings, mut diverged) = (Vec::new(), Vec::new());
    let mut stuck = Vec::new();
    for seed in cli::seeds(first, seeds) {
        match train(args, seed, x, y, || progress.step()) {
            Ok(run) => {
                endings.push((run.final_loss, seed));
                if run.final_loss > STUCK {
                    stuck.push(followed(args, run, x, y)?);
                }
            }
            Err(failure @ Failure::Diverged { .. }) => {
                diverged.push(failure.of(format!("seed {seed}")));
            }
            Err(other) => return Err(other),
        }
    }
    drop(progress); // the bar makes room for the table
    let last = first.wrapping_add(seeds - 1);
    writeln!(out, "final loss of {seeds} runs, seeds {first} to {last}")?;
    between_bounds(out, &endings, diverged.len())?;
    best_to_worst(out, endings)?;
    if !stuck.is_empty() {
        writeln!(
            out,
            "\nthose above {STUCK}, and the step that finds them below {FREE}"
        )?;
        writeln!(
            out,
            "  seed        loss   ‖gradient‖   smallest curvature    free at"
        )?;
        stuck.iter().try_for_each(|row| writeln!(out, "{row}"))?;
    }
    diverged.into_iter().next().map_or(Ok(()), Err)
}

/// The row of a run that is stuck: what the ground is like where it stands, and
/// when it comes free.
fn followed(
    args: &Args,
    mut run: Run,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Result<String, Failure> {
    let mut row = format!("{:>6} {:>11.6}", run.seed, run.final_loss);
    if run.network.parameters().count() <= MOST_PARAMETERS {
        let ground =
            ground(&run.network, x, y).map_err(Failure::at(args.steps))?;
        let least = ground.curvatures[0];
        row += &format!("{:>13.6} {least:>20.6}", ground.slope);
    } else {
        row += &format!("{:>13} {:>20}", "-", "-");
    }
    let end = match follow(args, &mut run, x, y) {
        Ok(Some(step)) => step.to_string(),
        Ok(None) => format!("> {}", PATIENCE * args.steps),
        Err(Failure::Diverged { .. }) => "diverged".to_owned(),
        Err(other) => return Err(other),
    };
    Ok(row + &format!(" {end:>10}"))
}

/// Carries a run on; returns the first step whose loss is below [`FREE`].
fn follow(
    args: &Args,
    run: &mut Run,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Result<Option<usize>, Failure> {
    let mut descent = Descent::new(args.learning_rate)?;
    for step in args.steps..PATIENCE * args.steps {
        let loss = run
            .network
            .train_step(x.view(), y.view(), &mut descent, &mut run.rng)
            .map_err(Failure::at(step))?;
        if loss < FREE {
            return Ok(Some(step));
        }
    }
    Ok(None)
}

/// How many runs ended between two bounds, and how many not at all.
fn between_bounds(
    out: &mut dyn Write,
    endings: &[(f64, u64)],
    diverged: usize,
) -> Outcome {
    let mut low = 0.0;
    for high in BOUNDS {
        let inside = |(loss, _): &&(f64, u64)| (low..high).contains(loss);
        let count = endings.iter().filter(inside).count();
        let bound = match high {
            f64::INFINITY => "above".to_owned(),
            high => format!("below {high}"),
        };
        writeln!(out, "{bound:>12} {count:>6}")?;
        low = high;
    }
    if diverged > 0 {
        writeln!(out, "{:>12} {diverged:>6}", "diverged")?;
    }
    Ok(())
}

/// The first, the middle and the last of the runs in order of their loss.
fn best_to_worst(out: &mut dyn Write, mut endings: Vec<(f64, u64)>) -> Outcome {
    endings.sort_by(|a, b| a.0.total_cmp(&b.0));
    let last = endings.len().saturating_sub(1);
    let places = [("best", 0), ("median", endings.len() / 2), ("worst", last)];
    for (name, at) in places {
        if let Some((loss, seed)) = endings.get(at) {
            writeln!(out, "{name:>12} {loss:>12.6}  (seed {seed})")?;
        }
    }
    Ok(())
}
