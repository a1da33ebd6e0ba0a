//! The worked example of the chapter: 2 inputs, 2 hidden units, 1 output.

use std::io::Write;

use chainrule::tasks::paper::{Example, example, numbers};
use chainrule::{
    Activation, Buffers, Parameters, Result, central_differences, cost,
    forward, relative_difference, update,
};
use chapters::cli::{Failure, Outcome};

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
        line(
            out,
            &format!("da1[{}]", i + 1),
            &format!("{}·{}", signed(w2[[0, i]]), long(dz2)),
            n.da1[[i, 0]],
        )?;
    }
    for i in 0..2 {
        let (a, da) = (n.a1[[i, 0]], n.da1[[i, 0]]);
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
