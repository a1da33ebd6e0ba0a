//! The worked example of the chapter: 2 inputs, 2 hidden units, 1 output.
//!
//! A line a number: its name, the formula with the numbers put in, the result.

use std::io::Write;

use chainrule::tasks::paper::{Example, Numbers, example, numbers};
use chainrule::{
    Activation, Buffers, Layer, Parameters, Result, central_differences, cost,
    forward, relative_difference, update,
};
use chapters::ch02_backprop::args::{Args, Inputs};
use chapters::cli::{Failure, Outcome};
use ndarray::array;

pub fn print(out: &mut dyn Write, args: &Args) -> Outcome {
    let learning_rate = args.learning_rate;
    let mut example = example()?;
    if let Some(Inputs([x1, x2])) = args.x {
        example.x = array![[x1], [x2]];
    }
    if let Some(y) = args.y {
        example.y = array![[y]];
    }
    let n = numbers(&example)?;
    writeln!(out, "forward")?;
    sweep_forward(out, &example, &n)?;
    writeln!(out, "\nbackward")?;
    sweep_backward(out, &example, &n)?;
    writeln!(out, "\nproof")?;
    proof(out, &example, &n)?;
    writeln!(out, "\none step at learning rate {learning_rate}")?;
    one_step(out, &example, &n, learning_rate)
}

fn sweep_forward(
    out: &mut dyn Write,
    example: &Example,
    n: &Numbers,
) -> Outcome {
    let layers = example.parameters.layers();
    let x = [0, 1].map(|j| chosen(example.x[[j, 0]]));
    let y = chosen(example.y[[0, 0]]);
    let (z2, a1) = (long(n.z2[[0, 0]]), [0, 1].map(|i| long(n.a1[[i, 0]])));
    for i in 0..2 {
        let sum = weighted_sum(&layers[0], i, &x);
        line(out, &format!("z1[{}]", i + 1), &sum, n.z1[[i, 0]])?;
    }
    for i in 0..2 {
        let squashed = format!("σ({})", long(n.z1[[i, 0]]));
        line(out, &format!("a1[{}]", i + 1), &squashed, n.a1[[i, 0]])?;
    }
    line(out, "z2", &weighted_sum(&layers[1], 0, &a1), n.z2[[0, 0]])?;
    line(out, "J", &format!("½·({z2} − {y})²"), n.cost)
}

/// The weighted sum of unit `i` over two inputs, written out.
fn weighted_sum(layer: &Layer, i: usize, inputs: &[String; 2]) -> String {
    let [w1, w2] = [0, 1].map(|j| chosen(layer.weights[[i, j]]));
    let bias = chosen(layer.bias[[i, 0]]);
    format!("{w1}·{} + {w2}·{} + {bias}", inputs[0], inputs[1])
}

fn sweep_backward(
    out: &mut dyn Write,
    example: &Example,
    n: &Numbers,
) -> Outcome {
    let [first, second] = [0, 1].map(|l| &n.gradients.layers()[l]);
    let w2 = &example.parameters.layers()[1].weights;
    let (z2, y) = (long(n.z2[[0, 0]]), chosen(example.y[[0, 0]]));
    let dz2 = long(n.dz2[[0, 0]]);
    let [a1, da1, dz1] =
        [&n.a1, &n.da1, &n.dz1].map(|m| [0, 1].map(|i| long(m[[i, 0]])));
    line(out, "dz2", &format!("{z2} − {y}"), n.dz2[[0, 0]])?;
    for (i, a) in a1.iter().enumerate() {
        let product = format!("{dz2}·{a}");
        line(out, &format!("dw2[{}]", i + 1), &product, second.dw[[0, i]])?;
    }
    line(out, "db2", &dz2, second.db[[0, 0]])?;
    for i in 0..2 {
        let product = format!("{}·{dz2}", chosen(w2[[0, i]]));
        line(out, &format!("da1[{}]", i + 1), &product, n.da1[[i, 0]])?;
    }
    for i in 0..2 {
        let product = format!("{}·{}·(1 − {})", da1[i], a1[i], a1[i]);
        line(out, &format!("dz1[{}]", i + 1), &product, n.dz1[[i, 0]])?;
    }
    for (i, j) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        let product = format!("{}·{}", dz1[i], chosen(example.x[[j, 0]]));
        let name = format!("dw1[{},{}]", i + 1, j + 1);
        line(out, &name, &product, first.dw[[i, j]])?;
    }
    for (i, dz) in dz1.iter().enumerate() {
        line(out, &format!("db1[{}]", i + 1), dz, first.db[[i, 0]])?;
    }
    Ok(())
}

/// The gradients, against what the cost does when a parameter is moved.
fn proof(out: &mut dyn Write, example: &Example, n: &Numbers) -> Outcome {
    let slow = central_differences(&example.parameters, 1e-5, |parameters| {
        cost_at(example, parameters)
    })?;
    let relative = relative_difference(&n.gradients, &slow);
    let pairs = n.gradients.values().zip(slow.values());
    let largest = pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    // Of gradients near 0 no small part can be asked for.
    let verdict = if relative < 1e-8 {
        "agree; relative difference below 1e-8".to_owned()
    } else if largest < 1e-9 {
        "agree; no difference above 1e-9".to_owned()
    } else {
        format!("do NOT agree; relative difference {relative:.1e}")
    };
    Ok(writeln!(out, "nine central differences {verdict}")?)
}

fn one_step(
    out: &mut dyn Write,
    example: &Example,
    n: &Numbers,
    learning_rate: f64,
) -> Outcome {
    let mut moved = example.parameters.clone();
    update(&mut moved, &n.gradients, learning_rate).map_err(Failure::at(0))?;
    line(out, "J before", "with the weights above", n.cost)?;
    let after = cost_at(example, &moved).map_err(Failure::at(1))?;
    line(out, "J after", "with all nine parameters moved", after)
}

fn cost_at(example: &Example, parameters: &Parameters) -> Result<f64> {
    let mut buffers = Buffers::new();
    let x = example.x.view();
    let pass = forward(parameters, Activation::Sigmoid, x, &mut buffers)?;
    cost(pass.output(), example.y.view())
}

/// One line of the example.
pub fn line(
    out: &mut dyn Write,
    name: &str,
    formula: &str,
    value: f64,
) -> Outcome {
    Ok(writeln!(out, "  {name:<9} = {formula:<36} = {:>9}", long(value))?)
}

/// A number of the example as it was chosen.
pub fn chosen(value: f64) -> String {
    let text = value.abs().to_string();
    if value < 0.0 { format!("(−{text})") } else { text }
}

/// A computed number.
pub fn long(value: f64) -> String {
    format!("{value:.6}").replace('-', "−")
}
