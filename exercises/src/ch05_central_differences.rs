//! The judge of gradients that the reader writes, judged.

use chainrule::seeded;
use chapters::ch05_gradient_check::gallery::bug::Bug;
use chapters::plain::{
    self, Activation, Layer, Matrix, SIGMOID, backward, cost, forward,
};

use crate::Verdict;
use crate::settings::{matrix, network};

/// Hands it a right gradient, and many that are not.
pub fn judge(
    agrees: impl Fn(&[f64], &[f64], &dyn Fn(&[f64]) -> f64) -> bool,
) -> Verdict {
    let layers = network(&[2, 4, 3, 1], 2);
    let (x, y) = (matrix(2, 6, 3), matrix(1, 6, 4));
    let masks = plain::draw_masks(&layers, 0.5, 6, &mut seeded(5));
    let theta = flat(&layers);
    let j = |theta: &[f64]| {
        let layers = filled(&layers, theta);
        cost(forward(&layers, SIGMOID, &masks, &x).output(), &y)
    };
    let right = flat(&gradient(&layers, SIGMOID, &masks, &masks, (&x, &y)));
    let large = |theta: &[f64]| 1e6 * j(theta);
    let small = |theta: &[f64]| 1e-6 * j(theta);
    let scaled = |factor: f64| right.iter().map(|g| factor * g).collect();
    let (of_large, of_small): (Vec<f64>, Vec<f64>) =
        (scaled(1e6), scaled(1e-6));

    for (gradient, cost, what) in [
        (&right, &j as &dyn Fn(&[f64]) -> f64, "the right gradient"),
        (&of_large, &large, "the right gradient of a million times the cost"),
        (&of_small, &small, "the right gradient of a millionth of the cost"),
    ] {
        if !agrees(&theta, gradient, cost) {
            let why = match what {
                "the right gradient" => {
                    ": is every parameter moved back, and divided by 2h?"
                }
                _ => {
                    ": a difference is small beside the gradient, not by itself"
                }
            };
            return Err(format!("it refuses {what}{why}"));
        }
    }
    let wrong = wrong(&layers, &masks, (&x, &y), &right);
    let count = wrong.len() + 1;
    for (gradient, what) in wrong {
        if agrees(&theta, &gradient, &j) {
            return Err(format!("it accepts {what}"));
        }
    }
    if agrees(
        &theta,
        &of_small.iter().map(|g| 2.0 * g).collect::<Vec<_>>(),
        &small,
    ) {
        return Err(
            "it accepts twice the gradient where the cost is small: a \
                    difference is small beside the gradient, not by itself"
                .to_owned(),
        );
    }
    Ok(format!("three right gradients pass, and {count} wrong ones do not."))
}

/// Wrong gradients, and what is wrong with them.
fn wrong(
    layers: &[Layer],
    masks: &[Matrix],
    data: (&Matrix, &Matrix),
    right: &[f64],
) -> Vec<(Vec<f64>, &'static str)> {
    let flat_slope = Activation { slope: |_| 1.0, ..SIGMOID };
    let twice = Bug::DoubleSigmoid.code().activation;
    let (x, y) = data;
    let pass = forward(layers, SIGMOID, masks, x);
    let of_masked = Bug::MaskedDerivative.code().backward;
    let of_masked = of_masked(layers, SIGMOID, masks, &pass, y);
    let with = |at: usize, value: f64| {
        let mut moved = right.to_vec();
        moved[at] = value;
        moved
    };
    let last = right.len() - 1;
    let largest = right.iter().fold(0.0_f64, |m, g| m.max(g.abs()));
    let off = 1e-3 * largest;
    vec![
        (vec![0.0; right.len()], "a gradient of zeros"),
        (right.iter().map(|g| -g).collect(), "a gradient that points uphill"),
        (right.iter().map(|g| 2.0 * g).collect(), "twice the gradient"),
        (
            flat(&gradient(layers, flat_slope, masks, masks, data)),
            "a gradient without the slope f′",
        ),
        (
            flat(&gradient(layers, twice, masks, masks, data)),
            "double-sigmoid, of chapter 5's gallery",
        ),
        (
            flat(&gradient(layers, SIGMOID, masks, &[], data)),
            "unmasked-backward, of chapter 5's gallery",
        ),
        (flat(&of_masked), "masked-derivative, of chapter 5's gallery"),
        (
            with(0, right[0] + off),
            "a gradient whose first entry alone is off, by a thousandth",
        ),
        (
            with(last, right[last] - off),
            "a gradient whose last entry alone is off, by a thousandth: is \
             every parameter moved, and the sign of a difference dropped?",
        ),
        (
            with(3, f64::NAN),
            "a gradient with a NaN in it: a NaN is not below \
                             any bound, and not above it",
        ),
        (
            vec![f64::NAN; right.len()],
            "a gradient of NaN: a NaN is not below \
                                       any bound, and not above it",
        ),
        (right[..last].to_vec(), "a gradient that has an entry too few"),
    ]
}

/// Backward with other masks than forward had.
fn gradient(
    layers: &[Layer],
    activation: Activation,
    masks: &[Matrix],
    back: &[Matrix],
    (x, y): (&Matrix, &Matrix),
) -> Vec<Layer> {
    let pass = forward(layers, SIGMOID, masks, x);
    backward(layers, activation, back, &pass, y)
}

fn flat(layers: &[Layer]) -> Vec<f64> {
    layers.iter().flat_map(|l| l.w.iter().chain(&l.b).copied()).collect()
}

/// These layers, with other numbers in them.
fn filled(layers: &[Layer], theta: &[f64]) -> Vec<Layer> {
    let mut layers = layers.to_vec();
    let numbers =
        layers.iter_mut().flat_map(|l| l.w.iter_mut().chain(&mut l.b));
    numbers.zip(theta).for_each(|(number, value)| *number = *value);
    layers
}
