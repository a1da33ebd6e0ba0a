//! Networks that differ in their start alone: what they disagree about is a
//! band, too.
//!
//! Lakshminarayanan, Pritzel & Blundell (2017), *Simple and scalable predictive
//! uncertainty estimation using deep ensembles*.

use std::io::Write;

use chainrule::tasks::gap::Task;
use chainrule::{Network, Parameters, Predictive, Result, seeded};
use chapters::cli::Failure;
use ndarray::Array2;

use crate::regions::{self, NAMES, Region};
use crate::{Args, learn};

/// How many networks: the paper's choice.
pub const MEMBERS: usize = 5;

/// Networks without dropout, and the data that they learn.
pub struct Ensemble {
    task: Task,
    members: Vec<Network>,
    seed: u64,
    steps: usize,
}

impl Ensemble {
    /// Draws the data of the seed, and a start for each network.
    pub fn draw(args: &Args) -> Result<Ensemble> {
        let mut rng = seeded(args.seed);
        let task = Task::with_samples(args.samples, args.gap, &mut rng)?;
        let members = (0..MEMBERS).map(|_| {
            let parameters = Parameters::xavier(&args.layers.0, &mut rng)?;
            Ok(Network::new(parameters, args.activation))
        });
        let members = members.collect::<Result<_>>()?;
        Ok(Ensemble { task, members, seed: args.seed, steps: 0 })
    }

    /// Trains every network so many steps more.
    pub fn learn(
        &mut self,
        args: &Args,
        steps: usize,
        mut tick: impl FnMut(),
    ) -> Result<(), Failure> {
        let Ensemble { task, members, steps: before, .. } = self;
        let mut rng = seeded(0); // without dropout it is never asked
        for network in members {
            learn(args, task, network, steps, &mut rng, &mut tick)
                .map_err(|failure| failure.after(*before))?;
        }
        *before += steps;
        Ok(())
    }

    /// The mean of the networks' answers, and how far they lie apart.
    // ANCHOR: ask
    pub fn ask(&self, x: &Array2<f64>) -> Result<Predictive, Failure> {
        let answers = self.members.iter().map(|it| it.evaluate(x.view()));
        let answers = answers
            .collect::<Result<Vec<_>>>()
            .map_err(Failure::at(self.steps))?;
        let (none, n) = (Array2::zeros(x.dim()), answers.len() as f64);
        let mean = answers.iter().fold(none.clone(), |sum, a| sum + a) / n;
        let squares = answers.iter().fold(none, |sum, a| {
            let distance = a - &mean;
            sum + &distance * &distance
        });
        let standard_deviation = (squares / (n - 1.0)).mapv(f64::sqrt);
        Ok(Predictive { mean, standard_deviation })
    }
    // ANCHOR_END: ask

    /// Judges them as the band is judged.
    pub fn measure(&self) -> Result<[Region; 3], Failure> {
        let mut rng = seeded(!self.seed); // other coins than those of the data
        regions::judged(self.task.gap, &mut rng, |x, _| self.ask(x))
    }
}

/// How long each network learns, if all of them may cost what one does.
pub fn share(args: &Args) -> usize {
    args.steps.div_ceil(MEMBERS)
}

/// Trains an ensemble for the cost of one network, and prints what it is worth.
pub fn report(out: &mut dyn Write, args: &Args) -> Result<Ensemble, Failure> {
    let mut ensemble = Ensemble::draw(args)?;
    ensemble.learn(args, share(args), || ())?;
    let steps = share(args);
    writeln!(out, "\nfive networks without dropout, {steps} steps each")?;
    for (name, region) in NAMES.into_iter().zip(ensemble.measure()?) {
        regions::row(out, &format!("5 {name}"), region)?;
    }
    Ok(ensemble)
}
