//! One run of training, with a remedy against overfitting or with none.

use chainrule::tasks::overfitting::{Task, noisy};
use chainrule::{Descent, Dropout, Network, Parameters, seeded};
use chapters::cli::Failure;
use ndarray::{Array2, Axis};

use crate::Args;
use crate::validation::validation;

/// What is done against overfitting.
#[derive(Clone, Copy)]
pub enum Remedy {
    Dropout(Dropout),
    /// The inputs are dropped, and no hidden unit.
    Inputs(Dropout),
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
    /// The errors at each step that was asked for.
    pub looks: Vec<Look>,
    /// Training and held-out error at every hundredth step.
    pub curve: Vec<[f64; 2]>,
}

/// Mean squared errors of the network that its remedy would hand over at one
/// step.
#[derive(Clone, Copy)]
pub struct Look {
    /// On the given samples.
    pub training: f64,
    /// On the validation samples.
    pub validation: f64,
    /// On the held-out points.
    pub held_out: f64,
}

impl Scores {
    /// The errors at the last step.
    pub fn end(&self) -> Look {
        self.looks[self.looks.len() - 1]
    }
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

/// Trains, and looks at the end.
pub fn train(args: &Args, seed: u64, remedy: Remedy) -> Result<Run, Failure> {
    train_and_look(args, seed, remedy, &[args.steps()])
}

/// Trains, and looks at the errors at each of these steps.
pub fn train_and_look(
    args: &Args,
    seed: u64,
    remedy: Remedy,
    looks_at: &[usize],
) -> Result<Run, Failure> {
    let mut rng = seeded(seed);
    let task = noisy(args.samples, &mut rng)?;
    let validation = validation(seed);
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
    let (mut curve, mut looks) = (Vec::new(), Vec::new());
    let mut best: Option<(f64, Network)> = None;
    for step in 0..=args.steps() {
        let last = step == args.steps();
        let at = |network: &Network, (x, y): (&Array2<f64>, &Array2<f64>)| {
            network.loss(x.view(), y.view()).map_err(Failure::at(step))
        };
        let given = (&task.x, &task.y);
        let held_out = (&task.held_x, &task.held_y);
        if step % 100 == 0 || last {
            curve.push([at(&network, given)?, at(&network, held_out)?]);
            if stopping {
                let now = at(&network, (&watch_on.0, &watch_on.1))?;
                if best.as_ref().is_none_or(|(lowest, _)| now < *lowest) {
                    best = Some((now, network.clone()));
                }
            }
        }
        for _ in looks_at.iter().filter(|look| **look == step) {
            let network = best.as_ref().map_or(&network, |(_, kept)| kept);
            looks.push(Look {
                training: at(network, given)?,
                validation: at(network, (&validation.0, &validation.1))?,
                held_out: at(network, held_out)?,
            });
        }
        if last {
            break;
        }
        // ANCHOR: step
        network = network.with_dropout(remedy.dropout(step));
        let seen = match remedy {
            Remedy::Inputs(dropout) => {
                &dropout.draw(x.dim(), &mut rng)?.apply(x.view())?
            }
            _ => &x,
        };
        network
            .train_step(seen.view(), y.view(), &mut descent, &mut rng)
            .map_err(Failure::at(step))?;
        // ANCHOR_END: step
    }
    if let Some((_, kept)) = best {
        network = kept;
    }
    Ok(Run { task, network, scores: Scores { looks, curve } })
}

/// The samples to learn from, and the samples to watch.
fn split(samples: usize, stopping: bool) -> [Vec<usize>; 2] {
    let watched = |s: &usize| stopping && s % 5 == 2;
    let (watched, learned) = (0..samples).partition(watched);
    [learned, watched]
}
