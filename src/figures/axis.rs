//! One axis: its name, how far it reaches, and its marks.

use std::ops::Range;

use super::ticks;

#[derive(Clone, Debug)]
pub(super) struct Axis {
    pub(super) name: String,
    pub(super) range: Option<Range<f64>>,
    pub(super) log: bool,
    /// Words at 0, 1, 2 … in place of numbers; none for an axis of numbers.
    pub(super) names: Vec<String>,
}

/// A mark: where it stands on the axis, and what it says.
pub(super) type Tick = (f64, String);

impl Axis {
    pub(super) fn new(name: &str) -> Axis {
        let name = name.to_owned();
        Axis { name, range: None, log: false, names: Vec::new() }
    }

    /// Where a value stands: itself, or its logarithm.
    pub(super) fn place(&self, value: f64) -> f64 {
        if self.log { libm::log10(value) } else { value }
    }

    /// The fixed range, or the data's with a little room; made so that it can
    /// be drawn.
    pub(super) fn range(
        &self,
        values: impl Iterator<Item = f64>,
    ) -> Range<f64> {
        if let Some(range) = &self.range {
            let (start, end) = (self.place(range.start), self.place(range.end));
            return self.drawable(start, end, 0.0);
        }
        let (low, high) = values
            .filter(|value| value.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| {
                (low.min(v), high.max(v))
            });
        if low > high {
            return 0.0..1.0; // no data
        }
        self.drawable(low, high, 0.04)
    }

    /// A range of rows, the first of them at the top.
    pub(super) fn rows(&self) -> Range<f64> {
        self.names.len() as f64 - 0.5..-0.5
    }

    /// From the one to the other, and a share of the width more at either end:
    /// with ends that are finite, and wide enough for marks in between.
    fn drawable(&self, one: f64, other: f64, share: f64) -> Range<f64> {
        let far = if self.log { 400.0 } else { 1e300 };
        let low = one.min(other).clamp(-far, far);
        let high = one.max(other).clamp(-far, far);
        if low.is_nan() {
            return 0.0..1.0; // both are
        }
        let (width, size) = (high - low, low.abs().max(high.abs()));
        let least = (1e-12 * size).max(1e-300);
        let room = if width > least { share * width } else { least.max(0.5) };
        low - room..high + room
    }

    /// About so many marks.
    pub(super) fn ticks(&self, range: &Range<f64>, about: usize) -> Vec<Tick> {
        if !self.names.is_empty() {
            let names = self.names.iter().cloned().enumerate();
            return names.map(|(k, name)| (k as f64, name)).collect();
        }
        let (ticks, labels) = if self.log {
            let ticks = ticks::decades(range, about + 2);
            let labels = ticks::power_labels(&ticks);
            (ticks, labels)
        } else {
            let ticks = ticks::linear(range, about);
            let labels = ticks.iter().map(|tick| ticks::label(*tick));
            let labels = labels.collect();
            (ticks, labels)
        };
        ticks.into_iter().zip(labels).collect()
    }
}
