//! A training run on the sine: chapters 2 and 3.

use std::cell::RefCell;

use chainrule::ndarray::Array2;
use chainrule::{
    Activation, ChaCha8Rng, Network, Parameters, Result, seeded, sine,
};

use crate::numbers::{answer, number};
use crate::{DONE, REFUSED, code};

/// The widest hidden layer; more would only fill the memory of a page.
const WIDEST: u32 = 1024;

/// How many samples of the sine the network fits, as in the notebook.
const SAMPLES: usize = 100;

/// The largest y that a sample can be moved to, up or down.
const HIGHEST: f64 = 32.0;

/// A network with the data it fits, and how its loss has fared.
struct Descent {
    x: Array2<f64>,
    y: Array2<f64>,
    network: Network,
    /// Training takes one; without dropout nothing is drawn from it.
    rng: ChaCha8Rng,
    steps: u32,
    /// The loss that the last step started from, once there was a step.
    previous: Option<f64>,
    /// How often a step started from a higher loss than the one before.
    rises: u32,
}

impl Descent {
    /// Layers [1, `hidden`, 1] with the notebook's initial weights.
    fn new(seed: u32, hidden: u32, activation: Activation) -> Result<Descent> {
        let (x, y) = sine(SAMPLES)?;
        let mut rng = seeded(u64::from(seed));
        let sizes = [1, hidden as usize, 1];
        let parameters = Parameters::uniform(&sizes, &mut rng)?;
        let network = Network::new(parameters, activation);
        Ok(Descent { x, y, network, rng, steps: 0, previous: None, rises: 0 })
    }

    /// One step; returns the loss that it started from.
    fn step(&mut self, learning_rate: f64) -> Result<f64> {
        let (x, y) = (self.x.view(), self.y.view());
        let mut descent = chainrule::Descent::new(learning_rate)?;
        let loss =
            self.network.train_step(x, y, &mut descent, &mut self.rng)?;
        self.rises += u32::from(self.rose_to(loss));
        self.previous = Some(loss);
        self.steps = self.steps.saturating_add(1);
        Ok(loss)
    }

    /// Puts sample `i` elsewhere; the network stays as it is. The loss leaps
    /// then, and not by a step: no rise is counted.
    fn move_sample(&mut self, i: usize, x: f64, y: f64) -> Option<()> {
        if i >= self.x.ncols() || !(0.0..=1.0).contains(&x) {
            return None;
        }
        if y.is_nan() || y.abs() > HIGHEST {
            return None;
        }
        self.rises = self.rises();
        self.previous = None;
        (self.x[[0, i]], self.y[[0, i]]) = (x, y);
        Some(())
    }

    fn loss(&self) -> Result<f64> {
        self.network.loss(self.x.view(), self.y.view())
    }

    fn rose_to(&self, loss: f64) -> bool {
        self.previous.is_some_and(|previous| loss > previous)
    }

    /// On how many of all steps the loss rose, the last one too.
    fn rises(&self) -> u32 {
        let last = self.loss().is_ok_and(|loss| self.rose_to(loss));
        self.rises + u32::from(last)
    }
}

thread_local! {
    static DESCENT: RefCell<Option<Descent>> = const { RefCell::new(None) };
}

/// Starts a run with `hidden` units, which takes the place of the one before.
///
/// `activation` counts from 0 in the order of [`Activation::ALL`]. [`REFUSED`]
/// for another one, and for a layer without units or with too many; the run
/// before stays.
#[unsafe(no_mangle)]
pub extern "C" fn descent_start(
    seed: u32,
    hidden: u32,
    activation: u32,
) -> i32 {
    let Some(&activation) = Activation::ALL.get(activation as usize) else {
        return REFUSED;
    };
    if hidden > WIDEST {
        return REFUSED;
    }
    match Descent::new(seed, hidden, activation) {
        Ok(descent) => {
            DESCENT.set(Some(descent));
            DONE
        }
        Err(_) => REFUSED,
    }
}

/// One step of gradient descent; returns the loss that it started from.
///
/// NaN before the first run, for a learning rate that is not a finite number
/// above 0, and once the run has diverged.
#[unsafe(no_mangle)]
pub extern "C" fn descent_step(learning_rate: f64) -> f64 {
    DESCENT.with_borrow_mut(|descent| {
        number(descent.as_mut().and_then(|d| d.step(learning_rate).ok()))
    })
}

/// Puts sample `i` at (x, y), for training to go on with.
///
/// [`REFUSED`] before the first run, where there is no such sample, and for a
/// place outside of 0 ≤ x ≤ 1 and −32 ≤ y ≤ 32.
#[unsafe(no_mangle)]
pub extern "C" fn descent_move(i: u32, x: f64, y: f64) -> i32 {
    DESCENT.with_borrow_mut(|descent| {
        let descent = descent.as_mut();
        code(descent.and_then(|d| d.move_sample(i as usize, x, y)))
    })
}

/// The loss as it is now; NaN before the first run, and once it has diverged.
#[unsafe(no_mangle)]
pub extern "C" fn descent_loss() -> f64 {
    DESCENT.with_borrow(|descent| {
        number(descent.as_ref().and_then(|descent| descent.loss().ok()))
    })
}

/// How many steps the run has taken.
#[unsafe(no_mangle)]
pub extern "C" fn descent_steps() -> u32 {
    DESCENT.with_borrow(|descent| descent.as_ref().map_or(0, |d| d.steps))
}

/// On how many of its steps the loss rose.
#[unsafe(no_mangle)]
pub extern "C" fn descent_rises() -> u32 {
    DESCENT.with_borrow(|descent| descent.as_ref().map_or(0, Descent::rises))
}

/// The x of every sample.
#[unsafe(no_mangle)]
pub extern "C" fn descent_x() -> u32 {
    samples(|descent| Some(descent.x.clone()))
}

/// The y of every sample.
#[unsafe(no_mangle)]
pub extern "C" fn descent_y() -> u32 {
    samples(|descent| Some(descent.y.clone()))
}

/// The network's answer for every sample; none if one of them is not finite.
#[unsafe(no_mangle)]
pub extern "C" fn descent_fit() -> u32 {
    samples(|descent| descent.network.evaluate(descent.x.view()).ok())
}

/// A number for each sample, or none before the first run.
fn samples(of: impl Fn(&Descent) -> Option<Array2<f64>>) -> u32 {
    DESCENT.with_borrow(|descent| {
        answer(descent.as_ref().and_then(of).into_iter().flatten())
    })
}
