//! Momentum: steps that remember.

use chapters::plain::{self, Layer, Matrix, SIGMOID};

use crate::Verdict;
use crate::compare::{layers_apart, layers_fit, same};
use crate::settings::{network, train, wave};

const BETA: f64 = 0.9;

/// A step: layers, velocity, gradient, learning rate, β.
type Step<'a> = &'a dyn Fn(&mut [Layer], &mut [Layer], &[Layer], f64, f64);

/// Holds three steps against the formula, and then trains with and without.
pub fn judge(
    yours: impl Fn(&mut [Layer], &mut [Layer], &[Layer], f64, f64),
) -> Verdict {
    let start = network(&[2, 3, 1], 1);
    for (n, steps) in ["first", "second", "third"].into_iter().zip(1..) {
        let found = after(steps, &start, &yours);
        layers_fit("", &found, &start)?;
        let right = after(steps, &start, &with(1.0, BETA));
        if let Some(apart) = layers_apart("", &found, &right, 1e-12) {
            let is = |rate, beta| {
                same(&found, &after(steps, &start, &with(rate, beta)))
            };
            let why = match () {
                () if is(-1.0, BETA) => ". That is uphill",
                () if is(1.0 - BETA, BETA) => {
                    ". dw is taken in by 1 − β: v ← β·v − η·dw takes it whole"
                }
                () if steps > 1 && is(1.0, 0.0) => {
                    ". Is the velocity forgotten from step to step?"
                }
                () if steps > 1 && is(1.0, 1.0) => ". Is β missing?",
                () if same(&found, &start) => ". Nothing has moved",
                () => "",
            };
            let told = apart.told("the formula says");
            return Err(format!("after the {n} step {told}{why}"));
        }
    }
    let (with, without) = (trained(&yours, BETA), trained(&yours, 0.0));
    Ok(format!(
        "three steps are the formula's. 1000 steps on a sine at η = 0.01 end at a \
         loss of {with:.1} with β = 0.9, and of {without:.1} without."
    ))
}

/// Momentum with dw taken in by a factor, and another β than it is told. Its
/// velocity is that of the formula divided by −η: the weights are the same.
fn with(
    factor: f64,
    beta: f64,
) -> impl Fn(&mut [Layer], &mut [Layer], &[Layer], f64, f64) {
    move |layers, velocity, gradient, learning_rate, _| {
        for (v, g) in velocity.iter_mut().zip(gradient) {
            v.w.zip_mut_with(&g.w, |v, g| *v = beta * *v + factor * g);
            v.b.zip_mut_with(&g.b, |v, g| *v = beta * *v + factor * g);
        }
        plain::update(layers, velocity, learning_rate);
    }
}

fn at_rest(layers: &[Layer]) -> Vec<Layer> {
    let zeros = |m: &Matrix| Matrix::zeros(m.dim());
    layers.iter().map(|l| Layer { w: zeros(&l.w), b: zeros(&l.b) }).collect()
}

/// So many steps from the start, by gradients of their own.
fn after(steps: u64, start: &[Layer], step: Step<'_>) -> Vec<Layer> {
    let (mut layers, mut velocity) = (start.to_vec(), at_rest(start));
    for seed in 0..steps {
        let gradient = network(&[2, 3, 1], 10 + seed);
        step(&mut layers, &mut velocity, &gradient, 0.3, BETA);
    }
    layers
}

/// The loss on a sine after 1000 steps with this β.
fn trained(step: Step<'_>, beta: f64) -> f64 {
    let (x, y) = wave(20);
    let mut layers = network(&[1, 6, 1], 5);
    let mut velocity = at_rest(&layers);
    let (_, last) = train(&mut layers, 1000, |layers| {
        let pass = plain::forward(layers, SIGMOID, &[], &x);
        let gradient = plain::backward(layers, SIGMOID, &[], &pass, &y);
        step(layers, &mut velocity, &gradient, 0.01, beta);
        plain::mse(pass.output(), &y)
    });
    last
}
