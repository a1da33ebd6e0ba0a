//! Rung 5: each row of activations is made, used and forgotten while it is in
//! the processor's nearest cache, and what can be computed again is not kept.

use chainrule::kernels::{Instructions, dot, exp, sum};
use chainrule::{Result, dispatched};

use super::{Rung, Task};

/// The (hidden × samples) matrices that a step reads or writes: a is written,
/// read for the output while it is at hand, and read again on the way back.
pub const PASSES: usize = 3;

/// How many samples are taken at a time: as many as the core crate's sums have
/// partial sums. With its order the losses have its bits. Rows are filled up
/// with samples that count for nothing, to a whole number of these.
const LANES: usize = 16;

type Chunk = [f64; LANES];

/// A network whose samples are taken a chunk at a time.
pub struct Fused {
    instructions: Instructions,
    learning_rate: f64,
    /// How many samples there are without those that fill up.
    samples: usize,
    x: Vec<Chunk>,
    y: Vec<Chunk>,
    units: Vec<Unit>,
    b2: f64,
    pub(super) gradient: Gradient,
    /// A row for each unit.
    a1: Vec<Chunk>,
    z2: Vec<Chunk>,
    dz2: Vec<Chunk>,
}

/// A hidden unit: the weight and bias into it, the weight out of it; or what
/// the cost does when these change.
#[derive(Clone, Copy, Default)]
pub(super) struct Unit {
    pub(super) w1: f64,
    pub(super) b1: f64,
    pub(super) w2: f64,
}

/// The derivatives, summed over the samples and not yet divided.
#[derive(Clone, Default)]
pub(super) struct Gradient {
    pub(super) units: Vec<Unit>,
    pub(super) b2: f64,
}

impl Fused {
    /// With the best instructions of this processor.
    pub fn new(task: &Task) -> Fused {
        let [first, last] = task.start.layers() else {
            unreachable!("a task has one hidden layer")
        };
        let weights = first.weights.iter().zip(&first.bias).zip(&last.weights);
        let units: Vec<Unit> =
            weights.map(|((&w1, &b1), &w2)| Unit { w1, b1, w2 }).collect();
        let row = vec![[0.0; LANES]; task.samples().div_ceil(LANES)];
        Fused {
            instructions: Instructions::best(),
            learning_rate: task.learning_rate,
            samples: task.samples(),
            x: filled_up(task.x.iter()),
            y: filled_up(task.y.iter()),
            a1: vec![[0.0; LANES]; row.len() * units.len()],
            z2: row.clone(),
            dz2: row,
            gradient: Gradient {
                units: vec![Unit::default(); units.len()],
                b2: 0.0,
            },
            units,
            b2: last.bias[[0, 0]],
        }
    }
}

/// A row in whole chunks, the last filled up with zeros.
fn filled_up<'a>(row: impl Iterator<Item = &'a f64>) -> Vec<Chunk> {
    let row: Vec<f64> = row.copied().collect();
    row.chunks(LANES)
        .map(|part| {
            let mut chunk = [0.0; LANES];
            chunk[..part.len()].copy_from_slice(part);
            chunk
        })
        .collect()
}

impl Fused {
    /// Forward and backward: fills in the gradient.
    pub(super) fn differentiate(&mut self) {
        differentiate(self.instructions, self);
    }

    /// One step against a gradient that was summed over so many samples.
    pub(super) fn descend(&mut self, gradient: &Gradient, samples: usize) {
        let rate = self.learning_rate;
        let step = |sum: f64| rate * (sum / samples as f64);
        for (unit, sum) in self.units.iter_mut().zip(&gradient.units) {
            unit.w1 -= step(sum.w1);
            unit.b1 -= step(sum.b1);
            unit.w2 -= step(sum.w2);
        }
        self.b2 -= step(gradient.b2);
    }

    /// Σ (z − y)² over the samples of the last step.
    pub(super) fn squares(&self) -> f64 {
        // The entries that fill up are 0, and add nothing to any sum.
        let dz = self.dz2.as_flattened();
        dot(dz, dz)
    }
}

impl Rung for Fused {
    fn step(&mut self) -> Result<()> {
        self.differentiate();
        let gradient = std::mem::take(&mut self.gradient);
        self.descend(&gradient, self.samples);
        self.gradient = gradient;
        Ok(())
    }

    fn loss(&self) -> f64 {
        self.squares() / self.samples as f64
    }
}

dispatched! {
    fn differentiate(net: &mut Fused) = passes
}

#[inline(always)]
fn passes(net: &mut Fused) {
    forward(net);
    output_error(net);
    backward(net);
}

// ANCHOR: forward
#[inline(always)]
fn forward(net: &mut Fused) {
    let Fused { x, a1, z2, units, .. } = net;
    z2.fill([net.b2; LANES]);
    for (unit, a) in units.iter().zip(a1.chunks_exact_mut(x.len())) {
        let flat = a.as_flattened_mut();
        for (a, x) in flat.iter_mut().zip(x.as_flattened()) {
            *a = 1.0 / (1.0 + exp(-(unit.b1 + unit.w1 * x)));
        }
        for (z, a) in z2.as_flattened_mut().iter_mut().zip(flat) {
            *z += unit.w2 * *a;
        }
    }
}
// ANCHOR_END: forward

#[inline(always)]
fn output_error(net: &mut Fused) {
    let rows = net.z2.as_flattened().iter().zip(net.y.as_flattened());
    for (dz, (z, y)) in net.dz2.as_flattened_mut().iter_mut().zip(rows) {
        *dz = z - y;
    }
    net.dz2.as_flattened_mut()[net.samples..].fill(0.0);
}

// ANCHOR: backward
#[inline(always)]
fn backward(net: &mut Fused) {
    let Fused { x, a1, dz2, units, gradient, .. } = net;
    let rows = a1.chunks_exact(x.len());
    for ((unit, a), sums) in units.iter().zip(rows).zip(&mut gradient.units) {
        let [mut dw1, mut db1, mut dw2] = [[0.0; LANES]; 3];
        for ((x, a), dz2) in x.iter().zip(a).zip(&*dz2) {
            for lane in 0..LANES {
                let slope = a[lane] * (1.0 - a[lane]);
                let dz1 = unit.w2 * dz2[lane] * slope;
                dw1[lane] += dz1 * x[lane];
                db1[lane] += dz1;
                dw2[lane] += dz2[lane] * a[lane];
            }
        }
        let [w1, b1, w2] = [dw1, db1, dw2].map(add_in_pairs);
        *sums = Unit { w1, b1, w2 };
    }
    gradient.b2 = sum(dz2.as_flattened());
}
// ANCHOR_END: backward

/// The sum of the partial sums: halves onto halves until one is left.
#[inline(always)]
fn add_in_pairs(mut partial: Chunk) -> f64 {
    let mut width = LANES / 2;
    while width > 0 {
        for lane in 0..width {
            partial[lane] += partial[lane + width];
        }
        width /= 2;
    }
    partial[0]
}
