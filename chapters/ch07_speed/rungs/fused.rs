//! Rung 5: each row of activations is made, used and forgotten while it is in
//! the processor's nearest cache, and what can be computed again is not kept.

use chainrule::arithmetic::{Instructions, exp};
use chainrule::{Result, dispatched};

use super::lanes::{LANES, Partial, add_in_pairs};
use super::{Rung, Task};

/// The (hidden × samples) matrices that a step reads or writes: a is written,
/// read for the output while it is at hand, and read again on the way back.
pub const PASSES: usize = 3;

/// Rows are filled up with samples that count for nothing, so that each is a
/// whole number of these.
type Chunk = [f64; LANES];

pub struct Fused {
    instructions: Instructions,
    learning_rate: f64,
    /// How many samples there are without those that fill up.
    samples: usize,
    x: Vec<Chunk>,
    y: Vec<Chunk>,
    units: Vec<Unit>,
    b2: f64,
    /// A row for each unit.
    a1: Vec<Chunk>,
    z2: Vec<Chunk>,
    dz2: Vec<Chunk>,
}

/// A hidden unit: the weight and bias into it, the weight out of it.
struct Unit {
    w1: f64,
    b1: f64,
    w2: f64,
}

impl Fused {
    pub fn new(task: &Task) -> Fused {
        let [first, last] = task.start.layers() else {
            unreachable!("a task has one hidden layer")
        };
        let weights = first.weights.iter().zip(&first.bias).zip(&last.weights);
        let units: Vec<Unit> = weights
            .map(|((&w1, &b1), &w2)| Unit { w1, b1, w2 })
            .collect();
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

impl Rung for Fused {
    fn step(&mut self) -> Result<()> {
        step(self.instructions, self);
        Ok(())
    }

    fn loss(&self) -> f64 {
        // The entries that fill up are 0, and add nothing to any sum.
        let squares = each(&self.dz2, |partial, dz, lane| {
            partial[lane] += dz[lane] * dz[lane];
        });
        squares / self.samples as f64
    }
}

/// A sum over a row: what `add` adds, chunk by chunk.
#[inline(always)]
fn each(row: &[Chunk], add: impl Fn(&mut Partial, &Chunk, usize)) -> f64 {
    let mut partial = [0.0; LANES];
    for chunk in row {
        for lane in 0..LANES {
            add(&mut partial, chunk, lane);
        }
    }
    add_in_pairs(partial)
}

dispatched! {
    fn step(net: &mut Fused) = passes
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
    let Fused { x, a1, dz2, units, .. } = net;
    let step = |sum| net.learning_rate * (add_in_pairs(sum) / net.samples as f64);
    for (unit, a) in units.iter_mut().zip(a1.chunks_exact(x.len())) {
        let (mut dw1, mut db1, mut dw2) =
            ([0.0; LANES], [0.0; LANES], [0.0; LANES]);
        for ((x, a), dz2) in x.iter().zip(a).zip(&*dz2) {
            for lane in 0..LANES {
                let slope = a[lane] * (1.0 - a[lane]);
                let dz1 = unit.w2 * dz2[lane] * slope;
                dw1[lane] += dz1 * x[lane];
                db1[lane] += dz1;
                dw2[lane] += dz2[lane] * a[lane];
            }
        }
        unit.w1 -= step(dw1);
        unit.b1 -= step(db1);
        unit.w2 -= step(dw2);
    }
    let sum = each(dz2, |partial, dz, lane| partial[lane] += dz[lane]);
    net.b2 -= net.learning_rate * (sum / net.samples as f64);
}
// ANCHOR_END: backward
