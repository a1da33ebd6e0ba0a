//! What evaluation leaves out: the answer with all units on, beside the mean
//! over ten thousand masks, for more and more hidden layers.

use std::io::Write;

use chainrule::tasks::overfitting::noisy;
use chainrule::{
    Activation, Descent, Error, Network, Parameters, mc_dropout, mse, seeded,
    sine,
};
use chapters::cli::{Failure, Outcome};
use ndarray::Array2;

use crate::Args;

const UNITS: usize = 25;
const DEEPEST: usize = 4;
const MASKS: usize = 10_000;
/// Points of the held-out sine at which both are asked.
const POINTS: usize = 20;

pub fn print(out: &mut dyn Write, args: &Args) -> Outcome {
    writeln!(
        out,
        "evaluation beside the mean of {MASKS} masks, p = {}, {UNITS} units a layer\n",
        args.drop_prob.drop_prob()
    )?;
    writeln!(
        out,
        "hidden layers   apart by   chance alone   spread of one   error   of the mean"
    )?;
    for depth in 1..=DEEPEST {
        let network = train(args, depth)?;
        let [apart, chance, spread, error, of_mean] =
            compare(args, &network).map_err(Failure::at(args.steps()))?;
        writeln!(
            out,
            "{depth:<15} {apart:>8.3} {chance:>14.3} {spread:>15.2} {error:>7.2} {of_mean:>13.2}"
        )?;
    }
    writeln!(out)?;
    Ok(())
}

fn train(args: &Args, depth: usize) -> Result<Network, Failure> {
    let mut rng = seeded(args.seed);
    let task = noisy(15, &mut rng)?;
    let mut sizes = vec![UNITS; depth + 2];
    (sizes[0], sizes[depth + 1]) = (1, 1);
    let parameters = Parameters::xavier(&sizes, &mut rng)?;
    let mut network =
        Network::new(parameters, Activation::Tanh).with_dropout(args.drop_prob);
    let mut descent = Descent::new(args.small_rate())?;
    for step in 0..args.steps() {
        network
            .train_step(task.x.view(), task.y.view(), &mut descent, &mut rng)
            .map_err(Failure::at(step))?;
    }
    Ok(network)
}

/// Root mean squares over the points: how far evaluation is from the mean of
/// the masks, how far that mean is from that of all masks, and how far one
/// mask's answer is; then the errors of evaluation and of the mean.
fn compare(args: &Args, network: &Network) -> Result<[f64; 5], Error> {
    let (x, y) = sine(POINTS)?;
    let x = x.mapv(|x| 12.0 * x - 6.0);
    let evaluated = network.evaluate(x.view())?;
    let masks = mc_dropout(
        network.parameters(),
        network.activation(),
        network.dropout(),
        x.view(),
        MASKS,
        &mut seeded(args.seed),
    )?;
    let size = |all: &Array2<f64>| {
        let squares = all.iter().fold(0.0, |sum, v| sum + v * v);
        (squares / all.len() as f64).sqrt()
    };
    let spread = size(&masks.standard_deviation);
    Ok([
        size(&(&evaluated - &masks.mean)),
        spread / (MASKS as f64).sqrt(),
        spread,
        mse(evaluated.view(), y.view())?,
        mse(masks.mean.view(), y.view())?,
    ])
}
