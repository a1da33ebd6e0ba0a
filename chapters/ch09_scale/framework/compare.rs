//! Step by step: the losses of burn and of the core crate.

use std::io::Write;

use burn::tensor::{DType, Device};
use chainrule::{Buffers, Mask, forward_masked, seeded, update};
use chapters::cli::{Failure, Outcome};
use shared::setting::list;
use shared::task::{Kind, Task};

use crate::args::Args;
use crate::device::Name;
use crate::network::train;
use crate::{within, worst};

/// How many samples each task has.
pub const SAMPLES: usize = 96;

/// How far apart losses may be in 64 bits, and in 32.
const BOUNDS: [(DType, &str, f64); 2] =
    [(DType::F64, "64 bits", 1e-12), (DType::F32, "32 bits", 1e-5)];

/// Compares one task.
pub fn print(
    out: &mut dyn Write,
    args: &Args,
    kind: Kind,
    device: &Device,
) -> Outcome {
    let mut rng = seeded(args.seed);
    let task = Task::draw(kind, &kind.hidden(), SAMPLES, &mut rng)?;
    let eta = args.learning_rate.unwrap_or(kind.learning_rate());
    let sizes = task.parameters.sizes();
    let hidden = &sizes[1..sizes.len() - 1];
    let draw = |units: &usize| args.drop_prob.draw((*units, SAMPLES), &mut rng);
    let draws = hidden.iter().cycle().take(args.steps * hidden.len());
    let masks = draws.map(draw).collect::<chainrule::Result<Vec<_>>>()?;
    let masks: Vec<Vec<Mask>> =
        masks.chunks(hidden.len()).map(<[Mask]>::to_vec).collect();

    let ours = losses(&task, &masks, eta)?;
    writeln!(
        out,
        "{kind} [{}], p {}, learning rate {eta}, {} steps",
        list(&sizes),
        args.drop_prob.drop_prob(),
        args.steps
    )?;
    let last = ours.len() - 1;
    writeln!(out, "loss, the core crate: {:.9} to {:.9}", ours[0], ours[last])?;
    let device = device.clone().autodiff();
    for (dtype, width, bound) in BOUNDS {
        if args.device == Name::Wgpu && dtype != DType::F32 {
            continue;
        }
        let theirs = train(&task, &masks, eta, (&device, dtype));
        if dtype == DType::F64 {
            let [first, last] = [theirs[0], theirs[last]];
            writeln!(out, "loss, burn:           {first:.9} to {last:.9}")?;
        }
        let apart = within(worst(&ours, &theirs), bound);
        writeln!(out, "{kind}, {width}, relative difference: {apart}")?;
    }
    writeln!(out)?;
    Ok(())
}

/// The core crate's losses with these masks.
fn losses(
    task: &Task,
    masks: &[Vec<Mask>],
    eta: f64,
) -> Result<Vec<f64>, Failure> {
    let mut parameters = task.parameters.clone();
    let mut buffers = Buffers::new();
    let mut losses = Vec::new();
    let (x, y) = (task.x.view(), task.y.view());
    for (step, masks) in masks.iter().enumerate() {
        let mut once = || {
            let f = task.activation;
            let pass = forward_masked(&parameters, f, masks, x, &mut buffers)?;
            losses.push(task.loss.value(pass.output(), y)?);
            let gradients = task.loss.backward(pass, y)?;
            update(&mut parameters, gradients, eta)
        };
        once().map_err(Failure::at(step))?;
    }
    Ok(losses)
}
