//! The losses of a run, which show themselves as a curve.

use std::fmt;
use std::ops::Deref;

use crate::figures::{Chart, Colour};

/// The loss before each step of a run: a `Vec<f64>` with a curve.
///
/// ```
/// use chainrule::notebook::History;
///
/// let mut losses = History::new();
/// losses.push(2.0);
/// losses.push(0.5);
/// assert_eq!(losses.last(), Some(&0.5));
/// ```
#[derive(Clone, Default, PartialEq)]
pub struct History {
    losses: Vec<f64>,
}

/// More points than this cannot be told apart in a cell.
const POINTS: usize = 1000;

impl History {
    /// A run without steps.
    pub fn new() -> History {
        History::default()
    }

    /// Adds the next loss.
    pub fn push(&mut self, loss: f64) {
        self.losses.push(loss);
    }

    /// (step, loss) for every step, to be drawn in a chart of one's own.
    pub fn points(&self) -> impl Iterator<Item = (f64, f64)> {
        self.iter().enumerate().map(|(step, &loss)| (step as f64, loss))
    }

    /// Draws the curve in a notebook.
    pub fn evcxr_display(&self) {
        self.chart().figure().content(format!("{self:?}")).show();
    }

    /// The curve; logarithmic, unless a loss is 0.
    fn chart(&self) -> Chart {
        let chart = Chart::new("step", "loss").height(280);
        let log = self.iter().all(|&loss| loss > 0.0);
        let chart = if log { chart.log_y() } else { chart };
        chart.thin("", Colour::Training, self.thinned())
    }

    /// Of each run of steps the lowest and the highest, in their order: no
    /// spike is left out.
    fn thinned(&self) -> Vec<(f64, f64)> {
        let points: Vec<_> = self.points().collect();
        if points.len() <= 2 * POINTS {
            return points;
        }
        let by_loss = |a: &&(f64, f64), b: &&(f64, f64)| a.1.total_cmp(&b.1);
        points
            .chunks(points.len().div_ceil(POINTS))
            .flat_map(|run| {
                let low = *run.iter().min_by(by_loss).unwrap_or(&run[0]);
                let high = *run.iter().max_by(by_loss).unwrap_or(&run[0]);
                if low.0 < high.0 { [low, high] } else { [high, low] }
            })
            .collect()
    }
}

impl Deref for History {
    type Target = [f64];

    fn deref(&self) -> &[f64] {
        &self.losses
    }
}

impl FromIterator<f64> for History {
    fn from_iter<I: IntoIterator<Item = f64>>(losses: I) -> History {
        History { losses: losses.into_iter().collect() }
    }
}

/// `History(4000 losses, 242.5 … 0.1779)`.
impl fmt::Debug for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.losses[..] {
            [] => write!(f, "History(no losses)"),
            [only] => write!(f, "History(1 loss, {only})"),
            [first, .., last] => {
                write!(f, "History({} losses, {first} … {last})", self.len())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_run_keeps_its_spikes() {
        let mut losses = vec![1.0; 50_000];
        (losses[77], losses[49_999]) = (90.0, 0.25);
        let history: History = losses.into_iter().collect();
        let thinned = history.thinned();
        assert!(thinned.len() <= 2 * POINTS, "{}", thinned.len());
        assert!(thinned.contains(&(77.0, 90.0)));
        assert!(thinned.contains(&(49_999.0, 0.25)));
        assert!(thinned.is_sorted_by(|a, b| a.0 <= b.0));
    }

    #[test]
    fn it_says_what_it_holds_in_a_line() {
        let history: History = [4.0, 2.0, 0.5].into_iter().collect();
        assert_eq!(format!("{history:?}"), "History(3 losses, 4 … 0.5)");
        assert_eq!(format!("{:?}", History::new()), "History(no losses)");
    }
}
