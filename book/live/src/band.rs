//! The band of many stochastic passes, and data that can be moved: chapter 6.

mod run;

use std::cell::RefCell;

use chainrule::Predictive;
use chainrule::ndarray::Array2;
use chainrule::tasks::gap::truth;

use crate::numbers::{answer, number};
use crate::{code, room, saved};
use run::Band;

thread_local! {
    static BAND: RefCell<Option<Band>> = const { RefCell::new(None) };
}

/// Draws the data and the weights, which take the place of those before.
///
/// [`REFUSED`](crate::REFUSED) for a probability outside [0, 1); what was there stays.
#[unsafe(no_mangle)]
pub extern "C" fn band_start(seed: u32, drop_prob: f64) -> i32 {
    let started = Band::new(seed, drop_prob).ok();
    code(started.map(|band| BAND.set(Some(band))))
}

/// Takes a run that has been saved out of the [`room`](room::room): weights,
/// steps, and the coins to come. The data stay as they are.
///
/// [`REFUSED`](crate::REFUSED) before the start, and for bytes that are no run of this
/// network; nothing has changed then.
#[unsafe(no_mangle)]
pub extern "C" fn band_resume() -> i32 {
    let saved = saved::read(&room::take());
    BAND.with_borrow_mut(|band| {
        let both = band.as_mut().zip(saved);
        code(both.and_then(|(band, saved)| band.resume(&saved)))
    })
}

/// One step of gradient descent, which forgets all passes; returns the loss
/// that it started from, with units dropped.
///
/// NaN before the start, for a learning rate that is not a finite number above
/// 0, and once the run has diverged.
#[unsafe(no_mangle)]
pub extern "C" fn band_step(learning_rate: f64) -> f64 {
    BAND.with_borrow_mut(|band| {
        number(band.as_mut().and_then(|band| band.step(learning_rate).ok()))
    })
}

/// One more stochastic pass over all places; returns how many there are now,
/// 0 before the start and once the run has diverged.
#[unsafe(no_mangle)]
pub extern "C" fn band_pass() -> u32 {
    BAND.with_borrow_mut(|band| {
        band.as_mut().map_or(0, |band| match band.pass() {
            Ok(()) => band.passes.taken() as u32,
            Err(_) => 0,
        })
    })
}

/// Forgets all passes, so that the same ones can be taken again; [`REFUSED`](crate::REFUSED)
/// before the start.
#[unsafe(no_mangle)]
pub extern "C" fn band_forget() -> i32 {
    BAND.with_borrow_mut(|band| code(band.as_mut().map(Band::forget)))
}

/// Puts sample `i` at (x, y), for training to go on with; the network and its
/// passes stay.
///
/// [`REFUSED`](crate::REFUSED) before the start, where there is no such sample, and for a place
/// outside of −3 ≤ x ≤ 3 and −2.5 ≤ y ≤ 2.5.
#[unsafe(no_mangle)]
pub extern "C" fn band_move(i: u32, x: f64, y: f64) -> i32 {
    BAND.with_borrow_mut(|band| {
        let band = band.as_mut();
        code(band.and_then(|band| band.move_sample(i as usize, x, y)))
    })
}

/// The sample whose x is nearest to a place; 0 before the start.
#[unsafe(no_mangle)]
pub extern "C" fn band_nearest(place: f64) -> u32 {
    BAND.with_borrow(|band| {
        band.as_ref().map_or(0, |band| band.task.nearest(place) as u32)
    })
}

/// How many steps of training there were.
#[unsafe(no_mangle)]
pub extern "C" fn band_steps() -> u32 {
    BAND.with_borrow(|band| band.as_ref().map_or(0, |band| band.steps))
}

/// How many passes there were since the last step.
#[unsafe(no_mangle)]
pub extern "C" fn band_passes() -> u32 {
    BAND.with_borrow(|band| {
        band.as_ref().map_or(0, |band| band.passes.taken() as u32)
    })
}

/// The loss on the data, with all units on; NaN where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn band_loss() -> f64 {
    BAND.with_borrow(|band| {
        number(band.as_ref().and_then(|band| {
            let (x, y) = band.task.data();
            band.network.loss(x.view(), y.view()).ok()
        }))
    })
}

/// The mean of s over the places among the data (0), in the gap (1), or beyond
/// (2); NaN for another region, and before the second pass.
#[unsafe(no_mangle)]
pub extern "C" fn band_width(region: u32) -> f64 {
    BAND.with_borrow(|band| {
        number(band.as_ref().and_then(|band| band.width(region)))
    })
}

/// The x of every sample.
#[unsafe(no_mangle)]
pub extern "C" fn band_x() -> u32 {
    row(|band| Some(band.task.data().0.clone()))
}

/// The y of every sample.
#[unsafe(no_mangle)]
pub extern "C" fn band_y() -> u32 {
    row(|band| Some(band.task.data().1.clone()))
}

/// The x of every place that the network is asked at.
#[unsafe(no_mangle)]
pub extern "C" fn band_places() -> u32 {
    row(|band| Some(band.places.clone()))
}

/// The function behind the data, at every place.
#[unsafe(no_mangle)]
pub extern "C" fn band_truth() -> u32 {
    row(|band| Some(band.places.mapv(truth)))
}

/// The answer of the last pass at every place; none before the first.
#[unsafe(no_mangle)]
pub extern "C" fn band_answer() -> u32 {
    row(|band| (band.passes.taken() > 0).then(|| band.passes.answer().clone()))
}

/// The answer at every place of a thinned network: its units are missing
/// everywhere. Each number is another network, and always the same units. None
/// once the run has diverged.
#[unsafe(no_mangle)]
pub extern "C" fn band_thinned(number: u32) -> u32 {
    row(|band| band.thinned(number).ok())
}

/// μ at every place; none before the second pass.
#[unsafe(no_mangle)]
pub extern "C" fn band_mean() -> u32 {
    edge(0.0)
}

/// μ − 2s at every place; none before the second pass.
#[unsafe(no_mangle)]
pub extern "C" fn band_low() -> u32 {
    edge(-2.0)
}

/// μ + 2s at every place; none before the second pass.
#[unsafe(no_mangle)]
pub extern "C" fn band_high() -> u32 {
    edge(2.0)
}

/// μ + k·s.
fn edge(k: f64) -> u32 {
    row(|band| {
        let Predictive { mean, standard_deviation } = band.predictive()?;
        Some(mean + k * standard_deviation)
    })
}

/// A number for each sample or place, or none.
fn row(of: impl Fn(&Band) -> Option<Array2<f64>>) -> u32 {
    BAND.with_borrow(|band| {
        answer(band.as_ref().and_then(of).into_iter().flatten())
    })
}
