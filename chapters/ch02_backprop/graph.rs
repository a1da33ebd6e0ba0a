//! The worked example as a graph.

use chainrule::figures::{Align, Colour, Figure, Sketch, Width};
use chainrule::tasks::paper::{Example, Numbers, example, numbers};
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
    Ok(Figure::sketched(|page| drawn(example, &n, page)))
}

/// Where the nodes stand.
struct Places {
    inputs: [Point; 2],
    hidden: [Point; 2],
    output: Point,
    cost: Point,
}

type Point = (f64, f64);

fn places(page: Width) -> Places {
    let [input, hidden, output, cost] =
        page.choose([70.0, 285.0, 500.0, 655.0], [36.0, 140.0, 248.0, 322.0]);
    let (upper, lower) = page.choose((95.0, 245.0), (95.0, 275.0));
    let middle = (upper + lower) / 2.0;
    Places {
        inputs: [(input, upper), (input, lower)],
        hidden: [(hidden, upper), (hidden, lower)],
        output: (output, middle),
        cost: (cost, middle),
    }
}

fn drawn(example: &Example, n: &Numbers, page: Width) -> Sketch {
    let layers = example.parameters.layers();
    let Places { inputs, hidden, output, cost } = places(page);
    let mut sketch = Sketch::new(page.units(), page.choose(340.0, 390.0));
    for (i, to) in hidden.into_iter().enumerate() {
        for (j, from) in inputs.into_iter().enumerate() {
            edge(&mut sketch, from, to, &label(layers[0].weights[[i, j]]));
        }
        edge(&mut sketch, to, output, &label(layers[1].weights[[0, i]]));
        let name = format!("a1[{}]", i + 1);
        let dz = long(n.dz1[[i, 0]]);
        let value = long(n.a1[[i, 0]]);
        node(&mut sketch, to, &name, (&value, Colour::A), Some(&dz));
    }
    edge(&mut sketch, output, cost, "");
    for (j, at) in inputs.into_iter().enumerate() {
        let value = example.x[[j, 0]].to_string();
        let name = format!("x[{}]", j + 1);
        node(&mut sketch, at, &name, (&value, Colour::Data), None);
    }
    let (value, dz) = (long(n.z2[[0, 0]]), long(n.dz2[[0, 0]]));
    node(&mut sketch, output, "z2", (&value, Colour::Z), Some(&dz));
    node(&mut sketch, cost, "J", (&long(n.cost), Colour::Ink), None);
    let heads = ["input", page.choose("hidden layer", "hidden"), "output"];
    for (head, at) in heads.into_iter().zip([inputs[0], hidden[0], output]) {
        sketch.text((at.0, 20.0), head, Align::Centre, Colour::Ink);
    }
    let key = page
        .choose([(14.0, 320.0), (300.0, 320.0)], [(8.0, 350.0), (8.0, 374.0)]);
    let above = "above: forward, the values";
    sketch.text(key[0], above, Align::Left, Colour::Ink);
    sketch.text(key[1], "below: backward, dz", Align::Left, Colour::Dz);
    sketch
}

const RADIUS: f64 = 26.0;

/// A node, above it its value in the colour of what it is, below it dz.
fn node(
    sketch: &mut Sketch,
    at: Point,
    name: &str,
    (value, colour): (&str, Colour),
    dz: Option<&str>,
) {
    sketch.circle(at, RADIUS, colour, false);
    sketch.text(at, name, Align::Centre, Colour::Ink);
    let above = (at.0, at.1 - RADIUS - 14.0);
    sketch.text(above, value, Align::Centre, colour);
    if let Some(dz) = dz {
        let below = (at.0, at.1 + RADIUS + 16.0);
        sketch.text(below, &format!("dz {dz}"), Align::Centre, Colour::Dz);
    }
}

/// An arrow from the rim of one node to the rim of another, its weight beside
/// it at a third of the way, where crossing arrows are still apart.
fn edge(sketch: &mut Sketch, from: Point, to: Point, weight: &str) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = (dx * dx + dy * dy).sqrt();
    let (ux, uy) = (dx / length, dy / length);
    let start = (from.0 + ux * (RADIUS + 3.0), from.1 + uy * (RADIUS + 3.0));
    let end = (to.0 - ux * (RADIUS + 5.0), to.1 - uy * (RADIUS + 5.0));
    sketch.arrow(start, end, Colour::W);
    // Off the arrow by so much: up, but below one that climbs to the output,
    // for above it stands a value.
    let climbs = dy < 0.0 && dy > -100.0;
    let off = if climbs { -13.0 } else { 13.0 };
    let third = (from.0 + dx * 0.33, from.1 + dy * 0.33);
    let beside = (third.0 + uy * off, third.1 - ux * off);
    sketch.text(beside, weight, Align::Centre, Colour::W);
}
