//! Gradient descent where it can be drawn: on one weight, and on two.

use std::io::Write;

use chainrule::Error;
use chapters::cli::{Failure, Outcome};

/// J = ½·(2·w − 3)² is lowest here.
pub const BOTTOM: f64 = 1.5;

/// How fast dw grows with w: dw = 4·(w − 1.5).
const CURVATURE: f64 = 4.0;

/// A step that creeps, one that jumps across and lands lower, and one that
/// lands higher. A fourth is the reader's.
pub const RATES: [f64; 3] = [0.1, 0.4, 0.55];

/// ½·(2·w − 3)².
pub fn valley(w: f64) -> f64 {
    let error = 2.0 * w - 3.0;
    0.5 * error * error
}

/// Every w on the way down from 0.
// ANCHOR: roll
pub fn roll(learning_rate: f64, steps: usize) -> Vec<f64> {
    let mut w = 0.0;
    let mut way = vec![w];
    for _ in 0..steps {
        let dw = 4.0 * w - 6.0;
        w -= learning_rate * dw;
        way.push(w);
    }
    way
}
// ANCHOR_END: roll

/// The curvatures of the bowl J = ½·(4·w₁² + 0.2·w₂²).
pub const BOWL: [f64; 2] = [CURVATURE, 0.2];

/// ½·(4·w₁² + 0.2·w₂²).
pub fn bowl([w1, w2]: [f64; 2]) -> f64 {
    0.5 * (BOWL[0] * w1 * w1 + BOWL[1] * w2 * w2)
}

/// Both weights on the way down from `start`.
pub fn roll_two(
    start: [f64; 2],
    learning_rate: f64,
    steps: usize,
) -> Vec<[f64; 2]> {
    let mut w = start;
    let mut way = vec![w];
    for _ in 0..steps {
        for (w, curvature) in w.iter_mut().zip(BOWL) {
            *w -= learning_rate * (curvature * *w);
        }
        way.push(w);
    }
    way
}

/// Both tables of the page; the last column of the first is `learning_rate`'s.
pub fn print(out: &mut dyn Write, learning_rate: f64) -> Outcome {
    writeln!(out, "one weight: J = ½·(2·w − 3)², λ = {CURVATURE}\n")?;
    let rates = RATES.into_iter().chain([learning_rate]);
    let row =
        |out: &mut dyn Write, head: &str, cells: Vec<String>| -> Outcome {
            let cells = cells.iter().map(|cell| format!("{cell:>12}"));
            Ok(writeln!(out, "{head:>6}{}", cells.collect::<String>())?)
        };
    let heads = rates.clone().map(|rate| format!("η = {rate}"));
    row(out, "step", heads.collect())?;
    let factors = rates.clone().map(|rate| four(1.0 - rate * CURVATURE));
    row(out, "1 − ηλ", factors.collect())?;
    let ways: Vec<_> = rates.map(|rate| roll(rate, 6)).collect();
    if let Some((step, &value)) =
        ways[3].iter().enumerate().find(|(_, w)| !w.is_finite())
    {
        let what = "the weight".to_owned();
        let source = Error::NotFinite { what, value };
        return Err(Failure::Diverged { step: step - 1, source });
    }
    for step in 0..=6 {
        let places = ways.iter().map(|way| four(way[step]));
        row(out, &step.to_string(), places.collect())?;
    }

    let (start, rate) = ([0.001, 4.0], RATES[2]);
    writeln!(out, "\ntwo weights: J = ½·(4·w[1]² + 0.2·w[2]²), η = {rate}\n")?;
    let heads = ["w[1]", "w[2]", "J"].map(str::to_owned);
    row(out, "step", heads.to_vec())?;
    let way = roll_two(start, rate, 40);
    for (step, w) in way.iter().enumerate().step_by(5) {
        let cells = [w[0], w[1], bowl(*w)].map(four);
        row(out, &step.to_string(), cells.to_vec())?;
    }
    Ok(())
}

/// Four digits, or, where these would be too many or too few, the power of ten.
fn four(value: f64) -> String {
    let size = value.abs();
    let text = if size >= 1e5 || (0.0 < size && size < 1e-3) {
        format!("{value:.1e}")
    } else {
        format!("{value:.4}")
    };
    text.replace('-', "−")
}
