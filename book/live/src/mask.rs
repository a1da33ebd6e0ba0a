//! Masks on ten numbers, one after another: chapter 1.

use std::cell::RefCell;

use chainrule::ndarray::{Array1, Ix1};
use chainrule::{ChaCha8Rng, Dropout, Mask, seeded};

use crate::code;
use crate::numbers::{answer, number};

/// The chapter's vector is 1 … 10, in 32-bit floats.
const ENTRIES: usize = 10;

/// One probability, the mask drawn last, and sums over all that were drawn.
struct Masks {
    x: Array1<f32>,
    dropout: Dropout,
    rng: ChaCha8Rng,
    mask: Mask<Ix1>,
    drawn: u32,
    sum: Array1<f64>,
    squares: Array1<f64>,
}

impl Masks {
    /// Draws the first mask; `None` for a probability outside [0, 1).
    fn new(seed: u32, drop_prob: f64) -> Option<Masks> {
        let dropout = Dropout::new(drop_prob).ok()?;
        let mut rng = seeded(u64::from(seed));
        let mut masks = Masks {
            x: Array1::from_iter((1..=ENTRIES).map(|i| i as f32)),
            dropout,
            mask: dropout.draw(ENTRIES, &mut rng).ok()?,
            rng,
            drawn: 0,
            sum: Array1::zeros(ENTRIES),
            squares: Array1::zeros(ENTRIES),
        };
        masks.count();
        Some(masks)
    }

    fn next(&mut self) {
        if let Ok(mask) = self.dropout.draw(ENTRIES, &mut self.rng) {
            self.mask = mask;
            self.count();
        }
    }

    /// Adds the present mask to the sums, which are 64-bit floats.
    fn count(&mut self) {
        let x = self.x.mapv(f64::from);
        // The shapes agree, so there is always something to add.
        if let Ok(rescaled) = self.mask.apply(x.view()) {
            self.drawn = self.drawn.saturating_add(1);
            self.squares += &(&rescaled * &rescaled);
            self.sum += &rescaled;
        }
    }

    fn mean(&self) -> Array1<f64> {
        &self.sum / f64::from(self.drawn)
    }

    fn variance(&self) -> Array1<f64> {
        let mean = self.mean();
        &self.squares / f64::from(self.drawn) - &mean * &mean
    }

    /// x²·p/(1−p).
    fn expected_variance(&self) -> Array1<f64> {
        let p = self.dropout.drop_prob();
        self.x.mapv(|x| f64::from(x * x) * p / (1.0 - p))
    }
}

thread_local! {
    static MASKS: RefCell<Option<Masks>> = const { RefCell::new(None) };
}

/// Draws the first mask of a seed, and counts from there.
///
/// [`REFUSED`](crate::REFUSED) for a probability outside [0, 1); what was there before stays.
#[unsafe(no_mangle)]
pub extern "C" fn mask_start(seed: u32, drop_prob: f64) -> i32 {
    let started = Masks::new(seed, drop_prob);
    code(started.map(|masks| MASKS.set(Some(masks))))
}

/// Draws the next mask from the same generator; [`REFUSED`](crate::REFUSED) before the start.
#[unsafe(no_mangle)]
pub extern "C" fn mask_next() -> i32 {
    MASKS.with_borrow_mut(|masks| code(masks.as_mut().map(Masks::next)))
}

/// How many masks have been drawn since the start.
#[unsafe(no_mangle)]
pub extern "C" fn mask_drawn() -> u32 {
    MASKS.with_borrow(|masks| masks.as_ref().map_or(0, |masks| masks.drawn))
}

/// What kept entries are multiplied by, 1/(1−p); NaN before the start.
#[unsafe(no_mangle)]
pub extern "C" fn mask_scale() -> f64 {
    MASKS.with_borrow(|masks| {
        number(masks.as_ref().map(|masks| masks.mask.scale()))
    })
}

/// The mask: 1 where an entry was kept, 0 where it was dropped.
#[unsafe(no_mangle)]
pub extern "C" fn mask_kept() -> u32 {
    row(|masks| masks.mask.kept().mapv(|kept| f64::from(u8::from(kept))))
}

/// m ⊙ x.
#[unsafe(no_mangle)]
pub extern "C" fn mask_masked() -> u32 {
    row(|masks| {
        let masked = masks.mask.masked(masks.x.view());
        masked.unwrap_or_default().mapv(f64::from)
    })
}

/// m ⊙ x / (1−p).
#[unsafe(no_mangle)]
pub extern "C" fn mask_rescaled() -> u32 {
    row(|masks| {
        let rescaled = masks.mask.apply(masks.x.view());
        rescaled.unwrap_or_default().mapv(f64::from)
    })
}

/// The mean of each rescaled entry over the masks drawn so far.
#[unsafe(no_mangle)]
pub extern "C" fn mask_mean() -> u32 {
    row(Masks::mean)
}

/// The variance of each rescaled entry over the masks drawn so far.
#[unsafe(no_mangle)]
pub extern "C" fn mask_variance() -> u32 {
    row(Masks::variance)
}

/// The variance that the formula gives for each entry.
#[unsafe(no_mangle)]
pub extern "C" fn mask_expected_variance() -> u32 {
    row(Masks::expected_variance)
}

/// Ten numbers for the page, or none before the start.
fn row(of: impl Fn(&Masks) -> Array1<f64>) -> u32 {
    MASKS.with_borrow(|masks| answer(masks.iter().flat_map(of)))
}
