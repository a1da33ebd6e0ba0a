//! What reaches the first layer: the size of dw in networks of 2 to 20 layers.

use std::io::Write;

use chainrule::{Activation, Buffers, backward, forward, seeded};
use chapters::ch03_network::args::Init;
use chapters::cli::{self, Failure, Folder, Outcome, Progress};
use ndarray::Array2;

use crate::{Args, figures};

/// How many layers have weights.
const DEPTHS: [usize; 4] = [2, 5, 10, 20];
const WIDTH: usize = 64;

/// How many seeds a row is the median of.
const SEEDS: u64 = 20;

/// What is compared: a function and a way to begin.
pub type Start = (Activation, Init);

/// A row for each activation and each start.
pub fn print(
    out: &mut dyn Write,
    args: &Args,
    folder: &Folder,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Outcome {
    let first = args.first_seed();
    writeln!(
        out,
        "size of dw before the first step: the root mean square of its entries"
    )?;
    writeln!(
        out,
        "{WIDTH} units a layer, median of {SEEDS} seeds from {first} on\n"
    )?;
    writeln!(
        out,
        "{:17}{:>25}{:>25}{:>10}",
        "", "first layer of", "× a", "last"
    )?;
    let heads = DEPTHS.map(|it| format!("{:>10}", format!("{it} layers")));
    writeln!(out, "{:17}{}{:>10}{:>10}", "", heads.concat(), "layer", "of 20")?;
    let starts = Activation::ALL.into_iter().flat_map(|f| {
        [Init::Uniform, Init::Xavier, Init::He].map(|init| (f, init))
    });
    let runs = Activation::ALL.len() * 3 * DEPTHS.len() * SEEDS as usize;
    let progress = Progress::new(runs);
    let mut deepest = Vec::new();
    for (f, init) in starts {
        let mut row = format!("{:<8} {init:<8}", f.to_string());
        let (mut sizes, mut firsts) = (Vec::new(), Vec::new());
        for depth in DEPTHS {
            sizes = medians(f, init, depth, first, x, y, &progress)?;
            row += &format!("{:>10.1e}", sizes[0]);
            firsts.push(sizes[0]);
        }
        row += &format!("{:>10}", a_layer(firsts[2], firsts[3]));
        row += &format!("{:>10.1e}", sizes[sizes.len() - 1]);
        progress.suspend(|| writeln!(out, "{row}"))?;
        deepest.push(((f, init), sizes));
    }
    drop(progress);
    folder.save_all(out, [("ch03_network_depth", figures::depth(&deepest))])
}

/// The factor that each of the last ten layers puts to the size of dw.
fn a_layer(of_10: f64, of_20: f64) -> String {
    if of_10 == 0.0 {
        return "-".to_owned();
    }
    format!("{:.2}", chainrule::libm::pow(of_20 / of_10, 0.1))
}

/// The median over the seeds of the size of dw, a number a layer.
fn medians(
    f: Activation,
    init: Init,
    depth: usize,
    first: u64,
    x: &Array2<f64>,
    y: &Array2<f64>,
    progress: &Progress,
) -> Result<Vec<f64>, Failure> {
    let mut layers = vec![Vec::new(); depth];
    for seed in cli::seeds(first, SEEDS) {
        let sizes =
            sizes(f, init, depth, seed, x, y).map_err(Failure::at(0))?;
        for (layer, size) in layers.iter_mut().zip(sizes) {
            layer.push(size);
        }
        progress.step();
    }
    Ok(layers.into_iter().map(median).collect())
}

/// The root mean square of the entries of each layer's dw.
fn sizes(
    f: Activation,
    init: Init,
    depth: usize,
    seed: u64,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Result<Vec<f64>, chainrule::Error> {
    let mut units = vec![WIDTH; depth + 1];
    (units[0], units[depth]) = (1, 1);
    let parameters = init.draw(&units, &mut seeded(seed))?;
    let mut buffers = Buffers::new();
    let pass = forward(&parameters, f, x.view(), &mut buffers)?;
    let layers = backward(pass, y.view())?.layers().iter();
    let size = |dw: &Array2<f64>| {
        let squares = dw.iter().fold(0.0, |sum, dw| sum + dw * dw);
        (squares / dw.len() as f64).sqrt()
    };
    Ok(layers.map(|layer| size(&layer.dw)).collect())
}

/// The middle one, or the mean of the two in the middle.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    (values[half] + values[values.len() - 1 - half]) / 2.0
}
