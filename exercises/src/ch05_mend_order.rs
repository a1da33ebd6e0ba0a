//! A step of training, taken in the right order.

use chapters::ch05_gradient_check::gallery::bug::Bug;
use chapters::plain::{self, Layer, Matrix, SIGMOID};

use crate::Verdict;
use crate::compare::layers_fit;
use crate::gradient_check::Case;
use crate::settings::{matrix, network};

/// Holds what the step did to each parameter, divided by −η, against central
/// differences.
pub fn judge(yours: impl Fn(&mut [Layer], &Matrix, &Matrix, f64)) -> Verdict {
    let before = network(&[2, 4, 3, 1], 1);
    let (x, y) = (matrix(2, 6, 2), matrix(1, 6, 3));
    let learning_rate = 0.5;
    let taken = |step: &dyn Fn(&mut [Layer])| {
        let mut after = before.clone();
        step(&mut after);
        layers_fit("", &after, &before)?;
        let taken =
            |before: &Matrix, after: &Matrix| (before - after) / learning_rate;
        let pairs = before.iter().zip(&after);
        let gradient = pairs.map(|(before, after)| Layer {
            w: taken(&before.w, &after.w),
            b: taken(&before.b, &after.b),
        });
        Ok::<Vec<Layer>, String>(gradient.collect())
    };
    let early = Bug::EarlyUpdate.code();
    let early = taken(&|layers| {
        let pass = plain::forward(layers, SIGMOID, &[], &x);
        (early.descend)(&early, layers, &[], &pass, &y, learning_rate);
    })?;
    let found = taken(&|layers| yours(layers, &x, &y, learning_rate))?;
    let case =
        Case { layers: &before, activation: SIGMOID, masks: &[], x: &x, y: &y };
    let why = ". The error travels back through weights that have moved \
               already: early-update, in chapter 5's gallery";
    let count = case
        .judge(&found, vec![(early, why)])
        .map_err(|fault| format!("by what the step did, {fault}"))?;
    Ok(format!(
        "what the step did to {count} parameters is what central differences \
         say."
    ))
}
