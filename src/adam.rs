//! Adam: a step whose length every weight settles for itself.

use ndarray::Zip;

use crate::decay::{self, decay};
use crate::error::{Error, Result, finite, learning_rate as check};
use crate::gradients::{Gradients, LayerGradients};
use crate::optimiser::Optimiser;
use crate::parameters::{Layer, Parameters};
use crate::update::fits;

/// Adam: every weight and every bias keeps a mean m of its slopes and a mean v
/// of their squares, and steps by η·m̂/(√v̂ + ε).
///
/// Algorithm 1 of Kingma & Ba (2015, *Adam: A method for stochastic
/// optimization*). Both means begin at 0 and are too small at first by 1 − βᵗ;
/// m̂ and v̂ are without that fault, so that the first step is as long as η,
/// whatever the slope.
///
/// The means are made at the first step, in the shapes of the parameters;
/// further steps allocate nothing. The powers βᵗ are products, one factor a
/// step, so that they have the same bits on every processor.
///
/// ```
/// use chainrule::{Activation, Adam, Network, Parameters, seeded, sine};
///
/// let (x, y) = sine(100)?;
/// let mut rng = seeded(0);
/// let parameters = Parameters::uniform(&[1, 6, 1], &mut rng)?;
/// let mut network = Network::new(parameters, Activation::Sigmoid);
/// let mut adam = Adam::new(0.001)?.with_betas(0.9, 0.99)?;
/// let before = network.train_step(x.view(), y.view(), &mut adam, &mut rng)?;
/// assert!(network.loss(x.view(), y.view())? < before);
/// # Ok::<(), chainrule::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Adam {
    settings: Settings,
    means: Option<Means>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Settings {
    learning_rate: f64,
    beta1: f64,
    beta2: f64,
    epsilon: f64,
    weight_decay: f64,
}

/// What Adam remembers after t steps.
#[derive(Clone, Debug, PartialEq)]
struct Means {
    /// m, of the slopes.
    slopes: Gradients,
    /// v, of their squares.
    squares: Gradients,
    /// β₁ᵗ.
    beta1_t: f64,
    /// β₂ᵗ.
    beta2_t: f64,
}

impl Adam {
    /// Adam with step size η, and the paper's β₁ = 0.9, β₂ = 0.999 and
    /// ε = 10⁻⁸.
    ///
    /// # Errors
    /// [`Error::LearningRate`] unless η is a finite number above 0.
    pub fn new(learning_rate: f64) -> Result<Adam> {
        check(learning_rate)?;
        let settings = Settings {
            learning_rate,
            beta1: 0.9,
            beta2: 0.999,
            epsilon: 1e-8,
            weight_decay: 0.0,
        };
        Ok(Adam { settings, means: None })
    }

    /// The same with other shares that the means keep at a step.
    ///
    /// # Errors
    /// [`Error::Beta`] unless both are in [0, 1).
    pub fn with_betas(mut self, beta1: f64, beta2: f64) -> Result<Adam> {
        for (name, value) in [("β₁", beta1), ("β₂", beta2)] {
            if !(0.0..1.0).contains(&value) {
                return Err(Error::Beta { name, value });
            }
        }
        self.settings = Settings { beta1, beta2, ..self.settings };
        Ok(self)
    }

    /// The same with another ε, which keeps the step finite where no slope was.
    ///
    /// # Errors
    /// [`Error::Epsilon`] unless it is a finite number above 0.
    pub fn with_epsilon(mut self, epsilon: f64) -> Result<Adam> {
        if !(epsilon.is_finite() && epsilon > 0.0) {
            return Err(Error::Epsilon(epsilon));
        }
        self.settings.epsilon = epsilon;
        Ok(self)
    }

    /// The same with weight decay λ: [`decay`] before every step.
    ///
    /// The decay stays outside of m and v (Loshchilov & Hutter, 2019,
    /// *Decoupled weight decay regularization*). Inside of them, as the slope
    /// λ·w of J + ½·λ·Σw², it would be divided by √v̂ as well.
    ///
    /// # Errors
    /// [`Error::WeightDecay`] unless λ is finite, at least 0, and η·λ below 1.
    pub fn with_weight_decay(mut self, weight_decay: f64) -> Result<Adam> {
        decay::fits(weight_decay, self.settings.learning_rate)?;
        self.settings.weight_decay = weight_decay;
        Ok(self)
    }

    /// The step size η.
    pub fn learning_rate(&self) -> f64 {
        self.settings.learning_rate
    }

    /// The shares β₁ and β₂ that the means of the slopes and of their squares
    /// keep at a step.
    pub fn betas(&self) -> (f64, f64) {
        (self.settings.beta1, self.settings.beta2)
    }

    /// The ε beside the root.
    pub fn epsilon(&self) -> f64 {
        self.settings.epsilon
    }

    /// The weight decay λ; 0 is none.
    pub fn weight_decay(&self) -> f64 {
        self.settings.weight_decay
    }
}

impl Means {
    /// Zeros in the shapes of `parameters`, before the first step.
    fn zeros_like(parameters: &Parameters) -> Means {
        let zeros = Gradients::zeros_like(parameters);
        Means {
            slopes: zeros.clone(),
            squares: zeros,
            beta1_t: 1.0,
            beta2_t: 1.0,
        }
    }
}

impl Optimiser for Adam {
    /// Moves the parameters by one step.
    ///
    /// # Errors
    /// As [`Optimiser::step`]; [`Error::NotFinite`] also for slopes whose
    /// square is infinite; [`Error::Shape`] also for parameters of another
    /// network than the means are of.
    fn step(
        &mut self,
        parameters: &mut Parameters,
        gradients: &Gradients,
    ) -> Result<()> {
        fits(gradients, parameters)?;
        let Adam { settings, means } = self;
        let means = means.get_or_insert_with(|| Means::zeros_like(parameters));
        fits(&means.slopes, parameters)?;
        if settings.weight_decay > 0.0 {
            let Settings { learning_rate, weight_decay, .. } = *settings;
            decay(parameters, learning_rate, weight_decay)?;
        }
        step(parameters, means, gradients, settings);
        // An infinite v would hold its weight where it is, and say nothing.
        for LayerGradients { dw, db } in means.squares.layers() {
            finite("the mean of the squared slopes", dw)?;
            finite("the mean of the squared slopes", db)?;
        }
        parameters.check()
    }
}

// ANCHOR: adam
fn step(
    parameters: &mut Parameters,
    means: &mut Means,
    gradients: &Gradients,
    settings: &Settings,
) {
    let Settings { learning_rate, beta1, beta2, epsilon, .. } = *settings;
    let Means { slopes, squares, beta1_t, beta2_t } = means;
    *beta1_t *= beta1; // β₁ᵗ, one factor a step
    *beta2_t *= beta2;
    let one = |w: &mut f64, m: &mut f64, v: &mut f64, g: &f64| {
        *m = beta1 * *m + (1.0 - beta1) * g; // m ← β₁·m + (1−β₁)·g
        *v = beta2 * *v + (1.0 - beta2) * g * g; // v ← β₂·v + (1−β₂)·g²
        let m_hat = *m / (1.0 - *beta1_t); // m̂ = m/(1−β₁ᵗ)
        let v_hat = *v / (1.0 - *beta2_t); // v̂ = v/(1−β₂ᵗ)
        // w ← w − η·m̂/(√v̂ + ε)
        *w -= learning_rate * m_hat / (v_hat.sqrt() + epsilon);
    };
    let layers = parameters.layers_mut().iter_mut();
    let means = slopes.layers.iter_mut().zip(&mut squares.layers);
    for ((layer, (m, v)), g) in layers.zip(means).zip(gradients.layers()) {
        let Layer { weights: w, bias: b } = layer;
        Zip::from(w).and(&mut m.dw).and(&mut v.dw).and(&g.dw).for_each(one);
        Zip::from(b).and(&mut m.db).and(&mut v.db).and(&g.db).for_each(one);
    }
}
// ANCHOR_END: adam

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeded;
    use ndarray::array;

    /// One weight and one bias.
    fn pair(weight: f64, bias: f64) -> Result<Parameters> {
        Parameters::from_layers(vec![Layer {
            weights: array![[weight]],
            bias: array![[bias]],
        }])
    }

    fn values(parameters: &mut Parameters) -> Vec<f64> {
        parameters.values_mut().map(|value| *value).collect()
    }

    /// By hand, where every number is exact: β₁ = ½, β₂ = ¾ and ε = 1.
    #[test]
    fn two_steps_by_hand() -> Result<()> {
        let mut parameters = pair(0.0, 0.0)?;
        let mut adam =
            Adam::new(1.0)?.with_betas(0.5, 0.75)?.with_epsilon(1.0)?;
        assert_eq!((adam.learning_rate(), adam.betas()), (1.0, (0.5, 0.75)));
        assert_eq!((adam.epsilon(), adam.weight_decay()), (1.0, 0.0));
        // m̂ = g and v̂ = g²: the step is −g/(|g| + 1).
        let slopes = Gradients::of(&parameters, &[3.0, -1.0]);
        adam.step(&mut parameters, &slopes)?;
        assert_eq!(values(&mut parameters), [-0.75, 0.5]);
        // The weight: m = ½·3/2 = 3/4, v = ¾·9/4 = 27/16; then 1 − βᵗ is 3/4
        // and 7/16, so m̂ = 1 and v̂ = 27/7.
        let slopes = Gradients::of(&parameters, &[0.0, -1.0]);
        adam.step(&mut parameters, &slopes)?;
        let step = 1.0 / ((27.0_f64 / 7.0).sqrt() + 1.0);
        let [w, b] = values(&mut parameters)[..] else { panic!("two") };
        assert!((w - (-0.75 - step)).abs() < 1e-15, "{w}");
        assert!((b - 1.0).abs() < 1e-15, "{b}");
        Ok(())
    }

    /// The first step is as long as η, however small or large the slope.
    #[test]
    fn the_first_step_is_as_long_as_eta() -> Result<()> {
        for slope in [1e-4, 1.0, 1e9] {
            let mut parameters = pair(1.0, 1.0)?;
            let mut adam = Adam::new(0.125)?;
            let slopes = Gradients::of(&parameters, &[slope, -slope]);
            adam.step(&mut parameters, &slopes)?;
            for (value, expected) in
                values(&mut parameters).into_iter().zip([0.875, 1.125])
            {
                assert!((value - expected).abs() < 1e-4, "{slope}: {value}");
            }
        }
        Ok(())
    }

    #[test]
    fn without_a_slope_nothing_moves() -> Result<()> {
        let mut parameters = pair(1.0, -2.0)?;
        let flat = Gradients::zeros_like(&parameters);
        Adam::new(0.1)?.step(&mut parameters, &flat)?;
        assert_eq!(values(&mut parameters), [1.0, -2.0]);
        Ok(())
    }

    /// The decay comes before the step, and leaves both means alone.
    #[test]
    fn weight_decay_stays_outside_of_the_means() -> Result<()> {
        let (mut one, mut other) = (pair(4.0, 4.0)?, pair(3.0, 4.0)?);
        let slopes = Gradients::of(&one, &[0.5, 2.0]);
        let mut with = Adam::new(0.5)?.with_weight_decay(0.5)?;
        assert_eq!(with.weight_decay(), 0.5);
        let mut without = Adam::new(0.5)?;
        with.step(&mut one, &slopes)?;
        without.step(&mut other, &slopes)?;
        assert_eq!(one, other);
        assert_eq!(with.means, without.means);
        Ok(())
    }

    #[test]
    fn what_does_not_fit_is_refused() -> Result<()> {
        let adam = Adam::new(0.1)?;
        for bad in [-0.1, 1.0, f64::NAN, f64::INFINITY] {
            for (first, second) in [(bad, 0.9), (0.9, bad)] {
                let refused = adam.clone().with_betas(first, second);
                assert!(matches!(refused, Err(Error::Beta { .. })), "{bad}");
            }
        }
        for bad in [-1.0, 0.0, f64::NAN, f64::INFINITY] {
            let refused = adam.clone().with_epsilon(bad);
            assert!(matches!(refused, Err(Error::Epsilon(_))), "{bad}");
        }
        let refused = adam.with_weight_decay(10.0);
        assert_eq!(refused, Err(Error::WeightDecay(10.0)));
        assert_eq!(Adam::new(0.0), Err(Error::LearningRate(0.0)));
        let mut small = Parameters::uniform(&[1, 1], &mut seeded(0))?;
        let mut large = Parameters::uniform(&[1, 2, 1], &mut seeded(0))?;
        let mut adam = Adam::new(0.1)?;
        let of = |parameters: &Parameters| Gradients::zeros_like(parameters);
        let flat = of(&small);
        adam.step(&mut small, &flat)?;
        let before = large.clone();
        for gradients in [of(&small), of(&large)] {
            let refused = adam.step(&mut large, &gradients);
            assert!(matches!(refused, Err(Error::Shape { .. })));
        }
        assert_eq!(large, before);
        Ok(())
    }

    /// 1e200 squared is infinite: the step would be 0, now and ever after.
    #[test]
    fn a_slope_too_large_to_be_squared_is_told() -> Result<()> {
        for slopes in [[1e200, 0.0], [0.0, 1e200]] {
            let mut parameters = pair(1.0, 1.0)?;
            let slopes = Gradients::of(&parameters, &slopes);
            let told = Adam::new(0.1)?.step(&mut parameters, &slopes);
            assert!(matches!(told, Err(Error::NotFinite { .. })), "{told:?}");
        }
        Ok(())
    }
}
