//! A canvas of 32 × 32 cells, its 8 × 8 blocks, and what a trained network
//! makes of them: chapter 8.

use std::cell::RefCell;

use chainrule::ndarray::{Array2, ArrayView1};
use chainrule::{
    Activation, Buffers, Dropout, Parameters, Result, evaluate,
    forward_dropout, seeded, softmax,
};

use crate::numbers::answer;
use crate::{REFUSED, code, room};

mod canvas;
mod examples;
pub mod weights;

use canvas::{BLOCKS, Canvas};

/// The activation and the classes are the chapter's.
const ACTIVATION: Activation = Activation::Relu;
const CLASSES: usize = 10;

/// A block counts up to 16 cells, and the network reads numbers from 0 to 1.
const FULL: f64 = 16.0;

/// So many passes can be asked for at once; more would only hold the page up.
const MOST_PASSES: u32 = 1000;

#[derive(Default)]
struct Digit {
    network: Option<Parameters>,
    canvas: Canvas,
    /// The probabilities of the passes since the last change, (10 × passes).
    passes: Option<Array2<f64>>,
}

impl Digit {
    /// The drawing is another one, so what was answered is about the last.
    fn draw(&mut self, change: impl FnOnce(&mut Canvas) -> Option<()>) -> i32 {
        let changed = change(&mut self.canvas);
        if changed.is_some() {
            self.passes = None;
        }
        code(changed)
    }

    /// x, (64 × `columns`): the drawing, as often as there are columns.
    fn x(&self, columns: usize) -> Array2<f64> {
        let blocks = self.canvas.blocks();
        let of = |(i, _)| f64::from(blocks[i]) / FULL;
        Array2::from_shape_fn((BLOCKS * BLOCKS, columns), of)
    }

    /// With every unit in its place: a probability for each class.
    fn answer(&self) -> Option<Array2<f64>> {
        let x = self.x(1);
        let z = evaluate(self.network.as_ref()?, ACTIVATION, x.view()).ok()?;
        softmax(z.view()).ok()
    }

    /// With the coins on. A column of a mask is a sample's own, so one pass
    /// over copies of the drawing is as many passes over the drawing.
    fn ask(&mut self, seed: u32, drop_prob: f64, passes: u32) -> Option<()> {
        if !(2..=MOST_PASSES).contains(&passes) {
            return None;
        }
        let asked = probabilities(
            self.network.as_ref()?,
            Dropout::new(drop_prob).ok()?,
            &self.x(passes as usize),
            seed,
        );
        self.passes = Some(asked.ok()?);
        Some(())
    }
}

fn probabilities(
    network: &Parameters,
    dropout: Dropout,
    x: &Array2<f64>,
    seed: u32,
) -> Result<Array2<f64>> {
    let mut rng = seeded(u64::from(seed));
    let mut buffers = Buffers::new();
    let pass = forward_dropout(
        network,
        ACTIVATION,
        dropout,
        x.view(),
        &mut rng,
        &mut buffers,
    )?;
    softmax(pass.output())
}

thread_local! {
    static DIGIT: RefCell<Digit> = RefCell::default();
}

fn with<T>(act: impl FnOnce(&mut Digit) -> T) -> T {
    DIGIT.with_borrow_mut(act)
}

/// Takes the weights out of the [`room`](room::room), for a network from 64
/// numbers to 10 classes; [`REFUSED`] for bytes that are none. The network
/// before stays then.
#[unsafe(no_mangle)]
pub extern "C" fn digit_read() -> i32 {
    with(|digit| {
        let read = weights::read(&room::take());
        let fits = read.filter(|network| {
            let sizes = network.sizes();
            sizes.first() == Some(&(BLOCKS * BLOCKS))
                && sizes.last() == Some(&CLASSES)
        });
        digit.passes = None;
        code(fits.map(|network| digit.network = Some(network)))
    })
}

/// Empties the canvas.
#[unsafe(no_mangle)]
pub extern "C" fn digit_clear() -> i32 {
    with(|digit| {
        digit.draw(|canvas| {
            canvas.clear();
            Some(())
        })
    })
}

/// Draws a stroke of the pen from one place to another, in cells from the upper
/// left corner; [`REFUSED`] unless all four are finite. What lies outside is
/// left out.
#[unsafe(no_mangle)]
pub extern "C" fn digit_stroke(x0: f64, y0: f64, x1: f64, y1: f64) -> i32 {
    with(|digit| digit.draw(|canvas| canvas.stroke([x0, y0], [x1, y1])))
}

/// Puts a picture of the data on the canvas, one for each digit; [`REFUSED`]
/// above 9.
#[unsafe(no_mangle)]
pub extern "C" fn digit_example(which: u32) -> i32 {
    let Some(blocks) = examples::EXAMPLES.get(which as usize) else {
        return REFUSED;
    };
    with(|digit| {
        digit.draw(|canvas| {
            *canvas = Canvas::of_blocks(blocks);
            Some(())
        })
    })
}

/// The cells, row by row: 1 where something is drawn.
#[unsafe(no_mangle)]
pub extern "C" fn digit_cells() -> u32 {
    with(|digit| answer(digit.canvas.cells().map(|on| f64::from(u8::from(on)))))
}

/// How many cells of each block are drawn on, row by row: 0 to 16.
#[unsafe(no_mangle)]
pub extern "C" fn digit_blocks() -> u32 {
    with(|digit| answer(digit.canvas.blocks().map(f64::from)))
}

/// The probability of each class, with every unit in its place; none before
/// there are weights.
#[unsafe(no_mangle)]
pub extern "C" fn digit_answer() -> u32 {
    with(|digit| answer(digit.answer().into_iter().flatten()))
}

/// Asks the network with units dropped, so many times, each with fresh masks.
///
/// [`REFUSED`] before there are weights, for a probability outside [0, 1), and
/// for less than 2 or more than 1000 passes; what was asked before stays.
#[unsafe(no_mangle)]
pub extern "C" fn digit_ask(seed: u32, drop_prob: f64, passes: u32) -> i32 {
    with(|digit| code(digit.ask(seed, drop_prob, passes)))
}

/// The probabilities of every pass, class by class; none before they are asked
/// for, and once the drawing has changed.
#[unsafe(no_mangle)]
pub extern "C" fn digit_passes() -> u32 {
    with(|digit| answer(digit.passes.iter().flatten().copied()))
}

/// The mean of each class's probability over the passes.
#[unsafe(no_mangle)]
pub extern "C" fn digit_mean() -> u32 {
    over_passes(|row| mean(row))
}

/// The standard deviation of each class's probability over the passes, with
/// one less than the passes in the divisor.
#[unsafe(no_mangle)]
pub extern "C" fn digit_spread() -> u32 {
    over_passes(|row| {
        let mean = mean(row);
        let squares = row.iter().map(|p| (p - mean) * (p - mean));
        (sum(squares) / (row.len() - 1) as f64).sqrt()
    })
}

fn mean(row: ArrayView1<'_, f64>) -> f64 {
    sum(row.iter().copied()) / row.len() as f64
}

fn sum(numbers: impl Iterator<Item = f64>) -> f64 {
    numbers.fold(0.0, |sum, number| sum + number)
}

/// A number for each class, of what the passes say of it.
fn over_passes(of: impl Fn(ArrayView1<'_, f64>) -> f64) -> u32 {
    with(|digit| {
        let rows = digit.passes.iter().flat_map(|passes| passes.rows());
        answer(rows.into_iter().map(of))
    })
}
