//! The worked example as a graph.

use chainrule::figures::{Align, Colour, Figure, Sketch};
use chainrule::tasks::paper::{Example, example, numbers};
use chainrule::{Result, update};

use crate::explain::long;

/// The worked example after one step of gradient descent.
pub fn after(learning_rate: f64) -> Result<Example> {
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
pub fn graph(example: &Example) -> Result<Figure> {
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
