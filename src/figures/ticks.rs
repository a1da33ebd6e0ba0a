//! Where the marks of an axis stand.

use std::ops::Range;

use plotters::coord::ranged1d::{DefaultFormatting, KeyPointHint, Ranged};

/// A straight axis with marks of our choosing.
#[derive(Clone, Debug)]
pub(super) struct Scale {
    pub(super) range: Range<f64>,
    pub(super) ticks: Vec<f64>,
}

impl Ranged for Scale {
    type FormatOption = DefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        let share =
            (value - self.range.start) / (self.range.end - self.range.start);
        // What is far outside is drawn outside, but not so far.
        let share = share.clamp(-100.0, 100.0);
        limit.0 + (share * f64::from(limit.1 - limit.0)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        // Only the bold marks: a second, finer grid would be noise.
        if hint.bold_points() > 0 && !hint.weight().allow_light_points() {
            self.ticks.clone()
        } else {
            Vec::new()
        }
    }

    fn range(&self) -> Range<f64> {
        self.range.clone()
    }
}

/// Round values inside `range`, a step of 1, 2 or 5 times a power of ten
/// apart; about five of them.
pub(super) fn linear(range: &Range<f64>) -> Vec<f64> {
    let rough = (range.end - range.start) / 5.0;
    let power = 10.0_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power);
    let step = step
        .into_iter()
        .find(|step| *step >= rough * 0.999)
        .unwrap_or(10.0 * power);
    let first = (range.start / step - 1e-9).ceil() as i64;
    let last = (range.end / step + 1e-9).floor() as i64;
    (first..=last).map(|k| k as f64 * step).collect()
}

/// Whole powers of ten inside `range`, as their logarithms: each one, or every
/// third or sixth where there would be more than eight.
pub(super) fn decades(range: &Range<f64>) -> Vec<f64> {
    let (first, last) = (range.start.ceil() as i64, range.end.floor() as i64);
    let step = [1, 3, 6, 30]
        .into_iter()
        .find(|step| last - first < 8 * step)
        .unwrap_or(60);
    (first..=last).filter(|k| k % step == 0).map(|k| k as f64).collect()
}

/// A value as its axis shows it: no more digits than it has.
pub(super) fn label(value: f64) -> String {
    let rounded = (value * 1e6).round() / 1e6;
    // A zero is written without a sign.
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded }).replace('-', "−")
}

/// 10 to the power `exponent`, written out while that is short.
pub(super) fn power_label(exponent: f64) -> String {
    match exponent as i32 {
        small @ -4..=5 => label(10.0_f64.powi(small)),
        other => format!("1e{other}").replace('-', "−"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        assert_eq!(
            linear(&(0.0..1.0)),
            [0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0]
        );
        assert_eq!(linear(&(-22.0..22.0)), [-20.0, -10.0, 0.0, 10.0, 20.0]);
        assert_eq!(
            linear(&(0.0..4000.0)),
            [0.0, 1000.0, 2000.0, 3000.0, 4000.0]
        );
        assert_eq!(decades(&(-1.4..2.3)), [-1.0, 0.0, 1.0, 2.0]);
        assert_eq!(
            decades(&(-16.4..1.1)),
            [-15.0, -12.0, -9.0, -6.0, -3.0, 0.0]
        );
    }

    #[test]
    fn labels_are_short() {
        assert_eq!(label(0.6000000000000001), "0.6");
        assert_eq!(label(-20.0), "−20");
        assert_eq!(label(-1e-12), "0");
        assert_eq!(power_label(-2.0), "0.01");
        assert_eq!(power_label(-15.0), "1e−15");
    }
}
