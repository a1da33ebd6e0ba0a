//! The mistakes: each is one function that takes the place of the right one.

use chainrule::kernels::exp;
use chainrule::{ChaCha8Rng, Parameters, seeded};
use rand::RngExt;

use super::code::{Code, RIGHT};
use super::network::Network;
use crate::plain::{
    self, Activation, Layer, Matrix, Pass, SIGMOID, affine, gradient, masked,
    transposed_product,
};

pub const UNMASKED_BACKWARD: Code =
    Code { backward: unmasked_backward, ..RIGHT };

fn unmasked_backward(
    layers: &[Layer],
    activation: Activation,
    _masks: &[Matrix],
    pass: &Pass,
    y: &Matrix,
) -> Vec<Layer> {
    let mut dz = pass.output() - y;
    let mut gradients = Vec::new();
    for l in (0..layers.len()).rev() {
        gradients.push(gradient(&dz, &pass.handed_on[l]));
        if l > 0 {
            // ANCHOR: unmasked_backward
            let da = transposed_product(&layers[l].w, &dz);
            // the mask of forward is missing
            dz = da * pass.a[l].mapv(activation.slope);
            // ANCHOR_END: unmasked_backward
        }
    }
    gradients.reverse();
    gradients
}

pub const MASKED_DERIVATIVE: Code =
    Code { backward: masked_derivative, ..RIGHT };

fn masked_derivative(
    layers: &[Layer],
    activation: Activation,
    _masks: &[Matrix],
    pass: &Pass,
    y: &Matrix,
) -> Vec<Layer> {
    let mut dz = pass.output() - y;
    let mut gradients = Vec::new();
    for l in (0..layers.len()).rev() {
        gradients.push(gradient(&dz, &pass.handed_on[l]));
        if l > 0 {
            // ANCHOR: masked_derivative
            let da = transposed_product(&layers[l].w, &dz);
            let a = &pass.handed_on[l]; // dropout in place: a itself is gone
            dz = da * a.mapv(activation.slope);
            // ANCHOR_END: masked_derivative
        }
    }
    gradients.reverse();
    gradients
}

pub const DOUBLE_SIGMOID: Code = Code {
    activation: Activation { slope: double_sigmoid, ..SIGMOID },
    ..RIGHT
};

// ANCHOR: double_sigmoid
fn double_sigmoid(a: f64) -> f64 {
    let s = (SIGMOID.f)(a); // a is a sigmoid already
    s * (1.0 - s)
}
// ANCHOR_END: double_sigmoid

pub const EARLY_UPDATE: Code = Code { descend: early_update, ..RIGHT };

/// Backward and update in one sweep.
// ANCHOR: early_update
fn early_update(
    code: &Code,
    layers: &mut [Layer],
    masks: &[Matrix],
    pass: &Pass,
    y: &Matrix,
    learning_rate: f64,
) {
    let mut dz = pass.output() - y;
    for l in (0..layers.len()).rev() {
        let gradient = gradient(&dz, &pass.handed_on[l]);
        plain::update(&mut layers[l..=l], &[gradient], learning_rate);
        if l > 0 {
            let da = transposed_product(&layers[l].w, &dz); // w has moved
            let da = masked(&da, masks.get(l - 1));
            dz = da * pass.a[l].mapv(code.activation.slope);
        }
    }
}
// ANCHOR_END: early_update

pub const FIRST_INPUT_EVERYWHERE: Code =
    Code { forward: first_input_everywhere, ..RIGHT };

// ANCHOR: first_input_everywhere
fn first_input_everywhere(
    layers: &[Layer],
    activation: Activation,
    masks: &[Matrix],
    x: &Matrix,
) -> Pass {
    let mut pass = Pass { a: vec![x.clone()], handed_on: vec![x.clone()] };
    for (l, Layer { w, b }) in layers.iter().enumerate() {
        let is_output = l + 1 == layers.len();
        let a = if is_output {
            affine(w, &pass.handed_on[l], b)
        } else {
            affine(w, x, b).mapv(activation.f) // x, at every hidden layer
        };
        pass.handed_on.push(masked(&a, masks.get(l)));
        pass.a.push(a);
    }
    pass
}
// ANCHOR_END: first_input_everywhere

pub const FACTOR_TWO: Code = Code { reported: factor_two, ..RIGHT };

/// One output: the mean over all entries is the mean over the samples.
// ANCHOR: factor_two
fn factor_two(a: &Matrix, y: &Matrix) -> f64 {
    plain::mse(a, y) // and plain::cost is descended
}
// ANCHOR_END: factor_two

pub const FIXED_MASK: Code = Code { masks: fixed_mask, ..RIGHT };

// ANCHOR: fixed_mask
fn fixed_mask(
    layers: &[Layer],
    p: f64,
    samples: usize,
    _rng: &mut ChaCha8Rng,
) -> Vec<Matrix> {
    let rng = &mut seeded(0); // the same generator at every step
    (RIGHT.masks)(layers, p, samples, rng)
}
// ANCHOR_END: fixed_mask

pub const SHARED_MASK: Code = Code { masks: shared_mask, ..RIGHT };

// ANCHOR: shared_mask
fn shared_mask(
    layers: &[Layer],
    p: f64,
    samples: usize,
    rng: &mut ChaCha8Rng,
) -> Vec<Matrix> {
    let seed = rng.random();
    let hidden = 0..layers.len() - 1;
    let of_layer = |l: usize| {
        let rng = &mut seeded(seed); // the same stream for every layer
        plain::draw_masks(&layers[l..l + 2], p, samples, rng)
    };
    hidden.flat_map(of_layer).collect()
}
// ANCHOR_END: shared_mask

pub const WRONG_SCALE: Code = Code { masks: wrong_scale, ..RIGHT };

// ANCHOR: wrong_scale
fn wrong_scale(
    layers: &[Layer],
    p: f64,
    samples: usize,
    rng: &mut ChaCha8Rng,
) -> Vec<Matrix> {
    let masks = (RIGHT.masks)(layers, p, samples, rng);
    let scale = |m: f64| if m == 0.0 { 0.0 } else { 1.0 / p };
    masks.into_iter().map(|mask| mask.mapv(scale)).collect()
}
// ANCHOR_END: wrong_scale

pub const KEEP_FOR_DROP: Code = Code { masks: keep_for_drop, ..RIGHT };

// ANCHOR: keep_for_drop
fn keep_for_drop(
    layers: &[Layer],
    p: f64,
    samples: usize,
    rng: &mut ChaCha8Rng,
) -> Vec<Matrix> {
    let p = 1.0 - p; // the caller's p is taken for the chance to be kept
    (RIGHT.masks)(layers, p, samples, rng)
}
// ANCHOR_END: keep_for_drop

pub const NORMAL_MASK: Code = Code { masks: normal_mask, ..RIGHT };

// ANCHOR: normal_mask
fn normal_mask(
    layers: &[Layer],
    p: f64,
    samples: usize,
    rng: &mut ChaCha8Rng,
) -> Vec<Matrix> {
    let rng = &mut seeded(rng.random());
    let hidden = &layers[..layers.len() - 1];
    let draw = |layer: &Layer| {
        Matrix::from_shape_simple_fn((layer.w.nrows(), samples), || {
            let kept = normal(rng) < 1.0 - p; // it should be uniform
            if kept { 1.0 / (1.0 - p) } else { 0.0 }
        })
    };
    hidden.iter().map(draw).collect()
}
// ANCHOR_END: normal_mask

/// A standard normal number, from two uniform ones (Box and Muller).
fn normal(rng: &mut ChaCha8Rng) -> f64 {
    let (u, v): (f64, f64) = (rng.random(), rng.random());
    (-2.0 * libm::log(1.0 - u)).sqrt()
        * libm::cos(2.0 * std::f64::consts::PI * v)
}

pub const DROPOUT_AT_EVALUATION: Code =
    Code { evaluate: dropout_at_evaluation, ..RIGHT };

// ANCHOR: dropout_at_evaluation
fn dropout_at_evaluation(
    code: &Code,
    layers: &[Layer],
    p: f64,
    x: &Matrix,
    rng: &mut ChaCha8Rng,
) -> Matrix {
    let masks = (code.masks)(layers, p, x.ncols(), rng); // in training only
    let pass = (code.forward)(layers, code.activation, &masks, x);
    pass.output().clone()
}
// ANCHOR_END: dropout_at_evaluation

pub const POSITIVE_INIT: Code = Code {
    // ANCHOR: positive_init
    init: |sizes, rng| Parameters::uniform(sizes, rng), // not xavier
    // ANCHOR_END: positive_init
    ..RIGHT
};

pub const SIGMOID_OVERFLOW: Code =
    Code { activation: Activation { f: sigmoid_overflow, ..SIGMOID }, ..RIGHT };

// ANCHOR: sigmoid_overflow
fn sigmoid_overflow(z: f64) -> f64 {
    exp(z) / (1.0 + exp(z)) // on paper the same as 1 / (1 + exp(-z))
}
// ANCHOR_END: sigmoid_overflow

pub const UNFROZEN_CHECK: Code = Code { looked_at: unfrozen_check, ..RIGHT };

// ANCHOR: unfrozen_check
fn unfrozen_check(
    network: &Network,
    _masks: &[Matrix],
    x: &Matrix,
    rng: &mut ChaCha8Rng,
) -> Matrix {
    let masks = network.masks(x.ncols(), rng); // other masks at every look
    network.forward(x, &masks).output().clone()
}
// ANCHOR_END: unfrozen_check
