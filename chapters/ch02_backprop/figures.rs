//! The figures of chapter 2.

use chainrule::figures::{Align, Chart, Colour, Figure, Sketch};
use chainrule::tasks::paper::{Example, example, numbers};
use chainrule::{Result, update};

use crate::explain::long;
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
        ("ch02_backprop_graph", graph(&example()?)?),
        ("ch02_backprop_graph_after", graph(&after(args.learning_rate)?)?),
        ("ch02_backprop_shapes", shapes(&args.layers.0)),
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
        .points("every hundredth, as printed", Colour::HeldOut, every(100))
        .figure()
}

/// Two correct programs, and the distance between them.
fn parting(one: &[f64], other: &[f64]) -> Figure {
    let difference = one.iter().zip(other).map(|(a, b)| (a - b).abs() / a);
    Chart::new("step", "relative difference of the two losses")
        .log_y()
        .thin(
            "",
            Colour::Training,
            difference.enumerate().map(|(step, d)| (step as f64, d)),
        )
        .figure()
}

/// The worked example after one step of gradient descent.
fn after(learning_rate: f64) -> Result<Example> {
    let mut example = example()?;
    let gradients = numbers(&example)?.gradients;
    update(&mut example.parameters, &gradients, learning_rate)?;
    Ok(example)
}

/// A weight as it was chosen, or rounded if it was computed.
fn label(weight: f64) -> String {
    let chosen = weight.to_string();
    let text = if chosen.len() < 6 { chosen } else { format!("{weight:.2}") };
    text.replace('-', "−")
}

/// The worked example as a graph: forward values above, gradients below.
fn graph(example: &Example) -> Result<Figure> {
    let n = numbers(example)?;
    let layers = example.parameters.layers();
    let mut sketch = Sketch::new(1600, 800);
    let (inputs, hidden, output, cost) = (
        [(160, 240), (160, 560)],
        [(640, 240), (640, 560)],
        (1120, 400),
        (1460, 400),
    );
    for (i, to) in hidden.into_iter().enumerate() {
        for (j, from) in inputs.into_iter().enumerate() {
            edge(&mut sketch, from, to, &label(layers[0].weights[[i, j]]));
        }
        edge(&mut sketch, to, output, &label(layers[1].weights[[0, i]]));
        node(
            &mut sketch,
            to,
            &format!("a1[{}]", i + 1),
            &long(n.a1[[i, 0]]),
            Some(&format!("dz {}", long(n.dz1[[i, 0]]))),
        );
    }
    edge(&mut sketch, output, cost, "");
    for (j, at) in inputs.into_iter().enumerate() {
        node(
            &mut sketch,
            at,
            &format!("x[{}]", j + 1),
            &example.x[[j, 0]].to_string(),
            None,
        );
    }
    node(
        &mut sketch,
        output,
        "z2",
        &long(n.z2[[0, 0]]),
        Some(&format!("dz {}", long(n.dz2[[0, 0]]))),
    );
    node(&mut sketch, cost, "J", &long(n.cost), None);
    sketch.text((160, 50), "input", 54, Align::Centre, Colour::Ink);
    sketch.text((640, 50), "hidden layer", 54, Align::Centre, Colour::Ink);
    sketch.text((1120, 50), "output", 54, Align::Centre, Colour::Ink);
    sketch.text(
        (60, 760),
        "above: forward, the values",
        54,
        Align::Left,
        Colour::Training,
    );
    sketch.text(
        (780, 760),
        "below: backward, dz",
        54,
        Align::Left,
        Colour::Fit,
    );
    Ok(sketch.figure())
}

const RADIUS: i32 = 62;

fn node(
    sketch: &mut Sketch,
    at: (i32, i32),
    name: &str,
    value: &str,
    dz: Option<&str>,
) {
    sketch.circle(at, RADIUS, Colour::Ink, false);
    sketch.text(at, name, 48, Align::Centre, Colour::Ink);
    sketch.text(
        (at.0, at.1 - RADIUS - 40),
        value,
        54,
        Align::Centre,
        Colour::Training,
    );
    if let Some(dz) = dz {
        sketch.text(
            (at.0 + 50, at.1 + RADIUS + 44),
            dz,
            54,
            Align::Centre,
            Colour::Fit,
        );
    }
}

/// An arrow from the rim of one node to the rim of another, its weight above
/// it at a third of the way, where crossing arrows are still apart.
fn edge(sketch: &mut Sketch, from: (i32, i32), to: (i32, i32), weight: &str) {
    let (dx, dy) = (f64::from(to.0 - from.0), f64::from(to.1 - from.1));
    let length = (dx * dx + dy * dy).sqrt();
    let along = |share: f64| {
        let share = share / length;
        ((dx * share).round() as i32, (dy * share).round() as i32)
    };
    let (start, end) =
        (along(f64::from(RADIUS) + 8.0), along(f64::from(RADIUS) + 12.0));
    sketch.arrow(
        (from.0 + start.0, from.1 + start.1),
        (to.0 - end.0, to.1 - end.1),
        Colour::Ink,
    );
    let third = along(0.33 * length);
    let above = (from.0 + third.0, from.1 + third.1 - 40);
    sketch.text(above, weight, 48, Align::Centre, Colour::Ink);
}

/// The shape of every matrix of a forward pass over 100 samples.
fn shapes(sizes: &[usize]) -> Figure {
    let mut sketch = Sketch::new(1200, 420 * (sizes.len() as u32 - 1));
    for (l, pair) in sizes.windows(2).enumerate() {
        let y = 200 + 420 * l as i32;
        let (inputs, units) = (pair[0], pair[1]);
        let mut x = 40;
        let below = if l == 0 { "x".to_owned() } else { format!("a{l}") };
        matrix(
            &mut sketch,
            &mut x,
            y,
            &format!("z{}", l + 1),
            units,
            100,
            Colour::Training,
        );
        sign(&mut sketch, &mut x, y, "=");
        matrix(
            &mut sketch,
            &mut x,
            y,
            &format!("w{}", l + 1),
            units,
            inputs,
            Colour::Fit,
        );
        sign(&mut sketch, &mut x, y, "·");
        matrix(&mut sketch, &mut x, y, &below, inputs, 100, Colour::Training);
        sign(&mut sketch, &mut x, y, "+");
        matrix(
            &mut sketch,
            &mut x,
            y,
            &format!("b{}", l + 1),
            units,
            1,
            Colour::Fit,
        );
    }
    sketch.figure()
}

/// A box whose sides grow with the shape, its name and its shape beside it.
fn matrix(
    sketch: &mut Sketch,
    x: &mut i32,
    y: i32,
    name: &str,
    rows: usize,
    columns: usize,
    colour: Colour,
) {
    let side = |n: usize| 34 + 52 * (n as f64).ln().round() as i32;
    let (width, height) = (side(columns), side(rows));
    let slot = width.max(150);
    let corner = (*x + (slot - width) / 2, y - height / 2);
    sketch.rectangle(corner, (width, height), colour, true);
    sketch.rectangle(corner, (width, height), colour, false);
    sketch.text(
        (*x + slot / 2, y - height / 2 - 36),
        name,
        48,
        Align::Centre,
        Colour::Ink,
    );
    let shape = format!("{rows}×{columns}");
    sketch.text(
        (*x + slot / 2, y + height / 2 + 36),
        &shape,
        40,
        Align::Centre,
        Colour::Ink,
    );
    *x += slot;
}

fn sign(sketch: &mut Sketch, x: &mut i32, y: i32, sign: &str) {
    sketch.text((*x + 45, y), sign, 56, Align::Centre, Colour::Ink);
    *x += 90;
}
