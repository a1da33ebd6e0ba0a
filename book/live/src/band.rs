//! The band of many stochastic passes, and data that can be moved: chapter 6.

mod saved;

use std::cell::RefCell;

use chainrule::ndarray::Array2;
use chainrule::tasks::gap::{EDGE, FAR, Gap, Task, grid, truth};
use chainrule::{
    Activation, Buffers, ChaCha8Rng, Descent, Dropout, Mask, Network,
    Parameters, PassByPass, Predictive, Result, forward_masked, seeded,
};

use crate::code;
use crate::numbers::{answer, number};
use saved::Saved;

/// The network, the activation and the gap are the chapter's.
const SIZES: [usize; 4] = [1, 30, 30, 1];
const ACTIVATION: Activation = Activation::Relu;
const GAP: Gap = Gap { low: 0.0, high: 1.0 };

/// The largest y that a sample can be moved to, up or down.
const HIGHEST: f64 = 2.5;

/// A network in training, and what it answers with its coins on.
struct Band {
    seed: u32,
    task: Task,
    network: Network,
    rng: ChaCha8Rng,
    steps: u32,
    places: Array2<f64>,
    passes: PassByPass,
    /// The coins of the passes: what is asked must not change what is learned.
    coins: ChaCha8Rng,
}

impl Band {
    /// One generator draws the data, the weights, then the masks of training.
    fn new(seed: u32, drop_prob: f64) -> Result<Band> {
        let dropout = Dropout::new(drop_prob)?;
        let mut rng = seeded(u64::from(seed));
        let task = Task::draw(GAP, &mut rng)?;
        let parameters = Parameters::xavier(&SIZES, &mut rng)?;
        Ok(Band {
            seed,
            task,
            network: Network::new(parameters, ACTIVATION).with_dropout(dropout),
            rng,
            steps: 0,
            places: grid(),
            passes: PassByPass::new(),
            coins: coins(seed),
        })
    }

    /// Returns the loss that the step started from, under its masks.
    fn step(&mut self, learning_rate: f64) -> Result<f64> {
        let (x, y) = self.task.data();
        let (x, y) = (x.view(), y.view());
        let mut descent = Descent::new(learning_rate)?;
        let loss =
            self.network.train_step(x, y, &mut descent, &mut self.rng)?;
        self.steps = self.steps.saturating_add(1);
        self.forget();
        Ok(loss)
    }

    /// There is another network to ask, or the same from the first pass on.
    fn forget(&mut self) {
        self.passes.clear();
        self.coins = coins(self.seed);
    }

    fn pass(&mut self) -> Result<()> {
        self.passes.take(
            self.network.parameters(),
            ACTIVATION,
            self.network.dropout(),
            self.places.view(),
            &mut self.coins,
        )
    }

    /// One thinned network, with the same units missing at every place.
    fn thinned(&self, number: u32) -> Result<Array2<f64>> {
        let dropout = self.network.dropout();
        let stream = (u64::from(number) + 1) << 32;
        let mut rng = seeded(stream + u64::from(self.seed));
        let hidden = &SIZES[1..SIZES.len() - 1];
        let masks = hidden.iter().map(|&units| {
            let one = dropout.draw(units, &mut rng)?;
            let shape = (units, self.places.ncols());
            let kept = Array2::from_shape_fn(shape, |(i, _)| one.kept()[i]);
            Ok(Mask::from_kept(kept, dropout))
        });
        let masks = masks.collect::<Result<Vec<_>>>()?;
        let (parameters, x) = (self.network.parameters(), self.places.view());
        let mut buffers = Buffers::new();
        let pass =
            forward_masked(parameters, ACTIVATION, &masks, x, &mut buffers)?;
        Ok(pass.output().to_owned())
    }

    /// Puts sample `i` elsewhere; the network stays as it is.
    fn move_sample(&mut self, i: usize, x: f64, y: f64) -> Option<()> {
        if x.abs() <= FAR && y.abs() <= HIGHEST {
            self.task.put(i, x, y)
        } else {
            None
        }
    }

    /// Goes on from where another run of the same data has come to.
    fn resume(&mut self, saved: &Saved) -> Option<()> {
        let mut parameters = self.network.parameters().clone();
        if saved.values.len() != parameters.count() {
            return None;
        }
        for (value, &saved) in parameters.values_mut().zip(&saved.values) {
            *value = saved;
        }
        let dropout = self.network.dropout();
        self.network =
            Network::new(parameters, ACTIVATION).with_dropout(dropout);
        self.rng.set_word_pos(saved.drawn.into());
        self.steps = saved.steps;
        self.forget();
        Some(())
    }

    fn predictive(&self) -> Option<Predictive> {
        self.passes.predictive().ok()
    }

    /// The mean of s over the places of one region.
    fn width(&self, region: u32) -> Option<f64> {
        let s = self.predictive()?.standard_deviation;
        let here = |x: f64| match region {
            0 => x.abs() < EDGE && !in_gap(x),
            1 => in_gap(x),
            _ => x.abs() > EDGE,
        };
        let (sum, count) = self
            .places
            .iter()
            .zip(&s)
            .filter(|(x, _)| here(**x))
            .fold((0.0, 0.0), |(sum, count), (_, s)| (sum + s, count + 1.0));
        (region < 3).then_some(sum / count)
    }
}

fn in_gap(x: f64) -> bool {
    GAP.low < x && x < GAP.high
}

fn coins(seed: u32) -> ChaCha8Rng {
    seeded(u64::from(seed) + 1)
}

thread_local! {
    static BAND: RefCell<Option<Band>> = const { RefCell::new(None) };

    /// Where the page puts the bytes of a run that has been saved.
    static ROOM: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Draws the data and the weights, which take the place of those before.
///
/// [`REFUSED`](crate::REFUSED) for a probability outside [0, 1); what was there stays.
#[unsafe(no_mangle)]
pub extern "C" fn band_start(seed: u32, drop_prob: f64) -> i32 {
    let started = Band::new(seed, drop_prob).ok();
    code(started.map(|band| BAND.set(Some(band))))
}

/// Room for the bytes of a run that has been saved, which the page puts there
/// before it calls [`band_resume`]; null where that is more than a run has.
#[unsafe(no_mangle)]
pub extern "C" fn band_room(bytes: u32) -> *mut u8 {
    ROOM.with_borrow_mut(|room| {
        if bytes > saved::LONGEST {
            return std::ptr::null_mut();
        }
        *room = vec![0; bytes as usize];
        room.as_mut_ptr()
    })
}

/// Takes the run out of the room: weights, steps, and the coins to come. The
/// data stay as they are.
///
/// [`REFUSED`](crate::REFUSED) before the start, and for bytes that are no run of this
/// network; nothing has changed then.
#[unsafe(no_mangle)]
pub extern "C" fn band_resume() -> i32 {
    let saved = saved::read(&ROOM.take());
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
