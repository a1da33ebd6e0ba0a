//! What all-positive weights do to two wide layers.

use std::io::Write;

use chainrule::{Buffers, forward, seeded};
use chapters::ch03_network::args::Init;
use chapters::cli::{Folder, Layers, Outcome, Progress};
use ndarray::Array2;

use crate::{Args, figures, train};

const SIZES: [usize; 4] = [1, 64, 64, 1];
const STEPS: usize = 2000;

pub fn print(
    out: &mut dyn Write,
    args: &Args,
    folder: &Folder,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Outcome {
    writeln!(
        out,
        "layers {SIZES:?}, {}, learning rate {}",
        args.activation, args.learning_rate
    )?;
    writeln!(
        out,
        "\n  weights   saturated at step 0   loss at step 0   loss at step {STEPS}"
    )?;
    let progress = Progress::new(2 * STEPS);
    let mut curves = Vec::new();
    for init in [Init::Uniform, Init::Xavier] {
        let layers = Layers(SIZES.to_vec());
        let args = Args { init, layers, steps: STEPS, ..args.clone() };
        let share = 100.0 * saturated(&args, x)?;
        let run = train(&args, args.first_seed(), x, y, || progress.step())?;
        let (first, last) = (run.losses[0], run.final_loss);
        let row =
            format!("{init:>9} {share:>19.1} % {first:>16.3} {last:>19.3}");
        progress.suspend(|| writeln!(out, "{row}"))?;
        curves.push(run.losses);
    }
    let figure = figures::saturation(&curves[0], &curves[1]);
    folder.save_all(out, [("ch03_network_saturation", figure)])
}

/// The share of the second hidden layer's activations above 0.99 or below 0.01.
fn saturated(args: &Args, x: &Array2<f64>) -> Result<f64, chainrule::Error> {
    let parameters =
        args.init.draw(&args.layers.0, &mut seeded(args.first_seed()))?;
    let mut buffers = Buffers::new();
    let pass = forward(&parameters, args.activation, x.view(), &mut buffers)?;
    let a = pass.a(2);
    Ok(a.iter().filter(|a| !(0.01..=0.99).contains(*a)).count() as f64
        / a.len() as f64)
}
