//! Chapter 6: a noisy sine with a gap in the data.

use std::f64::consts::PI;

use ndarray::Array2;
use rand::RngExt;

use crate::error::{Error, Result};
use crate::random::ChaCha8Rng;

/// How many samples are trained on, where nothing else is asked for.
pub const SAMPLES: usize = 80;
/// Half the width of the interval that holds the data.
pub const EDGE: f64 = 2.0;
/// How far the network is asked.
pub const FAR: f64 = 3.0;
/// The standard deviation of the noise, σ.
pub const NOISE: f64 = 0.1;

/// Where there are no data: low ≤ x < high.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    /// Where the data end.
    pub low: f64,
    /// Where they begin again.
    pub high: f64,
}

/// What is to be learned, and the samples it is learned from.
#[derive(Clone, Debug)]
pub struct Task {
    /// Where there are no samples.
    pub gap: Gap,
    x: Array2<f64>,
    y: Array2<f64>,
}

// ANCHOR: truth
/// The function behind the data.
pub fn truth(x: f64) -> f64 {
    libm::sin(PI * x)
}

/// What is measured at x: the function and some noise.
pub fn measured(x: f64, rng: &mut ChaCha8Rng) -> f64 {
    truth(x) + NOISE * normal(rng)
}
// ANCHOR_END: truth

impl Task {
    /// Samples at random x in [−2, 2), none of them in the gap.
    ///
    /// # Errors
    /// [`Error::Gap`] for a gap that does not lie in [−2, 2].
    pub fn draw(gap: Gap, rng: &mut ChaCha8Rng) -> Result<Task> {
        Task::with_samples(SAMPLES, gap, rng)
    }

    /// As [`Task::draw`], with so many samples.
    ///
    /// # Errors
    /// Also [`Error::NoSamples`] for none.
    pub fn with_samples(
        samples: usize,
        gap: Gap,
        rng: &mut ChaCha8Rng,
    ) -> Result<Task> {
        let Gap { low, high } = gap;
        if samples == 0 {
            return Err(Error::NoSamples("x"));
        }
        if !(-EDGE <= low && low <= high && high <= EDGE) {
            return Err(Error::Gap { low, high });
        }
        let mut x = Array2::zeros((1, samples));
        let width = high - low;
        x.map_inplace(|x| {
            // Uniform over what is left, with the right part moved past the gap.
            *x = -EDGE + (2.0 * EDGE - width) * rng.random::<f64>();
            if *x >= low {
                *x += width;
            }
        });
        let y = x.mapv(|x| measured(x, rng));
        Ok(Task { gap, x, y })
    }

    /// x and y, (1 × samples).
    pub fn data(&self) -> (&Array2<f64>, &Array2<f64>) {
        (&self.x, &self.y)
    }

    /// The sample whose x is nearest to a place.
    pub fn nearest(&self, place: f64) -> usize {
        let distances = self.x.iter().map(|x| (x - place).abs()).enumerate();
        let nearest = distances.min_by(|a, b| a.1.total_cmp(&b.1));
        nearest.map_or(0, |(i, _)| i)
    }

    /// Puts sample `i` at (x, y), be it in the gap; `None`, and nothing moves,
    /// where there is no such sample or x or y is not finite.
    pub fn put(&mut self, i: usize, x: f64, y: f64) -> Option<()> {
        if !(x.is_finite() && y.is_finite()) {
            return None;
        }
        *self.x.get_mut([0, i])? = x;
        *self.y.get_mut([0, i])? = y;
        Some(())
    }

    /// The samples as points.
    pub fn points(&self) -> impl Iterator<Item = (f64, f64)> {
        self.x.iter().copied().zip(self.y.iter().copied())
    }
}

/// 241 evenly spaced x from one far end to the other, (1 × 241).
pub fn grid() -> Array2<f64> {
    Array2::from_shape_fn((1, 241), |(_, i)| -FAR + i as f64 / 40.0)
}

/// A normal number, by the method of Box and Muller.
fn normal(rng: &mut ChaCha8Rng) -> f64 {
    let (u, v) = (1.0 - rng.random::<f64>(), rng.random::<f64>());
    (-2.0 * libm::log(u)).sqrt() * libm::cos(2.0 * PI * v)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::seeded;

    #[test]
    fn as_many_samples_are_drawn_as_are_asked_for() {
        let gap = Gap { low: 0.0, high: 1.0 };
        let draw = |samples| {
            let task = Task::with_samples(samples, gap, &mut seeded(2))?;
            Ok(task.points().collect::<Vec<_>>())
        };
        assert_eq!(draw(0), Err(Error::NoSamples("x")));
        let three = draw(3).expect("three");
        assert!(
            three.len() == 3
                && three.iter().all(|(x, _)| *x < 0.0 || *x >= 1.0)
        );
    }

    #[test]
    fn no_sample_is_in_the_gap_until_one_is_put_there() {
        let gap = Gap { low: 0.0, high: 1.0 };
        let mut task = Task::draw(gap, &mut seeded(2)).expect("a gap");
        let inside = |task: &Task| {
            task.points().filter(|(x, _)| (0.0..1.0).contains(x)).count()
        };
        assert_eq!(inside(&task), 0);

        let i = task.nearest(0.5);
        let before: Vec<_> = task.points().collect();
        for (i, x, y) in
            [(SAMPLES, 0.5, 1.0), (i, f64::NAN, 1.0), (i, 0.5, f64::INFINITY)]
        {
            assert_eq!(task.put(i, x, y), None);
        }
        assert!(task.points().eq(before.iter().copied()));

        assert_eq!(task.put(i, 0.5, 1.0), Some(()));
        assert_eq!((inside(&task), task.nearest(0.5)), (1, i));
        let far = |&(x, _): &(f64, f64)| (x - 0.5).abs();
        assert!(before.iter().all(|point| far(point) >= far(&before[i])));
    }
}
