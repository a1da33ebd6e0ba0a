//! The worked example of the chapter: 2 inputs, 2 hidden units, 1 output.

use std::io::Write;

use chainrule::cli::{Failure, Outcome};
use chainrule::{
    Activation, Buffers, Layer, Parameters, Result, backward,
    central_differences, cost, forward, relative_difference, update,
};
use ndarray::{Array2, array};

/// One sample and one network, with numbers short enough for paper.
pub struct Example {
    pub x: Array2<f64>,
    pub y: Array2<f64>,
    pub parameters: Parameters,
}

// ANCHOR: example
pub fn example() -> Result<Example> {
    let parameters = Parameters::from_layers(vec![
        Layer {
            weights: array![[0.4, -0.6], [0.2, 0.8]],
            bias: array![[0.1], [-0.3]],
        },
        Layer { weights: array![[1.0, -2.0]], bias: array![[0.5]] },
    ])?;
    Ok(Example { x: array![[1.0], [0.5]], y: array![[1.0]], parameters })
}
// ANCHOR_END: example

/// Every number of one forward and one backward pass.
pub struct Numbers {
    pub z1: Array2<f64>,
    pub a1: Array2<f64>,
    pub z2: Array2<f64>,
    pub cost: f64,
    pub dz1: Array2<f64>,
    pub dz2: Array2<f64>,
    pub gradients: chainrule::Gradients,
}

pub fn numbers(example: &Example) -> Result<Numbers> {
    let mut buffers = Buffers::new();
    let x = example.x.view();
    let pass =
        forward(&example.parameters, Activation::Sigmoid, x, &mut buffers)?;
    let (z1, a1, z2) =
        (pass.z(1).to_owned(), pass.a(1).to_owned(), pass.z(2).to_owned());
    let cost = cost(pass.output(), example.y.view())?;
    let gradients = backward(pass, example.y.view())?.clone();
    let (dz1, dz2) = (buffers.dz(1).to_owned(), buffers.dz(2).to_owned());
    Ok(Numbers { z1, a1, z2, cost, dz1, dz2, gradients })
}

/// The table: a line a number, the formula first, then the formula with the
/// numbers put in, then the result.
pub fn print(out: &mut dyn Write, learning_rate: f64) -> Outcome {
    let example = example()?;
    let n = numbers(&example)?;
    let (layers, x, y) = (example.parameters.layers(), &example.x, &example.y);
    let (w1, b1) = (&layers[0].weights, &layers[0].bias);
    let (w2, b2) = (&layers[1].weights, &layers[1].bias);
    let gradients = n.gradients.layers();

    writeln!(out, "forward")?;
    for i in 0..2 {
        let sum = format!(
            "{}·{} + {}·{} + {}",
            signed(w1[[i, 0]]),
            signed(x[[0, 0]]),
            signed(w1[[i, 1]]),
            signed(x[[1, 0]]),
            signed(b1[[i, 0]])
        );
        line(out, &format!("z1[{}]", i + 1), &sum, n.z1[[i, 0]])?;
    }
    for i in 0..2 {
        line(
            out,
            &format!("a1[{}]", i + 1),
            &format!("σ({})", long(n.z1[[i, 0]])),
            n.a1[[i, 0]],
        )?;
    }
    let sum = format!(
        "{}·{} + {}·{} + {}",
        signed(w2[[0, 0]]),
        long(n.a1[[0, 0]]),
        signed(w2[[0, 1]]),
        long(n.a1[[1, 0]]),
        signed(b2[[0, 0]])
    );
    line(out, "z2", &sum, n.z2[[0, 0]])?;
    line(
        out,
        "J",
        &format!("½·({} − {})²", long(n.z2[[0, 0]]), signed(y[[0, 0]])),
        n.cost,
    )?;

    writeln!(out, "\nbackward")?;
    let dz2 = n.dz2[[0, 0]];
    line(
        out,
        "dz2",
        &format!("{} − {}", long(n.z2[[0, 0]]), signed(y[[0, 0]])),
        dz2,
    )?;
    for i in 0..2 {
        let product = format!("{}·{}", long(dz2), long(n.a1[[i, 0]]));
        line(
            out,
            &format!("dw2[{}]", i + 1),
            &product,
            gradients[1].dw[[0, i]],
        )?;
    }
    line(out, "db2", &long(dz2), gradients[1].db[[0, 0]])?;
    for i in 0..2 {
        let da = w2[[0, i]] * dz2;
        line(
            out,
            &format!("da1[{}]", i + 1),
            &format!("{}·{}", signed(w2[[0, i]]), long(dz2)),
            da,
        )?;
    }
    for i in 0..2 {
        let (a, da) = (n.a1[[i, 0]], w2[[0, i]] * dz2);
        let product = format!("{}·{}·(1 − {})", long(da), long(a), long(a));
        line(out, &format!("dz1[{}]", i + 1), &product, n.dz1[[i, 0]])?;
    }
    for i in 0..2 {
        for j in 0..2 {
            let product =
                format!("{}·{}", long(n.dz1[[i, 0]]), signed(x[[j, 0]]));
            line(
                out,
                &format!("dw1[{},{}]", i + 1, j + 1),
                &product,
                gradients[0].dw[[i, j]],
            )?;
        }
    }
    for i in 0..2 {
        line(
            out,
            &format!("db1[{}]", i + 1),
            &long(n.dz1[[i, 0]]),
            gradients[0].db[[i, 0]],
        )?;
    }

    writeln!(out, "\nproof")?;
    let slow = central_differences(&example.parameters, 1e-5, |parameters| {
        cost_at(&example, parameters)
    })?;
    let difference = relative_difference(&n.gradients, &slow);
    let verdict =
        if difference < 1e-8 { "below 1e-8" } else { "NOT below 1e-8" };
    writeln!(
        out,
        "nine central differences agree; relative difference {verdict}"
    )?;

    let mut moved = example.parameters.clone();
    update(&mut moved, &n.gradients, learning_rate).map_err(Failure::at(0))?;
    writeln!(out, "\none step at learning rate {learning_rate}")?;
    line(out, "J before", "with the weights above", n.cost)?;
    let after = cost_at(&example, &moved).map_err(Failure::at(1))?;
    line(out, "J after", "with all nine parameters moved", after)
}

fn cost_at(example: &Example, parameters: &Parameters) -> Result<f64> {
    let mut buffers = Buffers::new();
    let pass = forward(
        parameters,
        Activation::Sigmoid,
        example.x.view(),
        &mut buffers,
    )?;
    cost(pass.output(), example.y.view())
}

fn line(out: &mut dyn Write, name: &str, formula: &str, value: f64) -> Outcome {
    Ok(writeln!(out, "  {name:<9} = {formula:<36} = {:>9}", long(value))?)
}

/// A number of the example as it was chosen.
fn signed(value: f64) -> String {
    let text = value.abs().to_string();
    if value < 0.0 { format!("(−{text})") } else { text }
}

/// A computed number.
pub fn long(value: f64) -> String {
    format!("{value:.6}").replace('-', "−")
}
