//! The fused rung on several threads: each takes a share of the samples, and
//! their gradients are added in the order of the shares.

use std::thread;

use chainrule::Result;
use ndarray::{Array2, s};

use super::fused::{Fused, Gradient};
use super::{Rung, Task};

/// A fused rung for each thread.
pub struct Split {
    parts: Vec<Fused>,
    samples: usize,
}

impl Split {
    /// Shares as equal as they can be, for `threads` of them.
    pub fn new(task: &Task, threads: usize) -> Split {
        let share = task.samples().div_ceil(threads);
        let part = |first: usize| {
            let last = (first + share).min(task.samples());
            let columns =
                |m: &Array2<f64>| m.slice(s![.., first..last]).to_owned();
            let (x, y) = (columns(&task.x), columns(&task.y));
            Fused::new(&Task { x, y, ..task.clone() })
        };
        Split {
            parts: (0..task.samples()).step_by(share).map(part).collect(),
            samples: task.samples(),
        }
    }
}

impl Rung for Split {
    // ANCHOR: step
    fn step(&mut self) -> Result<()> {
        let Some((first, others)) = self.parts.split_first_mut() else {
            return Ok(());
        };
        thread::scope(|scope| {
            for part in others {
                scope.spawn(|| part.differentiate());
            }
            first.differentiate();
        });
        let gradient = self.total();
        for part in &mut self.parts {
            part.descend(&gradient, self.samples);
        }
        Ok(())
    }
    // ANCHOR_END: step

    fn loss(&self) -> f64 {
        self.parts.iter().map(Fused::squares).sum::<f64>() / self.samples as f64
    }
}

impl Split {
    /// The gradient over all samples.
    fn total(&self) -> Gradient {
        let mut total = Gradient::default();
        for part in &self.parts {
            let units = &part.gradient.units;
            total.units.resize(units.len(), Default::default());
            for (sum, unit) in total.units.iter_mut().zip(units) {
                sum.w1 += unit.w1;
                sum.b1 += unit.b1;
                sum.w2 += unit.w2;
            }
            total.b2 += part.gradient.b2;
        }
        total
    }
}
