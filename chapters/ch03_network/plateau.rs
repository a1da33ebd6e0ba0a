//! A loss that stands still: is it a minimum? One run, looked at on its way.

use std::io::Write;

use chainrule::{Buffers, Descent, Error, Network, forward, seeded};
use chapters::ch03_network::curvatures::ground;
use chapters::cli::{Failure, Folder, Outcome, Progress};
use ndarray::{Array2, ArrayView1};

use crate::{Args, figures};

const STEPS: usize = 100_000;

/// How many steps lie between two looks at the ground.
const STRIDE: usize = 10_000;

/// The steps whose units are drawn.
const DRAWN: [usize; 3] = [50_000, 70_000, STEPS];

/// Curves over x.
pub type Curves = Vec<Vec<(f64, f64)>>;

pub fn print(
    out: &mut dyn Write,
    args: &Args,
    folder: &Folder,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Outcome {
    let mut rng = seeded(args.first_seed());
    let parameters = args.init.draw(&args.layers.0, &mut rng)?;
    let mut network =
        Network::new(parameters, args.activation).with_dropout(args.drop_prob);
    let mut descent = Descent::new(args.learning_rate)?;
    let layers = &args.layers.0;
    writeln!(
        out,
        "layers {layers:?}, {}, seed {}",
        args.activation,
        args.first_seed()
    )?;
    writeln!(
        out,
        "\n  step        loss   ‖gradient‖   smallest curvature   largest"
    )?;
    let progress = Progress::new(STEPS);
    let mut drawn = Vec::new();
    for step in 0..=STEPS {
        if step % STRIDE == 0 {
            let row = row(&network, step, x, y).map_err(Failure::at(step))?;
            progress.suspend(|| writeln!(out, "{row}"))?;
        }
        if DRAWN.contains(&step) {
            let curves = shares(&network, x).map_err(Failure::at(step))?;
            drawn.push((step, curves));
        }
        if step < STEPS {
            network
                .train_step(x.view(), y.view(), &mut descent, &mut rng)
                .map_err(Failure::at(step))?;
        }
        progress.step();
    }
    drop(progress);
    let data: Vec<_> = x.iter().copied().zip(y.iter().copied()).collect();
    folder.save_all(out, [("ch03_network_units", figures::units(&data, drawn))])
}

/// What the loss is at a step, and what the ground is like there.
fn row(
    network: &Network,
    step: usize,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Result<String, Error> {
    let loss = network.loss(x.view(), y.view())?;
    let ground = ground(network, x, y)?;
    let (slope, all) = (ground.slope, ground.curvatures);
    let (least, most) = (all[0], all[all.len() - 1]);
    Ok(format!(
        "{step:>6} {loss:>11.6} {slope:>12.6} {least:>20.6} {most:>9.3}"
    ))
}

/// The curve that each unit of the last hidden layer adds to the output, w·a,
/// and last the output itself.
fn shares(network: &Network, x: &Array2<f64>) -> Result<Curves, Error> {
    let mut buffers = Buffers::new();
    let f = network.activation();
    let pass = forward(network.parameters(), f, x.view(), &mut buffers)?;
    let last = pass.depth() - 1;
    let weights = &network.parameters().layers()[last].weights;
    let curve = |a: ArrayView1<'_, f64>, w: f64| {
        x.iter().zip(a).map(|(&x, &a)| (x, w * a)).collect()
    };
    let hidden = pass.a(last);
    let shares = hidden.rows().into_iter().zip(weights);
    let shares = shares.map(|(a, &w)| curve(a, w));
    Ok(shares.chain([curve(pass.output().row(0), 1.0)]).collect())
}
