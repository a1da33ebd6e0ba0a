//! The figures of chapter 3.

use chainrule::Activation;
use chainrule::figures::{Chart, Colour, Figure};

use chapters::ch03_network::args::Init;

use crate::Run;
use crate::depth::Start;
use crate::plateau::Curves;

/// The data, and the answer of each trained network.
pub fn fits(
    data: Vec<(f64, f64)>,
    fits: Vec<(u64, Vec<(f64, f64)>)>,
) -> Figure {
    let chart = Chart::new("x", "y").points("data", Colour::Data, data);
    fits.into_iter()
        .fold(chart, |chart, (seed, fit)| {
            chart.line(&format!("seed {seed}"), Colour::Fit, fit)
        })
        .figure()
}

/// What each hidden unit adds to the output, their sum, and the data, at some
/// steps: a panel a step.
pub fn units(data: &[(f64, f64)], steps: Vec<(usize, Curves)>) -> Figure {
    let panel = |(i, (step, curves)): (usize, (usize, Curves))| {
        let named = |name| if i == 0 { name } else { "" };
        let step = format!("step {},000", step / 1000);
        let (sum, units) = curves.split_last().expect("the output is there");
        let chart = Chart::new(if i == 2 { "x" } else { "" }, "");
        let chart = chart.title(&step).height(190);
        let chart =
            chart.points(named("data"), Colour::Data, data.iter().copied());
        let chart = units.iter().enumerate().fold(chart, |chart, (k, unit)| {
            let name = if k == 0 { named("one unit's w·a") } else { "" };
            chart.thin(name, Colour::A, unit.iter().copied())
        });
        chart.line(named("their sum and b"), Colour::Fit, sum.iter().copied())
    };
    Chart::stacked(steps.into_iter().enumerate().map(panel))
}

/// The loss of each run, both axes logarithmic, a point every hundred steps.
pub fn losses(runs: &[Run]) -> Figure {
    let chart = Chart::new("step", "loss").log_x().log_y();
    runs.iter()
        .fold(chart, |chart, run| {
            let curve = (1..run.losses.len())
                .filter(|step| *step < 100 || step % 100 == 0);
            let curve = curve.map(|step| (step as f64, run.losses[step]));
            chart.line(&format!("seed {}", run.seed), Colour::Training, curve)
        })
        .figure()
}

/// The three activations, and below them their derivatives.
pub fn activations() -> Figure {
    let curves = |chart, value: fn(Activation, f64) -> f64| {
        Activation::ALL.into_iter().fold(chart, |chart: Chart, f| {
            let grid = (-400..=400).map(|i| f64::from(i) / 100.0);
            let curve = grid.map(move |z| (z, value(f, z)));
            chart.line(&f.to_string(), Colour::A, curve)
        })
    };
    // The rectifier has no slope at 0: there its curve has a gap, and jumps.
    let slope = |f: Activation, z: f64| match (f, z) {
        (Activation::Relu, 0.0) => f64::NAN,
        _ => f.derivative(f.value(z)),
    };
    let above = Chart::new("", "f(z)").y_range(-1.1..2.1).height(200);
    let below = Chart::new("z", "f′(z)").y_range(-0.1..1.1).height(150);
    Chart::stacked([
        curves(above, Activation::value),
        curves(below, slope).without_legend(),
    ])
}

/// Two wide networks that differ in their initial weights alone.
pub fn saturation(uniform: &[f64], xavier: &[f64]) -> Figure {
    let curve = |losses: &[f64]| {
        let points = losses.iter().enumerate().step_by(10);
        points.map(|(step, &loss)| (step as f64, loss)).collect::<Vec<_>>()
    };
    Chart::new("step", "loss")
        .dashed("uniform in [0, 1)", Colour::Training, curve(uniform))
        .line("Xavier", Colour::Training, curve(xavier))
        .figure()
}

/// The size of dw in each layer of the deepest networks, from each start; from
/// the uniform one as far as it goes.
pub fn depth(starts: &[(Start, Vec<f64>)]) -> Figure {
    const LEAST: f64 = 1e-13;
    let of = |start: Start| {
        let found = starts.iter().find(|(it, _)| *it == start);
        let sizes = found.map(|(_, sizes)| sizes.clone()).unwrap_or_default();
        let layers = (1..).map(f64::from).zip(sizes);
        layers.filter(|(_, size)| *size > LEAST).collect::<Vec<_>>()
    };
    let (sigmoid, relu) = (Activation::Sigmoid, Activation::Relu);
    Chart::new("layer", "size of dw")
        .log_y()
        .line("relu, He", Colour::Dz, of((relu, Init::He)))
        .dashed("relu, Xavier", Colour::Dz, of((relu, Init::Xavier)))
        .joined("sigmoid, He", Colour::Dz, of((sigmoid, Init::He)))
        .joined("sigmoid, Xavier", Colour::Dz, of((sigmoid, Init::Xavier)))
        .joined("sigmoid, uniform", Colour::Dz, of((sigmoid, Init::Uniform)))
        .figure()
}
