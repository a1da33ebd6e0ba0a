//! A gradient beside central differences, and the mistakes that it may be.

use chainrule::{Layer as CoreLayer, Parameters, central_differences};
use chapters::ch05_gradient_check::gallery::bug::Bug;
use chapters::plain::{self, Activation, Layer, Matrix, Pass};

use crate::compare::{layers_apart, layers_fit, same};

/// What a gradient is of.
pub struct Case<'a> {
    pub layers: &'a [Layer],
    pub activation: Activation,
    pub masks: &'a [Matrix],
    pub x: &'a Matrix,
    pub y: &'a Matrix,
}

/// An answer that would be a known mistake, and what to say then.
pub type Suspect = (Vec<Layer>, &'static str);

impl Case<'_> {
    /// The right way forward.
    pub fn pass(&self) -> Pass {
        plain::forward(self.layers, self.activation, self.masks, self.x)
    }

    /// Refuses a gradient that is not the one of the cost; returns how many
    /// derivatives it has. More suspects come before those that are known here.
    pub fn judge(
        &self,
        yours: &[Layer],
        more: Vec<Suspect>,
    ) -> Result<usize, String> {
        layers_fit("d", yours, self.layers)?;
        let slow = self.measured();
        let Some(apart) = layers_apart("d", yours, &slow, 1e-6) else {
            return Ok(slow.iter().map(|l| l.w.len() + l.b.len()).sum());
        };
        let suspects = more.into_iter().chain(self.suspects());
        let mut named = suspects.filter(|(suspect, _)| same(yours, suspect));
        let what = named.next().map_or("", |(_, what)| what);
        Err(apart.told("central differences say") + what)
    }

    /// The core's central differences of the cost.
    fn measured(&self) -> Vec<Layer> {
        let layers = self.layers.iter();
        let layers = layers
            .map(|l| CoreLayer { weights: l.w.clone(), bias: l.b.clone() });
        let parameters = Parameters::from_layers(layers.collect());
        let parameters = parameters.expect("layers of the judge fit");
        let slopes = central_differences(&parameters, 1e-5, |moved| {
            let moved = plain::layers(moved);
            let Case { activation, masks, x, y, .. } = *self;
            let pass = plain::forward(&moved, activation, masks, x);
            Ok(plain::cost(pass.output(), y))
        });
        let slopes = slopes.expect("the judge's cost is finite");
        let layers = slopes.layers().iter();
        layers.map(|l| Layer { w: l.dw.clone(), b: l.db.clone() }).collect()
    }

    /// The mistakes that are known, as what they answer here.
    fn suspects(&self) -> Vec<Suspect> {
        let Case { layers, activation, masks, y, .. } = *self;
        let pass = self.pass();
        let with = |activation, masks: &[Matrix], pass: &Pass| {
            plain::backward(layers, activation, masks, pass, y)
        };
        let right = with(activation, masks, &pass);
        let m = y.ncols() as f64;
        let times = |factor: f64| -> Vec<Layer> {
            let scaled =
                |l: &Layer| Layer { w: factor * &l.w, b: factor * &l.b };
            right.iter().map(scaled).collect()
        };
        let flat = Activation { slope: |_| 1.0, ..activation };
        let sigmoid_of_a = Bug::DoubleSigmoid.code().activation.slope;
        let twice = Activation { slope: sigmoid_of_a, ..activation };
        let unmasked = Pass { a: pass.a.clone(), handed_on: pass.a.clone() };
        let of_masked = Bug::MaskedDerivative.code().backward;
        vec![
            (with(flat, masks, &pass), ". Is the slope f′ missing?"),
            (
                with(twice, masks, &pass),
                ". The slope is taken at a instead of z: double-sigmoid, in \
                 chapter 5's gallery",
            ),
            (
                with(activation, &[], &pass),
                ". The mask of forward is missing on the way back: \
                 unmasked-backward, in chapter 5's gallery",
            ),
            (
                of_masked(layers, activation, masks, &pass, y),
                ". The slope is read off ã, the masked activation: \
                 masked-derivative, in chapter 5's gallery",
            ),
            (
                with(activation, masks, &unmasked),
                ". Does dw read a, where the layer read ã?",
            ),
            (times(-1.0), ". Is the error y − a, the wrong way round?"),
            (times(2.0), ". It is twice the slope of J, which has a ½"),
            (times(m), ". Is the mean over the samples, 1/m, missing?"),
            (times(1.0 / m), ". Is 1/m applied twice?"),
            (
                only_the_last(&right),
                ". Has the error gone below the output layer?",
            ),
        ]
    }
}

/// The gradient of the last layer, and zeros below.
fn only_the_last(right: &[Layer]) -> Vec<Layer> {
    let mut layers = right.to_vec();
    let below = layers.len() - 1;
    for layer in &mut layers[..below] {
        layer.w.fill(0.0);
        layer.b.fill(0.0);
    }
    layers
}
