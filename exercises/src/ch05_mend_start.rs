//! The first weights.

use chainrule::{ChaCha8Rng, seeded};
use chapters::plain::{self, Layer, Matrix, SIGMOID};

use crate::Verdict;
use crate::compare::layers_fit;
use crate::settings::{network, wave};

/// Counts the units of the second layer that sit on the flat part of σ.
pub fn judge(
    yours: impl Fn(&[usize], &mut ChaCha8Rng) -> Vec<Layer>,
) -> Verdict {
    let sizes = [1, 32, 32, 1];
    let layers = yours(&sizes, &mut seeded(1));
    layers_fit("", &layers, &network(&sizes, 1))?;
    for (l, layer) in (1..).zip(&layers) {
        let first = layer.w[[0, 0]];
        if layer.w.len() > 1 && layer.w.iter().all(|w| *w == first) {
            return Err(format!(
                "all weights of layer {l} are {first:.3}: its units are told \
                 the same, and stay the same for ever"
            ));
        }
    }
    let (x, _) = wave(20);
    let pass = plain::forward(&layers, SIGMOID, &[], &x);
    let flat = |a: &&f64| !(0.01..=0.99).contains(*a);
    let share =
        pass.a[2].iter().filter(flat).count() as f64 / pass.a[2].len() as f64;
    let of_one_sign = layers[1].w.iter().all(|w| *w >= 0.0);
    if share >= 0.1 {
        let why = match of_one_sign {
            true => {
                ". Sums of 32 weights of one sign are large: positive-init, \
                 in chapter 5's gallery"
            }
            false => ". Are the weights too large for sums over 32 units?",
        };
        return Err(format!(
            "of the second layer's activations a share of {share:.3} is above \
             0.99 or below 0.01 before the first step{why}"
        ));
    }
    if of_one_sign {
        return Err("no weight of layer 2 is below 0".to_owned());
    }
    for (l, layer) in (1..).zip(&layers) {
        let found = root_mean_square(&layer.w);
        let (out, inputs) = layer.w.dim();
        // Uniform numbers in ± a have a root mean square of a/√3.
        let right = (2.0 / (inputs + out) as f64).sqrt();
        if !(0.5 * right..2.0 * right).contains(&found) {
            return Err(format!(
                "the weights of layer {l} have the size {found:.3}, where \
                 Glorot and Bengio's have {right:.3}"
            ));
        }
    }
    Ok("weights of both signs, of a size that fits the width; before the \
        first step hardly a unit is saturated."
        .to_owned())
}

fn root_mean_square(w: &Matrix) -> f64 {
    let squares: f64 = w.iter().map(|w| w * w).sum();
    (squares / w.len() as f64).sqrt()
}
