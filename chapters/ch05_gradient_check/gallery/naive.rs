//! A sigmoid network in plain loops, and in it a place for each mistake.

use chainrule::{ChaCha8Rng, Layer, Result};
use ndarray::{Array2, Axis};

use super::bug::Bug;
use super::mistakes::{
    draw_masks, init, layer_input, reported, sigmoid, slope,
};

/// A network, the mistake in it, and the drop probability of its training.
#[derive(Clone, Debug)]
pub struct Naive {
    pub layers: Vec<Layer>,
    pub bug: Bug,
    pub drop_prob: f64,
    first_masks: Option<Masks>,
}

/// One mask for each hidden layer, entries 0 or 1/(1−p); none is no dropout.
pub type Masks = Vec<Array2<f64>>;

/// What a forward pass remembers: activations before and after the masks.
pub struct Trace {
    pub a: Vec<Array2<f64>>,
    pub dropped: Vec<Array2<f64>>,
}

impl Naive {
    pub fn new(bug: Bug, seed: u64, drop_prob: f64) -> Result<Naive> {
        Naive::of_sizes(bug.sizes(), bug, seed, drop_prob)
    }

    pub fn of_sizes(
        sizes: &[usize],
        bug: Bug,
        seed: u64,
        drop_prob: f64,
    ) -> Result<Naive> {
        let layers = init(sizes, seed, bug)?;
        Ok(Naive { layers, bug, drop_prob, first_masks: None })
    }

    /// The masks of the next step.
    // ANCHOR: fixed_mask
    pub fn masks(&mut self, samples: usize, rng: &mut ChaCha8Rng) -> Masks {
        if let (Bug::FixedMask, Some(first)) = (self.bug, &self.first_masks) {
            return first.clone(); // drawn at the first step, and kept
        }
        let widths = self.widths();
        let masks = draw_masks(&widths, samples, self.drop_prob, rng, self.bug);
        self.first_masks = Some(masks.clone());
        masks
    }
    // ANCHOR_END: fixed_mask

    fn widths(&self) -> Vec<usize> {
        let hidden = self.layers.len() - 1;
        self.layers[..hidden].iter().map(|l| l.weights.nrows()).collect()
    }

    pub fn forward(&self, x: &Array2<f64>, masks: Option<&Masks>) -> Trace {
        let mut trace = Trace { a: vec![], dropped: vec![] };
        let last = self.layers.len() - 1;
        for (l, layer) in self.layers.iter().enumerate() {
            let previous = trace.dropped.last().unwrap_or(x);
            let hidden = l < last;
            let bug = if hidden { self.bug } else { Bug::None };
            let mut a = product(&layer.weights, layer_input(x, previous, bug));
            a += &layer.bias;
            if hidden {
                a.mapv_inplace(|z| sigmoid(z, self.bug));
            }
            let dropped = match masks {
                Some(masks) if hidden => &masks[l] * &a,
                _ => a.clone(),
            };
            trace.a.push(a);
            trace.dropped.push(dropped);
        }
        trace
    }

    /// The answer after training.
    // ANCHOR: dropout_at_evaluation
    pub fn evaluate(
        &self,
        x: &Array2<f64>,
        rng: &mut ChaCha8Rng,
    ) -> Array2<f64> {
        let masks = match self.bug {
            Bug::DropoutAtEvaluation => Some(draw_masks(
                &self.widths(),
                x.ncols(),
                self.drop_prob,
                rng,
                self.bug,
            )),
            _ => None,
        };
        output(&self.forward(x, masks.as_ref())).clone()
    }
    // ANCHOR_END: dropout_at_evaluation

    /// One step of gradient descent, backward and update in one sweep.
    // ANCHOR: early_update
    pub fn step(
        &mut self,
        x: &Array2<f64>,
        y: &Array2<f64>,
        masks: Option<&Masks>,
        learning_rate: f64,
    ) {
        let Trace { a, dropped } = self.forward(x, masks);
        let rate = learning_rate / x.ncols() as f64;
        let mut dz = &a[a.len() - 1] - y;
        for l in (0..self.layers.len()).rev() {
            let below = if l == 0 { x } else { &dropped[l - 1] };
            let dw = product(&dz, &below.t().to_owned());
            let db = dz.sum_axis(Axis(1)).insert_axis(Axis(1));
            let weights = &mut self.layers[l].weights;
            let before = weights.t().to_owned();
            *weights -= &(rate * dw);
            self.layers[l].bias -= &(rate * db);
            if l > 0 {
                let w = match self.bug {
                    Bug::EarlyUpdate => self.layers[l].weights.t().to_owned(),
                    _ => before,
                };
                let mut da = product(&w, &dz);
                for ((i, s), da) in da.indexed_iter_mut() {
                    let m = masks.map_or(1.0, |masks| masks[l - 1][[i, s]]);
                    *da *= slope(a[l - 1][[i, s]], m, self.bug);
                }
                dz = da;
            }
        }
    }
    // ANCHOR_END: early_update

    /// The loss that the program prints for an answer.
    pub fn reported(&self, answer: &Array2<f64>, y: &Array2<f64>) -> f64 {
        reported(squares(answer, y), y.ncols() as f64, self.bug)
    }
}

/// The output of a pass.
pub fn output(trace: &Trace) -> &Array2<f64> {
    &trace.a[trace.a.len() - 1]
}

/// J = 1/(2m) Σ (a − y)², what is descended.
pub fn cost(answer: &Array2<f64>, y: &Array2<f64>) -> f64 {
    squares(answer, y) / (2.0 * y.ncols() as f64)
}

fn squares(answer: &Array2<f64>, y: &Array2<f64>) -> f64 {
    answer.iter().zip(y).fold(0.0, |sum, (a, y)| sum + (a - y) * (a - y))
}

/// The product of two matrices, in three plain loops: the same bits anywhere.
fn product(a: &Array2<f64>, b: &Array2<f64>) -> Array2<f64> {
    let mut c = Array2::zeros((a.nrows(), b.ncols()));
    for (a, mut c) in a.rows().into_iter().zip(c.rows_mut()) {
        for (&a, b) in a.iter().zip(b.rows()) {
            for (c, &b) in c.iter_mut().zip(b) {
                *c += a * b;
            }
        }
    }
    c
}
