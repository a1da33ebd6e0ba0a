//! From which width a device pays: a step of wider and wider networks.

use std::io::Write;
use std::time::Instant;

use burn::tensor::{DType, Device};
use chainrule::{Mask, seeded};
use chapters::cli::{Failure, Outcome};
use shared::task::{Kind, Task};

use crate::args::Args;
use crate::network::train;

/// The units of each of two hidden layers.
const WIDTHS: [usize; 4] = [32, 128, 512, 2048];
/// How many samples there are.
const SAMPLES: usize = 512;
/// Enough steps for what is done once to be a small part.
const STEPS: usize = 20;

/// Milliseconds a step, on the processor and on the device.
pub fn print(out: &mut dyn Write, args: &Args, device: &Device) -> Outcome {
    if cfg!(debug_assertions) {
        let line = "--widths: with cargo run --release, or it times loops that are not optimised";
        return Err(Failure::Refused(line.to_owned()));
    }
    writeln!(out, "ms a step, 32 bits, {SAMPLES} samples, two hidden layers")?;
    let name = args.device.to_string();
    writeln!(out, "{:>12} {:>9} {name:>9}", "units", "flex")?;
    let flex = Device::flex();
    for width in WIDTHS {
        let mut rng = seeded(args.seed);
        let hidden = [width, width];
        let task = Task::draw(Kind::Spirals, &hidden, SAMPLES, &mut rng)?;
        let draw = |_| args.drop_prob.draw((width, SAMPLES), &mut rng);
        let masks: Vec<Mask> =
            (0..2).map(draw).collect::<chainrule::Result<_>>()?;
        let [flex, other] =
            [&flex, device].map(|device| milliseconds(&task, &masks, device));
        writeln!(out, "width {width:>6} {flex:>9.2} {other:>9.2}")?;
        out.flush()?;
    }
    Ok(())
}

/// The second of two runs: in the first a GPU's programs are compiled.
fn milliseconds(task: &Task, masks: &[Mask], device: &Device) -> f64 {
    let device = device.clone().autodiff();
    let masks = vec![masks.to_vec(); STEPS];
    let run = || {
        let start = Instant::now();
        train(task, &masks, 0.01, (&device, DType::F32));
        start.elapsed().as_secs_f64()
    };
    run();
    1e3 * run() / STEPS as f64
}
