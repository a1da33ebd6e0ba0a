//! The core of *chainrule*, a book about dropout and back-propagation.
//!
//! Each chapter of the book is a program of a page or two over this crate; this
//! page follows the chapters. Two conventions hold everywhere: **a sample is a
//! column**, so x is (features × samples) and w is (out × in); and layers are
//! counted from the input, which is layer 0.
//!
//! # Chapter 1: dropout
//! [`Dropout`] is a probability that has been checked. [`Dropout::draw`] makes
//! a [`Mask`]; [`Mask::apply`] drops and rescales. Chance comes from one
//! portable generator, [`seeded`].
//!
//! ```
//! use chainrule::{Dropout, seeded};
//! use ndarray::array;
//!
//! let x = array![1.0_f32, 2.0, 3.0];
//! let mask = Dropout::new(0.4)?.draw(3, &mut seeded(0))?;
//! println!("{} → {}", x, mask.apply(x.view())?);
//! # Ok::<(), chainrule::Error>(())
//! ```
//!
//! # Chapter 2: back-propagation
//! Five functions: [`Parameters::uniform`] draws the weights, [`forward`] makes
//! a [`Pass`], [`backward`] consumes it and returns [`Gradients`], [`update`]
//! takes a step, and [`mse`] says how wrong the output was. [`Buffers`] holds
//! the memory, so that a step allocates nothing.
//!
//! ```
//! use chainrule::{Activation, Buffers, Parameters, backward, forward, mse, seeded, sine, update};
//!
//! let (x, y) = sine(100)?;
//! let mut parameters = Parameters::uniform(&[1, 25, 1], &mut seeded(0))?;
//! let mut buffers = Buffers::new();
//! for _ in 0..10 {
//!     let pass = forward(&parameters, Activation::Sigmoid, x.view(), &mut buffers)?;
//!     println!("{}", mse(pass.output(), y.view())?);
//!     let gradients = backward(pass, y.view())?;
//!     update(&mut parameters, gradients, 0.3)?;
//! }
//! # Ok::<(), chainrule::Error>(())
//! ```
//!
//! A pass borrows its parameters until it is consumed. The mistake of updating
//! a layer before the layer below has its gradient does not compile:
//!
//! ```compile_fail,E0502
//! # use chainrule::{Activation, Buffers, Parameters, backward, forward, seeded, sine, update};
//! # let (x, y) = sine(100)?;
//! # let mut parameters = Parameters::uniform(&[1, 25, 1], &mut seeded(0))?;
//! # let mut buffers = Buffers::new();
//! let pass = forward(&parameters, Activation::Sigmoid, x.view(), &mut buffers)?;
//! for weight in parameters.values_mut() {
//!     *weight = 0.0;
//! }
//! let gradients = backward(pass, y.view())?;
//! # Ok::<(), chainrule::Error>(())
//! ```
//!
//! # Chapter 3: the network as a type
//! [`Network`] holds parameters, an [`Activation`], a [`Dropout`] and a [`Loss`]
//! together, and any [`Optimiser`] trains it: [`Descent`] is gradient descent,
//! [`Momentum`] goes on in the direction of the steps before.
//! [`Parameters::uniform`], [`Parameters::xavier`] and [`Parameters::he`] are
//! three ways to begin.
//! [`Network::train_step`] takes a generator, [`Network::evaluate`] does not:
//! dropout can be neither forgotten in training nor left on afterwards.
//!
//! # Chapter 4: dropout inside a network
//! [`forward_dropout`] masks every hidden layer, and [`backward`] uses the same
//! masks; [`forward_masked`] takes given ones. [`decay`] shrinks weights beside
//! the step. [`softmax`], [`cross_entropy`] and [`Loss::CrossEntropy`] make a
//! classifier.
//!
//! # Chapter 5: proving a backward pass
//! [`central_differences`] computes the gradient from the cost alone, and
//! [`relative_difference`] compares.
//!
//! # Chapter 6: dropout left on, on purpose
//! [`mc_dropout`] takes a generator, since its dropout is left on: it asks a
//! network many times, and returns mean and spread as a [`Predictive`];
//! [`PassByPass`] does so one pass at a time.
//!
//! # What the networks are set to learn
//! [`tasks`] holds the worked example and the data that a chapter shares with
//! its live figure.
//!
//! # Chapter 7: fast, and able to say why
//! [`dispatched!`] compiles a loop once for each set of vector instructions and
//! chooses when the program runs; [`kernels::exp`] can stand inside it.
//!
//! # Chapter 8: handwriting
//! [`Adam`] is the optimiser that keeps a mean of every slope and of its square:
//! each weight settles for itself how far a step goes.
//!
//! # The same numbers everywhere
//! [`kernels`] tells why the same seed gives the same bits on every
//! processor, and with any number of threads ([`Network::with_threads`]).
//!
//! # Features
//! None is on by default. `figures` draws a chapter's figures,
//! `notebook` lets types show themselves in a Jupyter notebook.

// In the order of the book, which is the order that its appendix shows them in.
mod error;
mod memory;
mod random;

mod dropout;

mod parameters;

mod activation;

mod buffers;
mod forward;

mod gradients;

mod backward;

mod update;

mod loss;

mod softmax;

mod decay;
mod optimiser;

mod momentum;

mod adam;

mod evaluate;

mod mc_dropout;
mod pass_by_pass;

mod data;
mod gradient_check;

mod network;

pub mod tasks;

pub mod kernels;

#[cfg(feature = "figures")]
pub mod figures;

#[cfg(feature = "notebook")]
pub mod notebook;

pub use activation::Activation;
pub use adam::Adam;
pub use backward::backward;
pub use buffers::Buffers;
pub use data::sine;
pub use decay::decay;
pub use dropout::{Dropout, Mask};
pub use error::{Error, Result};
pub use evaluate::evaluate;
pub use forward::{Pass, forward, forward_dropout, forward_masked};
pub use gradient_check::{central_differences, relative_difference};
pub use gradients::{Gradients, LayerGradients};
pub use loss::{Loss, cost, mse};
pub use mc_dropout::{Predictive, mc_dropout};
pub use momentum::Momentum;
pub use network::Network;
pub use optimiser::{Descent, Optimiser};
pub use parameters::{Layer, Parameters};
pub use pass_by_pass::PassByPass;
pub use random::{ChaCha8Rng, seeded};
pub use softmax::{cross_entropy, softmax};
pub use update::update;

pub use libm;
pub use ndarray;
pub use rand;
