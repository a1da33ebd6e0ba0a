//! The cover: chapter 6's trained network, and one thinned curve of it after
//! another.

use std::cell::RefCell;

use chainrule::ndarray::{Array1, Array2, ArrayView2, Axis};
use chainrule::tasks::gap::{Gap, Task, grid};
use chainrule::{
    Activation, Buffers, ChaCha8Rng, Dropout, Mask, Parameters, Result,
    evaluate, forward_masked, seeded,
};

use crate::digit::weights;
use crate::numbers::answer;
use crate::{REFUSED, code, room};

/// The data, the activation and the drop probability are the chapter's.
const SEED: u64 = 2;
const GAP: Gap = Gap { low: 0.0, high: 1.0 };
const ACTIVATION: Activation = Activation::Relu;
const DROP_PROB: f64 = 0.1;

/// So many curves are remembered; more would hide the page.
const MOST_CURVES: usize = 200;

struct Cover {
    network: Parameters,
    task: Task,
    coins: ChaCha8Rng,
    /// The curves so far, (curves × places).
    curves: Array2<f64>,
}

impl Cover {
    fn new(network: Parameters) -> Result<Cover> {
        Ok(Cover {
            network,
            task: Task::draw(GAP, &mut seeded(SEED))?,
            coins: seeded(0),
            curves: Array2::zeros((0, grid().ncols())),
        })
    }

    /// Another thinned network, asked at every place.
    fn curve(&mut self) -> Option<Array2<f64>> {
        if self.curves.nrows() == MOST_CURVES {
            return None;
        }
        let curve =
            thinned(&self.network, grid().view(), &mut self.coins).ok()?;
        self.curves.append(Axis(0), curve.view()).ok()?;
        Some(curve)
    }

    /// μ + k·s of the curves at each place; there is no s of one curve.
    fn edge(&self, k: f64) -> Option<Array1<f64>> {
        if self.curves.nrows() < 2 {
            return None;
        }
        let mean = self.curves.mean_axis(Axis(0))?;
        Some(mean + k * self.curves.std_axis(Axis(0), 1.0))
    }
}

/// The same units are missing at every place.
fn thinned(
    network: &Parameters,
    x: ArrayView2<'_, f64>,
    coins: &mut ChaCha8Rng,
) -> Result<Array2<f64>> {
    let dropout = Dropout::new(DROP_PROB)?;
    let sizes = network.sizes();
    let hidden = &sizes[1..sizes.len() - 1];
    let masks = hidden.iter().map(|&units| {
        let one = dropout.draw(units, coins)?;
        let kept =
            Array2::from_shape_fn((units, x.ncols()), |(i, _)| one.kept()[i]);
        Ok(Mask::from_kept(kept, dropout))
    });
    let masks: Vec<Mask> = masks.collect::<Result<_>>()?;
    let mut buffers = Buffers::new();
    let pass = forward_masked(network, ACTIVATION, &masks, x, &mut buffers)?;
    Ok(pass.output().to_owned())
}

thread_local! {
    static COVER: RefCell<Option<Cover>> = const { RefCell::new(None) };
}

/// Takes the weights out of the [`room`](room::room), for a network from 1
/// number to 1 with layers between; [`REFUSED`] for bytes that are none. The
/// network before stays then.
#[unsafe(no_mangle)]
pub extern "C" fn cover_read() -> i32 {
    let fits = weights::read(&room::take()).filter(|network| {
        let sizes = network.sizes();
        sizes.len() > 2 && sizes[0] == 1 && sizes[sizes.len() - 1] == 1
    });
    let cover = fits.and_then(|network| Cover::new(network).ok());
    code(cover.map(|cover| COVER.set(Some(cover))))
}

/// Forgets all curves, and tosses the coins of a seed from here on;
/// [`REFUSED`] before there are weights.
#[unsafe(no_mangle)]
pub extern "C" fn cover_start(seed: u32) -> i32 {
    COVER.with_borrow_mut(|cover| {
        let Some(cover) = cover else { return REFUSED };
        cover.coins = seeded(u64::from(seed));
        cover.curves = Array2::zeros((0, grid().ncols()));
        crate::DONE
    })
}

/// The answer of another thinned network at every place; none before there are
/// weights, and after two hundred.
#[unsafe(no_mangle)]
pub extern "C" fn cover_curve() -> u32 {
    COVER.with_borrow_mut(|cover| {
        let curve = cover.as_mut().and_then(Cover::curve);
        answer(curve.into_iter().flatten())
    })
}

/// How many curves there are.
#[unsafe(no_mangle)]
pub extern "C" fn cover_curves() -> u32 {
    COVER.with_borrow(|cover| {
        cover.as_ref().map_or(0, |cover| cover.curves.nrows() as u32)
    })
}

/// μ + k·s of the curves at every place; none before the second.
#[unsafe(no_mangle)]
pub extern "C" fn cover_edge(k: f64) -> u32 {
    row(|cover| Some(cover.edge(k)?.insert_axis(Axis(0))))
}

/// The answer with all units on, at every place.
#[unsafe(no_mangle)]
pub extern "C" fn cover_whole() -> u32 {
    row(|cover| evaluate(&cover.network, ACTIVATION, grid().view()).ok())
}

/// The x of every place that the network is asked at.
#[unsafe(no_mangle)]
pub extern "C" fn cover_places() -> u32 {
    row(|_| Some(grid()))
}

/// The x of every sample.
#[unsafe(no_mangle)]
pub extern "C" fn cover_x() -> u32 {
    row(|cover| Some(cover.task.data().0.clone()))
}

/// The y of every sample.
#[unsafe(no_mangle)]
pub extern "C" fn cover_y() -> u32 {
    row(|cover| Some(cover.task.data().1.clone()))
}

/// A number for each place or sample, or none.
fn row(of: impl Fn(&Cover) -> Option<Array2<f64>>) -> u32 {
    COVER.with_borrow(|cover| {
        answer(cover.as_ref().and_then(of).into_iter().flatten())
    })
}
