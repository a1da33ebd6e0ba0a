//! The figures of chapter 2.

use std::f64::consts::TAU;

use chainrule::Result;
use chainrule::figures::{Chart, Colour, Figure};
use chainrule::tasks::paper::example;

use crate::graph::{after, graph};
use crate::parting::differences;
use crate::shapes::{backward_shapes, forward_shapes};
use crate::valley::{BOTTOM, BOWL, RATES, roll, roll_two, valley};
use crate::{Args, Fit};

/// Every figure with its name.
pub fn all(
    args: &Args,
    fit: &Fit,
    other: &Fit,
    data: Vec<(f64, f64)>,
    answer: Vec<(f64, f64)>,
) -> Result<Vec<(&'static str, Figure)>> {
    Ok(vec![
        ("ch02_backprop", data_and_fit(data, answer)),
        ("ch02_backprop_valley", one_weight()),
        ("ch02_backprop_bowl", two_weights()),
        ("ch02_backprop_graph", graph(&example()?)?),
        ("ch02_backprop_graph_after", graph(&after(args.learning_rate)?)?),
        ("ch02_backprop_shapes", forward_shapes(&args.layers.0)),
        ("ch02_backprop_shapes_backward", backward_shapes(&args.layers.0)),
        ("ch02_backprop_loss", loss(&fit.losses)),
        ("ch02_backprop_parting", parting(&fit.losses, &other.losses)),
    ])
}

fn data_and_fit(data: Vec<(f64, f64)>, answer: Vec<(f64, f64)>) -> Figure {
    Chart::new("x", "y")
        .points("data", Colour::Data, data)
        .line("the network's answer", Colour::Fit, answer)
        .figure()
}

/// One valley, and two step sizes: one creeps down, the other climbs.
fn one_weight() -> Figure {
    let at = |w: f64| (w, valley(w));
    let walls = (-65..=65).map(|i| at(BOTTOM + f64::from(i) * 0.05));
    let [small, _, large] = RATES;
    let down = roll(small, 6).into_iter().map(at);
    let up = roll(large, 4).into_iter().map(at);
    Chart::new("w", "J")
        .line("", Colour::Ink, walls)
        .joined(&format!("η = {large}"), Colour::W, up)
        .points(&format!("η = {small}"), Colour::W, down)
        .figure()
}

/// The bowl from above: lines of equal height, and the way down.
fn two_weights() -> Figure {
    let mut chart = Chart::new("w[2]", "w[1]").height(260);
    for level in [0.1, 0.4, 0.9, 1.6, 2.5, 3.6] {
        let radius = BOWL.map(|curvature| (2.0 * level / curvature).sqrt());
        let ring = (0..=180).map(|i| {
            let angle = TAU * f64::from(i) / 180.0;
            (radius[1] * libm::cos(angle), radius[0] * libm::sin(angle))
        });
        chart = chart.thin("", Colour::Ink, ring);
    }
    let way =
        roll_two([1.0, 4.0], 0.45, 30).into_iter().map(|[w1, w2]| (w2, w1));
    chart.joined("", Colour::W, way).figure()
}

/// The loss at every step, and at every hundredth, over the wildest part.
fn loss(losses: &[f64]) -> Figure {
    let early = losses.get(..=600).unwrap_or(losses);
    let every = |stride| {
        early
            .iter()
            .enumerate()
            .step_by(stride)
            .map(|(step, &loss)| (step as f64, loss))
    };
    Chart::new("step", "loss")
        .log_y()
        .thin("every step", Colour::Training, every(1))
        .points("every hundredth, as printed", Colour::Ink, every(100))
        .figure()
}

/// Two correct programs, and the distance between them.
fn parting(one: &[f64], other: &[f64]) -> Figure {
    let difference = differences(one, other).into_iter();
    Chart::new("step", "relative difference of the two losses")
        .log_y()
        .thin(
            "",
            Colour::Ink,
            difference.enumerate().map(|(step, d)| (step as f64, d)),
        )
        .figure()
}
