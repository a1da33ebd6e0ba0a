//! A central difference under dropout.

use std::cell::Cell;

use chainrule::seeded;
use chapters::plain::{self, Matrix, SIGMOID};

use crate::Verdict;
use crate::compare::{close, pair};
use crate::settings::{matrix, network};

/// Counts how often masks are drawn, and holds the slope against backward's.
pub fn judge(
    yours: impl Fn(
        &dyn Fn(f64, &[Matrix]) -> f64,
        &dyn Fn() -> Vec<Matrix>,
        f64,
    ) -> f64,
) -> Verdict {
    let layers = network(&[2, 5, 4, 1], 1);
    let (x, y) = (matrix(2, 6, 2), matrix(1, 6, 3));
    let drawn = Cell::new(0);
    let masks_of =
        |draw: u64| plain::draw_masks(&layers, 0.5, 6, &mut seeded(100 + draw));
    let draw = || {
        drawn.set(drawn.get() + 1);
        masks_of(drawn.get())
    };
    let cost = |by: f64, masks: &[Matrix]| {
        let mut layers = layers.clone();
        layers[0].w[[0, 0]] += by;
        plain::cost(plain::forward(&layers, SIGMOID, masks, &x).output(), &y)
    };
    let slope = yours(&cost, &draw, 1e-5);
    match drawn.get() {
        0 => {
            return Err(
                "no mask was drawn. Without dropout every entry of the \
                        mask is 1, and a backward pass that forgets the mask \
                        passes"
                    .to_owned(),
            );
        }
        1 => {}
        times => {
            return Err(format!(
                "the slope is {slope:.3e}: the masks were drawn {times} times, \
                 so the two costs belong to different networks, and their \
                 difference is divided by a tiny number: unfrozen-check, in \
                 chapter 5's gallery"
            ));
        }
    }
    let masks = masks_of(1);
    let pass = plain::forward(&layers, SIGMOID, &masks, &x);
    let gradient = plain::backward(&layers, SIGMOID, &masks, &pass, &y);
    let right = gradient[0].w[[0, 0]];
    if !close(slope, right, 1e-7 * right.abs().max(1e-3)) {
        let is = |it: f64| (slope - it).abs() <= 1e-6 * it.abs();
        let why = match () {
            () if is(2.0 * right) => ". Both sides are 2h apart",
            () if is(-right) => ". Is it the wrong way round?",
            () => "",
        };
        let (told, right) = pair(slope, right);
        return Err(format!(
            "under its masks the slope is {told}; backward says {right}{why}"
        ));
    }
    Ok("one draw, two costs, and the slope that backward says.".to_owned())
}
