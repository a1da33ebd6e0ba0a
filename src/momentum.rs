//! Momentum: a step that goes on in the direction of the steps before.

use crate::error::{Error, Result, learning_rate as check};
use crate::gradients::{Gradients, LayerGradients};
use crate::optimiser::Optimiser;
use crate::parameters::{Layer, Parameters};
use crate::update::fits;

/// Gradient descent with momentum: v ← β·v − η·dw and w ← w + v, for every
/// weight and every bias. The velocities v begin at 0.
///
/// The method of the heavy ball (Polyak, 1964, *Some methods of speeding up the
/// convergence of iteration methods*), in the form of Sutskever et al. (2013,
/// *On the importance of initialization and momentum in deep learning*,
/// equations 1 and 2). With β = 0 it is [`Descent`], bit by bit. On a parabola
/// of curvature λ it is stable for η·λ below 2·(1 + β).
///
/// The velocities are made at the first step, in the shapes of the parameters;
/// further steps allocate nothing.
///
/// ```
/// use chainrule::{Activation, Momentum, Network, Parameters, seeded, sine};
///
/// let (x, y) = sine(100)?;
/// let mut rng = seeded(0);
/// let parameters = Parameters::uniform(&[1, 6, 1], &mut rng)?;
/// let mut network = Network::new(parameters, Activation::Sigmoid);
/// let mut momentum = Momentum::new(0.01, 0.9)?;
/// let before = network.train_step(x.view(), y.view(), &mut momentum, &mut rng)?;
/// assert!(network.loss(x.view(), y.view())? < before);
/// # Ok::<(), chainrule::Error>(())
/// ```
///
/// [`Descent`]: crate::Descent
#[derive(Clone, Debug, PartialEq)]
pub struct Momentum {
    learning_rate: f64,
    momentum: f64,
    velocity: Option<Gradients>,
}

impl Momentum {
    /// Momentum with step size η, which keeps the share β of the velocity.
    ///
    /// # Errors
    /// [`Error::LearningRate`] unless η is a finite number above 0;
    /// [`Error::Momentum`] unless β is in [0, 1).
    pub fn new(learning_rate: f64, momentum: f64) -> Result<Momentum> {
        check(learning_rate)?;
        if !(0.0..1.0).contains(&momentum) {
            return Err(Error::Momentum(momentum));
        }
        Ok(Momentum { learning_rate, momentum, velocity: None })
    }

    /// The step size η.
    pub fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    /// The share β of the velocity that a step keeps.
    pub fn momentum(&self) -> f64 {
        self.momentum
    }
}

impl Optimiser for Momentum {
    /// Moves the parameters by one step.
    ///
    /// # Errors
    /// As [`Optimiser::step`]; [`Error::Shape`] also for parameters of another
    /// network than the velocities are of.
    fn step(
        &mut self,
        parameters: &mut Parameters,
        gradients: &Gradients,
    ) -> Result<()> {
        fits(gradients, parameters)?;
        let Momentum { learning_rate, momentum, velocity } = self;
        let velocity =
            velocity.get_or_insert_with(|| Gradients::zeros_like(parameters));
        fits(velocity, parameters)?;
        step(parameters, velocity, gradients, *learning_rate, *momentum);
        parameters.check()
    }
}

// ANCHOR: momentum
fn step(
    parameters: &mut Parameters,
    velocity: &mut Gradients,
    gradients: &Gradients,
    learning_rate: f64,
    momentum: f64,
) {
    let go_on = |v: &mut f64, dw: &f64| *v = momentum * *v - learning_rate * dw;
    let layers = parameters.layers_mut().iter_mut();
    let slopes = velocity.layers.iter_mut().zip(gradients.layers());
    for (layer, (v, gradient)) in layers.zip(slopes) {
        let Layer { weights: w, bias: b } = layer;
        let LayerGradients { dw: vw, db: vb } = v;
        vw.zip_mut_with(&gradient.dw, go_on); // v ← β·v − η·dw
        vb.zip_mut_with(&gradient.db, go_on);
        w.zip_mut_with(vw, |w, v| *w += v); // w ← w + v
        b.zip_mut_with(vb, |b, v| *b += v);
    }
}
// ANCHOR_END: momentum

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Descent, seeded};
    use ndarray::array;

    #[test]
    fn a_step_keeps_a_share_of_the_one_before() -> Result<()> {
        let mut parameters = Parameters::from_layers(vec![Layer {
            weights: array![[1.0, -2.0]],
            bias: array![[3.0]],
        }])?;
        let slopes = Gradients::of(&parameters, &[4.0, 8.0, -2.0]);
        let mut momentum = Momentum::new(0.25, 0.5)?;
        let told = (momentum.learning_rate(), momentum.momentum());
        assert_eq!(told, (0.25, 0.5));
        // v is −η·dw, then 1½ times that, then 1¾ times.
        for expected in [[0.0, -4.0, 3.5], [-1.5, -7.0, 4.25]] {
            momentum.step(&mut parameters, &slopes)?;
            let stepped: Vec<_> = parameters.values_mut().map(|v| *v).collect();
            assert_eq!(stepped, expected);
        }
        // Without a slope it goes on, with half of the velocity.
        let flat = Gradients::zeros_like(&parameters);
        momentum.step(&mut parameters, &flat)?;
        let stepped: Vec<_> = parameters.values_mut().map(|v| *v).collect();
        assert_eq!(stepped, [-2.25, -8.5, 4.625]);
        Ok(())
    }

    #[test]
    fn without_momentum_it_is_descent_bit_by_bit() -> Result<()> {
        let mut one = Parameters::uniform(&[2, 3, 1], &mut seeded(0))?;
        let mut other = one.clone();
        let slopes: Vec<f64> = (0..13).map(|i| 0.1 * f64::from(i)).collect();
        let slopes = Gradients::of(&one, &slopes);
        let mut momentum = Momentum::new(0.3, 0.0)?;
        let mut descent = Descent::new(0.3)?;
        for _ in 0..10 {
            momentum.step(&mut one, &slopes)?;
            descent.step(&mut other, &slopes)?;
        }
        let bits = |p: &mut Parameters| {
            p.values_mut().map(|v| v.to_bits()).collect::<Vec<_>>()
        };
        assert_eq!(bits(&mut one), bits(&mut other));
        Ok(())
    }

    /// On ½·λ·w² the limit is η·λ = 2·(1 + β), and not that of descent, 2.
    #[test]
    fn the_limit_on_a_parabola_is_twice_one_plus_beta() -> Result<()> {
        let height_after = |curvature: f64| {
            let mut at = Parameters::from_layers(vec![Layer {
                weights: array![[1.0]],
                bias: array![[0.0]],
            }])?;
            let mut momentum = Momentum::new(1.0, 0.5)?;
            for _ in 0..2000 {
                let w = at.layers()[0].weights[[0, 0]];
                let slopes = Gradients::of(&at, &[curvature * w, 0.0]);
                momentum.step(&mut at, &slopes)?;
            }
            Ok::<_, Error>(at.layers()[0].weights[[0, 0]].abs())
        };
        assert!(height_after(2.98)? < 1e-3);
        assert!(height_after(3.02)? > 1e3);
        Ok(())
    }

    #[test]
    fn what_does_not_fit_is_refused() -> Result<()> {
        for bad in [-0.1, 1.0, f64::NAN, f64::INFINITY] {
            let refused = Momentum::new(0.1, bad);
            assert!(matches!(refused, Err(Error::Momentum(_))), "{bad}");
        }
        assert_eq!(Momentum::new(0.0, 0.9), Err(Error::LearningRate(0.0)));
        let mut small = Parameters::uniform(&[1, 1], &mut seeded(0))?;
        let mut large = Parameters::uniform(&[1, 2, 1], &mut seeded(0))?;
        let mut momentum = Momentum::new(0.1, 0.9)?;
        let of = |parameters: &Parameters| Gradients::zeros_like(parameters);
        let flat = of(&small);
        momentum.step(&mut small, &flat)?;
        let before = large.clone();
        for gradients in [of(&small), of(&large)] {
            let refused = momentum.step(&mut large, &gradients);
            assert!(matches!(refused, Err(Error::Shape { .. })));
        }
        assert_eq!(large, before);
        Ok(())
    }
}
