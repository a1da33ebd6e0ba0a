//! One axis: its name, how far it reaches, and its marks.

use std::ops::Range;

use plotters::coord::ranged1d::{
    BoldPoints, KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter,
};
use plotters::coord::types::RangedCoordf64;

#[derive(Clone, Default)]
pub(super) struct Axis {
    pub(super) name: String,
    pub(super) range: Option<Range<f64>>,
    pub(super) log: bool,
    /// Words at 0, 1, 2 … in place of numbers; none for an axis of numbers.
    pub(super) names: Vec<String>,
}

impl Axis {
    pub(super) fn new(name: &str) -> Axis {
        Axis { name: name.to_owned(), ..Axis::default() }
    }

    /// Where a value stands: itself, or its logarithm.
    pub(super) fn place(&self, value: f64) -> f64 {
        // What is not a number stays so.
        if self.log { libm::log10(value.clamp(0.0, f64::MAX)) } else { value }
    }

    /// The fixed range, or that of these places with a little room at either
    /// end; with ends that are finite, and wide enough for marks in between.
    pub(super) fn range(
        &self,
        places: impl Iterator<Item = f64>,
    ) -> Range<f64> {
        let (places, share): (Vec<f64>, _) = match &self.range {
            Some(it) => (vec![self.place(it.start), self.place(it.end)], 0.0),
            None => (places.filter(|it| it.is_finite()).collect(), 0.04),
        };
        let far = if self.log { 400.0 } else { 1e300 };
        let end = |more: fn(f64, f64) -> f64| {
            places.iter().copied().fold(f64::NAN, more).clamp(-far, far)
        };
        let (low, high) = (end(f64::min), end(f64::max));
        if low.is_nan() {
            return 0.0..1.0; // there are none
        }
        let (width, size) = (high - low, low.abs().max(high.abs()));
        let least = (1e-12 * size).max(1e-15);
        let room = if width > least { share * width } else { least.max(0.5) };
        low - room..high + room
    }

    /// The axis as it is drawn: with as many marks as fit, seven at most.
    pub(super) fn scale(
        &self,
        range: Range<f64>,
        fit: impl Fn(&[Tick]) -> bool,
    ) -> Scale {
        let most = self.names.len().max(10);
        let mut ticks = (1..most).map(|sparse| self.ticks(&range, sparse));
        let ticks = ticks.find(|ticks| fit(ticks));
        Scale { range, ticks: ticks.unwrap_or_default() }
    }

    /// Fewer marks, the sparser they are.
    fn ticks(&self, range: &Range<f64>, sparse: usize) -> Vec<Tick> {
        if !self.names.is_empty() {
            let names = self.names.iter().cloned().enumerate();
            let places = names.map(|(k, name)| (k as f64, name));
            return places.step_by(sparse).collect();
        }
        if !self.log {
            let most = BoldPoints(8usize.saturating_sub(sparse));
            let ticks = RangedCoordf64::from(range.clone()).key_points(most);
            return ticks.into_iter().map(|it| (it, label(it))).collect();
        }
        let ticks = decades(range, sparse);
        let short = ticks.iter().all(|tick| (-3.1..4.1).contains(tick));
        let label =
            |it| if short { label(10.0_f64.powf(it)) } else { power(it) };
        ticks.into_iter().map(|it| (it, label(it))).collect()
    }
}

/// A mark: where it stands on the axis, and what it says.
pub(super) type Tick = (f64, String);

/// How far an axis reaches, and its marks.
#[derive(Clone)]
pub(super) struct Scale {
    pub(super) range: Range<f64>,
    pub(super) ticks: Vec<Tick>,
}

impl Scale {
    /// The end of the range that is nearest to a place beyond it.
    fn nearest(&self, place: f64) -> f64 {
        let Range { start, end } = self.range;
        place.clamp(start.min(end), start.max(end))
    }

    pub(super) fn holds(&self, place: f64) -> bool {
        self.nearest(place) == place
    }
}

impl Ranged for Scale {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, place: &f64, pixels: (i32, i32)) -> i32 {
        let straight = RangedCoordf64::from(self.range.clone());
        straight.map(&self.nearest(*place), pixels)
    }

    fn key_points<H: KeyPointHint>(&self, hint: H) -> Vec<f64> {
        let light = hint.weight().allow_light_points();
        let bold = self.ticks.iter().filter(|_| !light);
        bold.map(|(place, _)| *place).collect()
    }

    fn range(&self) -> Range<f64> {
        self.range.clone()
    }
}

impl ValueFormatter<f64> for Scale {
    fn format_ext(&self, place: &f64) -> String {
        let tick = self.ticks.iter().find(|(it, _)| it == place);
        tick.map(|(_, label)| label.clone()).unwrap_or_default()
    }
}

/// The logarithms of 1, 2 and 5 times the powers of ten inside a range, if it
/// is one of short numbers; or of every power, of every second, fourth, and so
/// on.
fn decades(range: &Range<f64>, sparse: usize) -> Vec<f64> {
    let short = range.start > -3.1 && range.end < 4.1;
    let (parts, step) = match sparse {
        1 if short => (&[1.0, 2.0, 5.0][..], 1),
        _ => (&[1.0][..], 1 << sparse.saturating_sub(2)),
    };
    let powers = range.start.floor() as i64..=range.end.floor() as i64;
    let powers = powers.filter(|power| power % step == 0);
    let of = |power: i64| {
        parts.iter().map(move |part| power as f64 + libm::log10(*part))
    };
    let inside = |it: &f64| (range.start..=range.end).contains(it);
    powers.flat_map(of).filter(inside).collect()
}

/// A value as its axis shows it: no more digits than it has.
fn label(value: f64) -> String {
    let rounded = (value * 1e6).round() / 1e6;
    let size = match rounded.abs() {
        size if (1e4..1e15).contains(&size) => thousands(size.round() as u64),
        size => size.to_string(),
    };
    if rounded < 0.0 { format!("−{size}") } else { size }
}

/// A comma before every third digit from the end.
fn thousands(size: u64) -> String {
    match size {
        0..1000 => size.to_string(),
        _ => format!("{},{:03}", thousands(size / 1000), size % 1000),
    }
}

/// 10 to a whole power.
fn power(exponent: f64) -> String {
    let raised = |digit: char| {
        let place = digit.to_digit(10).map(|place| place as usize);
        place.and_then(|k| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(k)).unwrap_or('⁻')
    };
    let exponent = format!("{exponent:.0}");
    format!("10{}", exponent.chars().map(raised).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the marks of an axis say that has room for so many.
    fn labels(log: bool, range: Range<f64>, most: usize) -> Vec<String> {
        let axis = Axis { log, ..Axis::default() };
        let scale = axis.scale(range, |ticks| ticks.len() <= most);
        scale.ticks.into_iter().map(|(_, label)| label).collect()
    }

    #[test]
    fn steps_are_round_and_labels_are_short() {
        let fifths = ["0", "0.2", "0.4", "0.6", "0.8", "1"];
        assert_eq!(labels(false, 0.0..1.0, 7), fifths);
        assert_eq!(labels(false, -12.0..11.0, 3), ["−10", "0", "10"]);
        let thousands = ["0", "2000", "4000", "6000", "8000", "10,000"];
        assert_eq!(labels(false, -1.0..10_900.0, 6), thousands);
        assert_eq!(
            labels(false, -1e6..0.0, 3),
            ["−1,000,000", "−500,000", "0"]
        );
    }

    #[test]
    fn powers_are_written_out_while_all_of_them_are_short() {
        assert_eq!(labels(true, 0.2..1.1, 6), ["2", "5", "10"]);
        assert_eq!(labels(true, -1.4..2.3, 6), ["0.1", "1", "10", "100"]);
        assert_eq!(labels(true, 1.9..5.2, 9), ["10²", "10³", "10⁴", "10⁵"]);
        let fourth = ["10⁻¹⁶", "10⁻¹²", "10⁻⁸", "10⁻⁴", "10⁰"];
        assert_eq!(labels(true, -16.4..1.1, 6), fourth);
    }
}
