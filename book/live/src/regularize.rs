//! Dropout against overfitting: chapter 4.

use std::cell::RefCell;

use chainrule::ndarray::Array2;
use chainrule::tasks::overfitting::{Task, noisy};
use chainrule::{
    Activation, Buffers, ChaCha8Rng, Dropout, Error, Parameters, Result,
    backward, evaluate, forward_dropout, mse, seeded, update,
};

use crate::numbers::{answer, number};
use crate::saved::Saved;
use crate::{code, room, saved};

/// The widest hidden layer; more would only fill the memory of a page.
const WIDEST: u32 = 1024;

/// How many noisy samples there are, as in the chapter.
const SAMPLES: u16 = 15;

const ACTIVATION: Activation = Activation::Sigmoid;

/// A run whose dropout may change at every step.
struct Regularize {
    task: Task,
    parameters: Parameters,
    buffers: Buffers,
    rng: ChaCha8Rng,
    steps: u32,
    /// The hidden units of the last step, (hidden × samples).
    kept: Array2<f64>,
    /// Both errors in the course of the run that this one was resumed from.
    past: Vec<f64>,
}

impl Regularize {
    /// One generator draws the noise, the weights, then the masks.
    fn new(seed: u32, hidden: u32) -> Result<Regularize> {
        let sizes = [1, hidden as usize, 1];
        if hidden > WIDEST {
            return Err(Error::Layers(sizes.to_vec()));
        }
        let mut rng = seeded(u64::from(seed));
        let task = noisy(SAMPLES, &mut rng)?;
        let parameters = Parameters::xavier(&sizes, &mut rng)?;
        let kept = Array2::ones((sizes[1], task.x.ncols()));
        let buffers = Buffers::new();
        let past = Vec::new();
        Ok(Regularize { task, parameters, buffers, rng, steps: 0, kept, past })
    }

    /// Returns the loss that the step started from, under its masks.
    fn step(&mut self, learning_rate: f64, drop_prob: f64) -> Result<f64> {
        let (x, y) = (self.task.x.view(), self.task.y.view());
        let pass = forward_dropout(
            &self.parameters,
            ACTIVATION,
            Dropout::new(drop_prob)?,
            x,
            &mut self.rng,
            &mut self.buffers,
        )?;
        let loss = mse(pass.output(), y)?;
        match pass.mask(1) {
            Some(mask) => {
                self.kept.assign(&mask.kept().mapv(f64::from));
            }
            None => self.kept.fill(1.0),
        }
        let gradients = backward(pass, y)?;
        update(&mut self.parameters, gradients, learning_rate)?;
        self.steps = self.steps.saturating_add(1);
        Ok(loss)
    }

    /// Goes on from where another run on the same samples has come to. Behind
    /// its network stand its errors so far, as many of one as of the other.
    fn resume(&mut self, saved: &Saved) -> Option<()> {
        let mut parameters = self.parameters.clone();
        let past = saved.fill(&mut parameters)?;
        if past.len() % 2 != 0 {
            return None;
        }
        (self.parameters, self.past) = (parameters, past.to_vec());
        self.rng.set_word_pos(saved.drawn.into());
        self.steps = saved.steps;
        self.kept.fill(1.0);
        Some(())
    }

    /// Every unit in its place.
    fn error(&self, x: &Array2<f64>, y: &Array2<f64>) -> Result<f64> {
        mse(evaluate(&self.parameters, ACTIVATION, x.view())?.view(), y.view())
    }
}

thread_local! {
    static REGULARIZE: RefCell<Option<Regularize>> =
        const { RefCell::new(None) };
}

/// Starts a run with `hidden` units, which takes the place of the one before.
///
/// [`REFUSED`](crate::REFUSED) for a layer without units or with too many; the run before
/// stays.
#[unsafe(no_mangle)]
pub extern "C" fn regularize_start(seed: u32, hidden: u32) -> i32 {
    let started = Regularize::new(seed, hidden).ok();
    code(started.map(|run| REGULARIZE.set(Some(run))))
}

/// Takes a run that has been saved out of the [`room`](room::room): weights,
/// steps, the coins to come, and the errors so far. The samples stay as they
/// are, and no unit is dropped before the next step.
///
/// [`REFUSED`](crate::REFUSED) before the first run, and for bytes that are no run of
/// this network; nothing has changed then.
#[unsafe(no_mangle)]
pub extern "C" fn regularize_resume() -> i32 {
    let saved = saved::read(&room::take());
    REGULARIZE.with_borrow_mut(|run| {
        let both = run.as_mut().zip(saved);
        code(both.and_then(|(run, saved)| run.resume(&saved)))
    })
}

/// The errors of the run that was saved, at the steps that whoever saved it has
/// chosen: first all on the samples, then all on the held-out points.
#[unsafe(no_mangle)]
pub extern "C" fn regularize_past() -> u32 {
    REGULARIZE.with_borrow(|run| {
        answer(run.iter().flat_map(|run| run.past.iter().copied()))
    })
}

/// One step of gradient descent with fresh masks of the given probability;
/// returns the loss that it started from, with units dropped.
///
/// NaN before the first run, for a learning rate that is not a finite number
/// above 0, for a probability outside [0, 1), and once the run has diverged.
#[unsafe(no_mangle)]
pub extern "C" fn regularize_step(learning_rate: f64, drop_prob: f64) -> f64 {
    REGULARIZE.with_borrow_mut(|run| {
        let run = run.as_mut();
        number(run.and_then(|run| run.step(learning_rate, drop_prob).ok()))
    })
}

/// How many steps the run has taken.
#[unsafe(no_mangle)]
pub extern "C" fn regularize_steps() -> u32 {
    REGULARIZE.with_borrow(|run| run.as_ref().map_or(0, |run| run.steps))
}

/// The error on the samples, with all units on; NaN where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn regularize_training() -> f64 {
    error(|task| (&task.x, &task.y))
}

/// The error on the held-out points, with all units on; NaN where there is
/// none.
#[unsafe(no_mangle)]
pub extern "C" fn regularize_held_out() -> f64 {
    error(|task| (&task.held_x, &task.held_y))
}

/// The x of every sample, from −6 to 6.
#[unsafe(no_mangle)]
pub extern "C" fn regularize_x() -> u32 {
    matrix(|run| Some(run.task.x.clone()))
}

/// The y of every sample.
#[unsafe(no_mangle)]
pub extern "C" fn regularize_y() -> u32 {
    matrix(|run| Some(run.task.y.clone()))
}

/// The x of every held-out point.
#[unsafe(no_mangle)]
pub extern "C" fn regularize_held_x() -> u32 {
    matrix(|run| Some(run.task.held_x.clone()))
}

/// The y of every held-out point: the sine itself.
#[unsafe(no_mangle)]
pub extern "C" fn regularize_held_y() -> u32 {
    matrix(|run| Some(run.task.held_y.clone()))
}

/// The network's answer at every held-out x, with all units on; none once the
/// run has diverged.
#[unsafe(no_mangle)]
pub extern "C" fn regularize_answer() -> u32 {
    matrix(|run| {
        evaluate(&run.parameters, ACTIVATION, run.task.held_x.view()).ok()
    })
}

/// The hidden units in the last step, unit by unit and for every sample of a
/// unit: 1 where it was kept, 0 where it was dropped.
#[unsafe(no_mangle)]
pub extern "C" fn regularize_kept() -> u32 {
    matrix(|run| Some(run.kept.clone()))
}

fn error(of: impl Fn(&Task) -> (&Array2<f64>, &Array2<f64>)) -> f64 {
    REGULARIZE.with_borrow(|run| {
        number(run.as_ref().and_then(|run| {
            let (x, y) = of(&run.task);
            run.error(x, y).ok()
        }))
    })
}

/// A matrix for the page, or none before the first run.
fn matrix(of: impl Fn(&Regularize) -> Option<Array2<f64>>) -> u32 {
    REGULARIZE.with_borrow(|run| {
        answer(run.as_ref().and_then(of).into_iter().flatten())
    })
}
