//! Figure *descent*: every loss of a run, and what is shown at its end.

use chainrule::{
    Activation, Descent, Network, Parameters, Result, seeded, sine,
};
use serde_json::{Value, json};

/// A run: seed, hidden units, activation, and the rates of its steps.
type Run = (&'static str, u64, usize, Activation, &'static [(f64, usize)]);

/// One for each thing that a test does.
const RUNS: [Run; 8] = [
    ("steps", 2, 25, Activation::Sigmoid, &[(0.3, 101)]),
    ("played", 2, 25, Activation::Sigmoid, &[(0.3, 6000)]),
    ("width", 2, 26, Activation::Sigmoid, &[(0.3, 100)]),
    ("rate", 2, 25, Activation::Sigmoid, &[(0.3, 1), (0.1, 100)]),
    ("tanh", 2, 25, Activation::Tanh, &[(0.03, 100)]),
    ("relu", 2, 25, Activation::Relu, &[(0.01, 100)]),
    ("seed", 7, 25, Activation::Sigmoid, &[(0.3, 100)]),
    ("stuck", 18, 6, Activation::Sigmoid, &[(0.01, 2000)]),
];

pub fn expected() -> Result<Value> {
    let runs = RUNS.iter().map(|&(name, seed, hidden, activation, rates)| {
        Ok((name.to_owned(), run(seed, hidden, activation, rates)?))
    });
    let mut runs = runs.collect::<Result<serde_json::Map<_, _>>>()?;
    runs.insert("diverging".to_owned(), diverging()?);
    runs.insert("moved".to_owned(), moved()?);
    Ok(Value::Object(runs))
}

/// How many steps a run takes that then leads out of the finite numbers.
fn diverging() -> Result<Value> {
    let (x, y) = sine(100)?;
    let mut rng = seeded(2);
    let parameters = Parameters::uniform(&[1, 25, 1], &mut rng)?;
    let mut network = Network::new(parameters, Activation::Tanh);
    let mut descent = Descent::new(0.3)?;
    let taken = std::iter::repeat_with(|| {
        network.train_step(x.view(), y.view(), &mut descent, &mut rng)
    });
    Ok(json!({ "steps": taken.take_while(Result::is_ok).count() }))
}

/// A sample is moved after 100 steps, and 100 more follow.
fn moved() -> Result<Value> {
    let (x, mut y) = sine(100)?;
    let mut rng = seeded(2);
    let parameters = Parameters::uniform(&[1, 25, 1], &mut rng)?;
    let mut network = Network::new(parameters, Activation::Sigmoid);
    let mut descent = Descent::new(0.3)?;
    for step in 0..200 {
        if step == 100 {
            y[[0, 25]] = 16.0;
        }
        network.train_step(x.view(), y.view(), &mut descent, &mut rng)?;
    }
    Ok(json!({ "loss": network.loss(x.view(), y.view())? }))
}

fn run(
    seed: u64,
    hidden: usize,
    activation: Activation,
    rates: &[(f64, usize)],
) -> Result<Value> {
    let (x, y) = sine(100)?;
    let mut rng = seeded(seed);
    let parameters = Parameters::uniform(&[1, hidden, 1], &mut rng)?;
    let mut network = Network::new(parameters, activation);
    let mut losses = vec![network.loss(x.view(), y.view())?];
    for &(rate, steps) in rates {
        let mut descent = Descent::new(rate)?;
        for _ in 0..steps {
            network.train_step(x.view(), y.view(), &mut descent, &mut rng)?;
            losses.push(network.loss(x.view(), y.view())?);
        }
    }
    let answer = network.evaluate(x.view())?[[0, 25]];
    // Entry n is what the page shows after n steps.
    Ok(json!({ "losses": losses, "answer": answer }))
}
