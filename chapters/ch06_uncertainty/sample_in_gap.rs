//! What one sample in the gap does to the band.

use std::io::Write;

use chainrule::{ChaCha8Rng, Network};
use chapters::cli::Failure;

use crate::regions::{measure, row};
use crate::{Args, learn, train};
use chainrule::tasks::gap::{Task, truth};

/// How long the network goes on learning.
const STEPS: usize = 3000;

/// Puts the sample next to the gap into its middle, and trains on; returns
/// where that is.
pub fn put(
    args: &Args,
    task: &mut Task,
    network: &mut Network,
    steps: usize,
    rng: &mut ChaCha8Rng,
    tick: impl FnMut(),
) -> Result<f64, Failure> {
    // ANCHOR: moved
    let x = (task.gap.low + task.gap.high) / 2.0;
    task.put(task.nearest(x), x, truth(x));
    learn(args, task, network, steps, rng, tick)
        .map_err(|failure| failure.after(args.steps))?;
    // ANCHOR_END: moved
    Ok(x)
}

/// Repeats the run, with the sample in the gap at its end.
pub fn report(
    out: &mut dyn Write,
    args: &Args,
) -> Result<(Task, Network, ChaCha8Rng), Failure> {
    let (mut task, mut network, mut rng) = train(args, || ())?;
    let x = put(args, &mut task, &mut network, STEPS, &mut rng, || ())?;
    writeln!(out, "\none sample moved to x = {x}, y = {}", truth(x))?;
    let (x, y) = task.data();
    let steps = args.steps + STEPS;
    let loss = network.loss(x.view(), y.view()).map_err(Failure::at(steps))?;
    writeln!(out, "loss on the data {STEPS} steps later  {loss:.4}")?;
    let [_, gap, _] = measure(args, &task, &network, &mut rng)?;
    row(out, "moved", gap)?;
    Ok((task, network, rng))
}
