//! A dropout mask, drawn on its own: chapter 1.

use std::cell::RefCell;

use chainrule::ndarray::Ix1;
use chainrule::{Dropout, Mask, seeded};

use crate::{DONE, REFUSED};

/// The longest mask; more would only fill the memory of a page.
const LONGEST: u32 = 1_000_000;

thread_local! {
    static MASK: RefCell<Option<Mask<Ix1>>> = const { RefCell::new(None) };
}

/// Draws a mask of `length` entries, which takes the place of the one before.
///
/// [`REFUSED`] for a probability outside [0, 1), and for a mask that is too
/// long; the mask before stays.
#[unsafe(no_mangle)]
pub extern "C" fn mask_draw(seed: u32, drop_prob: f64, length: u32) -> i32 {
    match Dropout::new(drop_prob) {
        Ok(dropout) if length <= LONGEST => {
            let mask =
                dropout.draw(length as usize, &mut seeded(u64::from(seed)));
            MASK.set(Some(mask));
            DONE
        }
        _ => REFUSED,
    }
}

/// 1 where entry `i` was kept, 0 where it was dropped, [`REFUSED`] where there
/// is no such entry.
#[unsafe(no_mangle)]
pub extern "C" fn mask_kept(i: u32) -> i32 {
    MASK.with_borrow(|mask| {
        let kept =
            mask.as_ref().and_then(|mask| mask.kept().get(i as usize).copied());
        kept.map_or(REFUSED, i32::from)
    })
}

/// What kept entries are multiplied by, 1/(1−p); NaN before the first draw.
#[unsafe(no_mangle)]
pub extern "C" fn mask_scale() -> f64 {
    MASK.with_borrow(|mask| mask.as_ref().map_or(f64::NAN, Mask::scale))
}
