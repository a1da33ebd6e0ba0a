//! A training run on the sine: chapters 2 and 3.

use std::cell::RefCell;

use chainrule::ndarray::{Array2, array};
use chainrule::{
    Activation, ChaCha8Rng, Dropout, Error, Network, Parameters, Result,
    seeded, sine,
};

use crate::{DONE, REFUSED};

/// The widest hidden layer; more would only fill the memory of a page.
const WIDEST: u32 = 1024;

/// How many samples of the sine the network fits, as in the notebook.
const SAMPLES: usize = 100;

/// A network with the data it fits and the generator of its chance.
struct Training {
    x: Array2<f64>,
    y: Array2<f64>,
    network: Network,
    rng: ChaCha8Rng,
}

impl Training {
    /// Layers [1, `hidden`, 1]. One generator draws the weights, then the masks.
    fn new(
        seed: u32,
        hidden: u32,
        activation: Activation,
        drop_prob: f64,
    ) -> Result<Training> {
        let sizes = [1, hidden as usize, 1];
        if hidden > WIDEST {
            return Err(Error::Layers(sizes.to_vec()));
        }
        let (x, y) = sine(SAMPLES)?;
        let mut rng = seeded(u64::from(seed));
        let parameters = Parameters::uniform(&sizes, &mut rng)?;
        let network = Network::new(parameters, activation)
            .with_dropout(Dropout::new(drop_prob)?);
        Ok(Training { x, y, network, rng })
    }

    fn step(&mut self, learning_rate: f64) -> Result<f64> {
        self.network.train_step(
            self.x.view(),
            self.y.view(),
            learning_rate,
            &mut self.rng,
        )
    }

    fn answer(&self, x: f64) -> Result<f64> {
        Ok(self.network.evaluate(array![[x]].view())?[[0, 0]])
    }

    fn parameter(&self, i: usize) -> Option<f64> {
        let layers = self.network.parameters().layers();
        layers
            .iter()
            .flat_map(|layer| layer.weights.iter().chain(&layer.bias))
            .nth(i)
            .copied()
    }
}

thread_local! {
    static TRAINING: RefCell<Option<Training>> = const { RefCell::new(None) };
}

/// Starts a run with `hidden` units, which takes the place of the one before.
///
/// `activation` counts from 0 in the order of [`Activation::ALL`]. [`REFUSED`]
/// for another one, for a layer without units or with too many, and for a
/// probability outside [0, 1); the run before stays.
#[unsafe(no_mangle)]
pub extern "C" fn training_start(
    seed: u32,
    hidden: u32,
    activation: u32,
    drop_prob: f64,
) -> i32 {
    let Some(&activation) = Activation::ALL.get(activation as usize) else {
        return REFUSED;
    };
    match Training::new(seed, hidden, activation, drop_prob) {
        Ok(training) => {
            TRAINING.set(Some(training));
            DONE
        }
        Err(_) => REFUSED,
    }
}

/// One step of gradient descent; returns the loss that the step started from.
///
/// NaN before the first run, for a learning rate that is not a finite number
/// above 0, and once the run has diverged.
#[unsafe(no_mangle)]
pub extern "C" fn training_step(learning_rate: f64) -> f64 {
    TRAINING.with_borrow_mut(|training| {
        number(training.as_mut().map(|t| t.step(learning_rate)))
    })
}

/// The network's answer at x, with every unit in its place; NaN where there is
/// none.
#[unsafe(no_mangle)]
pub extern "C" fn training_answer(x: f64) -> f64 {
    TRAINING
        .with_borrow(|training| number(training.as_ref().map(|t| t.answer(x))))
}

/// How many parameters the network has; 0 before the first run.
#[unsafe(no_mangle)]
pub extern "C" fn training_parameters() -> u32 {
    TRAINING.with_borrow(|training| {
        training.as_ref().map_or(0, |t| t.network.parameters().count() as u32)
    })
}

/// Parameter `i`, counted layer by layer, weights before bias; NaN where there
/// is none.
#[unsafe(no_mangle)]
pub extern "C" fn training_parameter(i: u32) -> f64 {
    TRAINING.with_borrow(|training| {
        training
            .as_ref()
            .and_then(|t| t.parameter(i as usize))
            .unwrap_or(f64::NAN)
    })
}

/// A number for the page: NaN stands for every way of having none.
fn number(result: Option<Result<f64>>) -> f64 {
    result.and_then(Result::ok).unwrap_or(f64::NAN)
}
