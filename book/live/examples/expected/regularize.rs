//! Figure *regularize*: what is shown after so many steps, with dropout or
//! without.

use chainrule::tasks::overfitting::{Task, noisy};
use chainrule::{
    Activation, Buffers, Dropout, Parameters, Result, backward, evaluate,
    forward_dropout, mse, seeded, update,
};
use serde_json::{Value, json};

const RATE: f64 = 0.03;
const F: Activation = Activation::Sigmoid;

/// A run: its name, seed, hidden units, and how many steps at each probability.
type Run = (&'static str, u64, usize, &'static [(usize, f64)]);

/// One for each thing that a test does.
const RUNS: [Run; 7] = [
    ("plain", 16, 50, &[(3000, 0.0)]),
    ("switched", 16, 50, &[(1000, 0.0), (1000, 0.2), (1, 0.0)]),
    ("from the start", 16, 50, &[(1000, 0.2)]),
    ("half", 16, 50, &[(1, 0.5), (1, 0.8)]),
    ("narrow", 16, 10, &[(1, 0.0)]),
    ("wide", 16, 100, &[(1000, 0.8)]),
    ("seed", 7, 50, &[(1000, 0.0)]),
];

pub fn expected() -> Result<Value> {
    let runs = RUNS.iter().map(|&(name, seed, hidden, parts)| {
        Ok((name.to_owned(), run(seed, hidden, parts)?))
    });
    let mut runs = runs.collect::<Result<serde_json::Map<_, _>>>()?;
    let late = run(16, 50, &[(6000, 0.0), (6000, 0.2)])?;
    runs.insert("late".to_owned(), late[12_000].clone());
    Ok(Value::Object(runs))
}

/// Entry n is what the page shows after n steps.
fn run(seed: u64, hidden: usize, parts: &[(usize, f64)]) -> Result<Value> {
    let mut rng = seeded(seed);
    let Task { x, y, held_x, held_y } = noisy(15, &mut rng)?;
    let mut parameters = Parameters::xavier(&[1, hidden, 1], &mut rng)?;
    let mut buffers = Buffers::new();
    let mut shown = Vec::new();
    let error = |parameters: &Parameters, x: &_, y: &_| -> Result<f64> {
        let x: &chainrule::ndarray::Array2<f64> = x;
        let y: &chainrule::ndarray::Array2<f64> = y;
        mse(evaluate(parameters, F, x.view())?.view(), y.view())
    };
    let entry = |parameters: &Parameters, loss: f64, dropped: usize| {
        Ok::<_, chainrule::Error>(json!({
            "training": error(parameters, &x, &y)?,
            "heldOut": error(parameters, &held_x, &held_y)?,
            "masked": loss,
            "dropped": dropped,
        }))
    };
    shown.push(entry(&parameters, f64::NAN, 0)?);
    for &(steps, p) in parts {
        for _ in 0..steps {
            let pass = forward_dropout(
                &parameters,
                F,
                Dropout::new(p)?,
                x.view(),
                &mut rng,
                &mut buffers,
            )?;
            let loss = mse(pass.output(), y.view())?;
            let dropped = pass.mask(1).map_or(0, |mask| {
                mask.kept().iter().filter(|&&kept| !kept).count()
            });
            let gradients = backward(pass, y.view())?;
            update(&mut parameters, gradients, RATE)?;
            shown.push(entry(&parameters, loss, dropped)?);
        }
    }
    Ok(Value::Array(shown))
}
