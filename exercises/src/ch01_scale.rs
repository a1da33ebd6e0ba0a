//! The scale that keeps the mean.

use crate::Verdict;
use crate::compare::close;

/// Holds the mean over kept and dropped against the entry.
pub fn judge(yours: impl Fn(f64, bool, f64) -> f64) -> Verdict {
    let x = 10.0;
    for p in [0.4, 0.1, 0.9, 0.0] {
        let (kept, dropped) = (yours(x, true, p), yours(x, false, p));
        if dropped != 0.0 {
            return Err(format!(
                "a dropped entry becomes {dropped:.3}; 0 is what it hands on"
            ));
        }
        let mean = (1.0 - p) * kept;
        if !close(mean, x, 1e-9) {
            return Err(format!(
                "at p = {p} the entry {x} has the mean {mean:.3} after dropout{}",
                why(kept / x, p)
            ));
        }
    }
    let infinite = yours(f64::INFINITY, false, 0.4);
    if infinite != 0.0 {
        return Err(format!(
            "a dropped infinity becomes {infinite}, not 0: an `if` chooses \
             where a product with 0 does not"
        ));
    }
    Ok("the mean survives at every p: 10 stays 10 on average, as 0 or as \
        16.667 at p = 0.4."
        .to_owned())
}

fn why(scale: f64, p: f64) -> &'static str {
    let is = |other: f64| (scale - other).abs() < 1e-9;
    match () {
        () if is(1.0) => ". Is the scale missing?",
        () if is(1.0 / p) => {
            ". It is divided by p, the probability to drop: wrong-scale, in \
             chapter 5's gallery"
        }
        () if is(1.0 - p) => {
            ". It is multiplied by 1 − p, where it should be divided"
        }
        () if is((1.0 - p).powi(-2)) => ". Is it scaled twice?",
        () => "",
    }
}
