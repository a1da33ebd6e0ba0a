//! The network as a type: parameters, activation and dropout under one name.

use std::num::NonZero;

use ndarray::{Array2, ArrayView2};
use rand::Rng;

use crate::activation::Activation;
use crate::backward::backward;
use crate::buffers::Buffers;
use crate::dropout::Dropout;
use crate::error::Result;
use crate::evaluate::evaluate;
use crate::forward::forward_dropout;
use crate::loss::mse;
use crate::parameters::Parameters;
use crate::update::update;

/// A network that can be trained and asked.
///
/// The notebook's class `BP`, with two corrections: the activation it is given
/// is the one it uses, and training and evaluation are different methods.
///
/// ```
/// use chainrule::{Activation, Network, Parameters, seeded, sine};
///
/// let (x, y) = sine(100)?;
/// let mut rng = seeded(0);
/// let mut network = Network::new(Parameters::uniform(&[1, 6, 1], &mut rng)?, Activation::Tanh);
/// let before = network.loss(x.view(), y.view())?;
/// for _ in 0..100 {
///     network.train_step(x.view(), y.view(), 0.01, &mut rng)?;
/// }
/// assert!(network.loss(x.view(), y.view())? < before);
/// # Ok::<(), chainrule::Error>(())
/// ```
// ANCHOR: network
#[derive(Clone)]
pub struct Network {
    parameters: Parameters,
    activation: Activation,
    dropout: Dropout,
    buffers: Buffers,
}
// ANCHOR_END: network

impl Network {
    /// A network without dropout.
    pub fn new(parameters: Parameters, activation: Activation) -> Network {
        Network {
            parameters,
            activation,
            dropout: Dropout::NONE,
            buffers: Buffers::new(),
        }
    }

    /// The same network with dropout after each hidden layer, in training.
    pub fn with_dropout(self, dropout: Dropout) -> Network {
        Network { dropout, ..self }
    }

    /// The same network, whose training shares large products among so many
    /// threads; see [`Buffers::with_threads`].
    pub fn with_threads(self, threads: NonZero<usize>) -> Network {
        Network { buffers: self.buffers.with_threads(threads), ..self }
    }

    /// One step of gradient descent on the whole batch; returns the loss
    /// ([`mse`]) that the step started from.
    ///
    /// Training takes a generator, because dropout draws from it; a network
    /// without dropout leaves it untouched.
    ///
    /// # Errors
    /// [`Error::LearningRate`], [`Error::Shape`], [`Error::NoSamples`];
    /// [`Error::NotFinite`] for bad data, and for a run that has diverged.
    ///
    /// [`Error::LearningRate`]: crate::Error::LearningRate
    /// [`Error::Shape`]: crate::Error::Shape
    /// [`Error::NoSamples`]: crate::Error::NoSamples
    /// [`Error::NotFinite`]: crate::Error::NotFinite
    // ANCHOR: train_step
    pub fn train_step<R: Rng + ?Sized>(
        &mut self,
        x: ArrayView2<'_, f64>,
        y: ArrayView2<'_, f64>,
        learning_rate: f64,
        rng: &mut R,
    ) -> Result<f64> {
        let Network { parameters, activation, dropout, buffers } = self;
        let pass = forward_dropout(
            parameters,
            *activation,
            *dropout,
            x,
            rng,
            buffers,
        )?;
        let loss = mse(pass.output(), y)?;
        let gradients = backward(pass, y)?;
        update(parameters, gradients, learning_rate)?;
        Ok(loss)
    }
    // ANCHOR_END: train_step

    /// The network's answer, (out × m), with every unit in its place.
    ///
    /// # Errors
    /// As [`evaluate`].
    // ANCHOR: evaluate
    pub fn evaluate(&self, x: ArrayView2<'_, f64>) -> Result<Array2<f64>> {
        evaluate(&self.parameters, self.activation, x)
    }
    // ANCHOR_END: evaluate

    /// The loss ([`mse`]) of the network's answer.
    ///
    /// # Errors
    /// As [`evaluate`] and [`mse`].
    pub fn loss(
        &self,
        x: ArrayView2<'_, f64>,
        y: ArrayView2<'_, f64>,
    ) -> Result<f64> {
        mse(self.evaluate(x)?.view(), y)
    }

    /// What training has changed so far.
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// The activation of the hidden layers.
    pub fn activation(&self) -> Activation {
        self.activation
    }

    /// The dropout that training uses.
    pub fn dropout(&self) -> Dropout {
        self.dropout
    }
}

/// `Network([1, 25, 1], sigmoid, dropout 0.2)`: thousands of numbers are no
/// answer to a glance.
impl std::fmt::Debug for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (sizes, p) = (self.parameters.sizes(), self.dropout.drop_prob());
        write!(f, "Network({sizes:?}, {}, dropout {p})", self.activation)
    }
}
