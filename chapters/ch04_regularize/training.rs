//! One run of training, with a remedy against overfitting or with none.

use chainrule::tasks::overfitting::{Task, noisy};
use chainrule::{Descent, Dropout, Network, Parameters, seeded};
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

/// One trained network, and what it came to.
pub struct Run {
    pub task: Task,
    pub network: Network,
    pub scores: Scores,
}

/// What a run came to: of many runs, this is all that is kept. A network for
/// every seed might not fit into memory.
pub struct Scores {
    /// Mean squared error on the given samples, and on the held-out points.
    pub training: f64,
    pub held_out: f64,
    /// The same two at every hundredth step.
    pub curve: Vec<[f64; 2]>,
}

impl Remedy {
    /// The dropout of this step.
    fn dropout(self, step: usize) -> Dropout {
        match self {
            Remedy::Dropout(dropout) => dropout,
            Remedy::LateDropout { dropout, from } if step >= from => dropout,
            _ => Dropout::NONE,
        }
    }

    fn weight_decay(self) -> f64 {
        match self {
            Remedy::WeightDecay(lambda) => lambda,
            _ => 0.0,
        }
    }
}

pub fn train(args: &Args, seed: u64, remedy: Remedy) -> Result<Run, Failure> {
    let mut rng = seeded(seed);
    let task = noisy(args.samples, &mut rng)?;
    let parameters = Parameters::xavier(&args.layers.0, &mut rng)?;
    let stopping = matches!(remedy, Remedy::EarlyStopping);
    let [learned, watched] = split(args.samples.into(), stopping);
    let part = |all: &Array2<f64>, which: &[usize]| all.select(Axis(1), which);
    let (x, y) = (part(&task.x, &learned), part(&task.y, &learned));
    let watch_on = (part(&task.x, &watched), part(&task.y, &watched));

    // ANCHOR: remedy
    let mut network = Network::new(parameters, args.activation);
    let mut descent = Descent::new(args.learning_rate)?
        .with_weight_decay(remedy.weight_decay())
        .map_err(Failure::at(0))?;
    // ANCHOR_END: remedy
    let mut curve = Vec::new();
    let mut best: Option<(f64, Network)> = None;
    for step in 0..=args.steps() {
        if step % 100 == 0 || step == args.steps() {
            let at = |x, y| error(&network, x, y).map_err(Failure::at(step));
            curve
                .push([at(&task.x, &task.y)?, at(&task.held_x, &task.held_y)?]);
            if stopping {
                let now = at(&watch_on.0, &watch_on.1)?;
                if best.as_ref().is_none_or(|(lowest, _)| now < *lowest) {
                    best = Some((now, network.clone()));
                }
            }
        }
        if step == args.steps() {
            break;
        }
        // ANCHOR: step
        network = network.with_dropout(remedy.dropout(step));
        network
            .train_step(x.view(), y.view(), &mut descent, &mut rng)
            .map_err(Failure::at(step))?;
        // ANCHOR_END: step
    }
    if let Some((_, kept)) = best {
        network = kept;
    }
    let ending =
        |x, y| error(&network, x, y).map_err(Failure::at(args.steps()));
    let training = ending(&task.x, &task.y)?;
    let held_out = ending(&task.held_x, &task.held_y)?;
    Ok(Run { task, network, scores: Scores { training, held_out, curve } })
}

/// The samples to learn from, and the samples to watch.
fn split(samples: usize, stopping: bool) -> [Vec<usize>; 2] {
    let watched = |s: &usize| stopping && s % 5 == 2;
    let (watched, learned) = (0..samples).partition(watched);
    [learned, watched]
}

/// Every unit in its place: evaluation has no generator to toss coins with.
fn error(
    network: &Network,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> chainrule::Result<f64> {
    network.loss(x.view(), y.view())
}
