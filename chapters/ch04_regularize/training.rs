//! One run of training, with a remedy against overfitting or with none.

use chainrule::tasks::overfitting::{Task, noisy};
use chainrule::{
    Activation, Buffers, Dropout, Error, Parameters, backward, decay, evaluate,
    forward_dropout, mse, seeded, update,
};
use chapters::cli::Failure;
use ndarray::{Array2, Axis};

use crate::Args;

/// What is done against overfitting.
#[derive(Clone, Copy)]
pub enum Remedy {
    Dropout(Dropout),
    /// Dropout from this step on.
    LateDropout {
        dropout: Dropout,
        from: usize,
    },
    /// L2, with this weight decay λ.
    WeightDecay(f64),
    /// Every fifth sample is watched, not learned from; the parameters at
    /// which its error was lowest are kept.
    EarlyStopping,
}

/// One trained network and how it got there.
pub struct Run {
    pub task: Task,
    pub parameters: Parameters,
    /// Mean squared error on the given samples, and on the held-out points.
    pub training: f64,
    pub held_out: f64,
    /// The same two at every hundredth step.
    pub curve: Vec<[f64; 2]>,
}

pub fn train(args: &Args, seed: u64, remedy: Remedy) -> Result<Run, Failure> {
    let mut rng = seeded(seed);
    let task = noisy(args.samples, &mut rng)?;
    let mut parameters = Parameters::xavier(&args.layers.0, &mut rng)?;
    let (later, from, weight_decay) = match remedy {
        Remedy::Dropout(dropout) => (dropout, 0, 0.0),
        Remedy::LateDropout { dropout, from } => (dropout, from, 0.0),
        Remedy::WeightDecay(lambda) => (Dropout::NONE, 0, lambda),
        Remedy::EarlyStopping => (Dropout::NONE, 0, 0.0),
    };
    let stopping = matches!(remedy, Remedy::EarlyStopping);
    let [learned, watched] = split(args.samples.into(), stopping);
    let part = |all: &Array2<f64>, which: &[usize]| all.select(Axis(1), which);
    let (x, y) = (part(&task.x, &learned), part(&task.y, &learned));
    let watch_on = (part(&task.x, &watched), part(&task.y, &watched));

    let mut buffers = Buffers::new();
    let mut curve = Vec::new();
    let mut best: Option<(f64, Parameters)> = None;
    for step in 0..=args.steps() {
        if step % 100 == 0 || step == args.steps() {
            let at = |x, y| {
                error(&parameters, args.activation, x, y)
                    .map_err(Failure::at(step))
            };
            curve
                .push([at(&task.x, &task.y)?, at(&task.held_x, &task.held_y)?]);
            if stopping {
                let now = at(&watch_on.0, &watch_on.1)?;
                if best.as_ref().is_none_or(|(lowest, _)| now < *lowest) {
                    best = Some((now, parameters.clone()));
                }
            }
        }
        if step == args.steps() {
            break;
        }
        let dropout = if step < from { Dropout::NONE } else { later };
        // ANCHOR: step
        let pass = forward_dropout(
            &parameters,
            args.activation,
            dropout,
            x.view(),
            &mut rng,
            &mut buffers,
        )
        .map_err(Failure::at(step))?;
        let gradients = backward(pass, y.view())?;
        decay(&mut parameters, args.learning_rate, weight_decay)?;
        update(&mut parameters, gradients, args.learning_rate)
            .map_err(Failure::at(step))?;
        // ANCHOR_END: step
    }
    if let Some((_, kept)) = best {
        parameters = kept;
    }
    let at = |x, y| error(&parameters, args.activation, x, y);
    let training = at(&task.x, &task.y)?;
    let held_out = at(&task.held_x, &task.held_y)?;
    Ok(Run { task, parameters, training, held_out, curve })
}

/// The samples to learn from, and the samples to watch.
fn split(samples: usize, stopping: bool) -> [Vec<usize>; 2] {
    let watched = |s: &usize| stopping && s % 5 == 2;
    let (watched, learned) = (0..samples).partition(watched);
    [learned, watched]
}

/// Every unit in its place: evaluation has no generator to toss coins with.
fn error(
    parameters: &Parameters,
    activation: Activation,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Result<f64, Error> {
    mse(evaluate(parameters, activation, x.view())?.view(), y.view())
}
