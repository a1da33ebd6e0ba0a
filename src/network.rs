//! The network as a type: parameters, activation, dropout and loss under one
//! name.

use std::num::NonZero;

use ndarray::{Array2, ArrayView2};
use rand::Rng;

use crate::activation::Activation;
use crate::buffers::Buffers;
use crate::dropout::Dropout;
use crate::error::Result;
use crate::evaluate::evaluate;
use crate::forward::forward_dropout;
use crate::loss::Loss;
use crate::optimiser::Optimiser;
use crate::parameters::Parameters;

/// A network that can be trained and asked.
///
/// The notebook's class `BP`, with two corrections: the activation it is given
/// is the one it uses, and training and evaluation are different methods.
///
/// ```
/// use chainrule::{Activation, Descent, Network, Parameters, seeded, sine};
///
/// let (x, y) = sine(100)?;
/// let mut rng = seeded(0);
/// let mut network = Network::new(Parameters::uniform(&[1, 6, 1], &mut rng)?, Activation::Tanh);
/// let before = network.loss(x.view(), y.view())?;
/// let mut descent = Descent::new(0.01)?;
/// for _ in 0..100 {
///     network.train_step(x.view(), y.view(), &mut descent, &mut rng)?;
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
    loss: Loss,
    buffers: Buffers,
}
// ANCHOR_END: network

impl Network {
    /// A network without dropout, for the squared error.
    pub fn new(parameters: Parameters, activation: Activation) -> Network {
        Network {
            parameters,
            activation,
            dropout: Dropout::NONE,
            loss: Loss::MeanSquare,
            buffers: Buffers::new(),
        }
    }

    /// The same network with dropout after each hidden layer, in training.
    pub fn with_dropout(self, dropout: Dropout) -> Network {
        Network { dropout, ..self }
    }

    /// The same network, trained for another loss. With
    /// [`Loss::CrossEntropy`] its output is scores.
    pub fn with_loss(self, loss: Loss) -> Network {
        Network { loss, ..self }
    }

    /// The same network, whose training shares large products among so many
    /// threads; see [`Buffers::with_threads`].
    pub fn with_threads(self, threads: NonZero<usize>) -> Network {
        Network { buffers: self.buffers.with_threads(threads), ..self }
    }

    /// One step on the whole batch, or on a minibatch, whose samples are the
    /// columns of x and y; returns the loss that the step started from.
    ///
    /// Training takes a generator, because dropout draws from it; a network
    /// without dropout leaves it untouched. After the first step, further ones
    /// with as many samples allocate nothing.
    ///
    /// # Errors
    /// [`Error::Shape`], [`Error::NoSamples`], [`Error::Distribution`];
    /// [`Error::NotFinite`] for bad data, and for a run that has diverged.
    ///
    /// [`Error::Shape`]: crate::Error::Shape
    /// [`Error::NoSamples`]: crate::Error::NoSamples
    /// [`Error::Distribution`]: crate::Error::Distribution
    /// [`Error::NotFinite`]: crate::Error::NotFinite
    // ANCHOR: train_step
    pub fn train_step<O: Optimiser, R: Rng + ?Sized>(
        &mut self,
        x: ArrayView2<'_, f64>,
        y: ArrayView2<'_, f64>,
        optimiser: &mut O,
        rng: &mut R,
    ) -> Result<f64> {
        let Network { parameters, activation: f, dropout, loss, buffers } =
            self;
        let pass = forward_dropout(parameters, *f, *dropout, x, rng, buffers)?;
        let before = loss.value(pass.output(), y)?;
        let gradients = loss.backward(pass, y)?;
        optimiser.step(parameters, gradients)?;
        Ok(before)
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

    /// The loss of the network's answer.
    ///
    /// # Errors
    /// As [`evaluate`] and [`Loss::value`].
    pub fn loss(
        &self,
        x: ArrayView2<'_, f64>,
        y: ArrayView2<'_, f64>,
    ) -> Result<f64> {
        self.loss.value(self.evaluate(x)?.view(), y)
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
