//! Rung 6: the fused rung in half the width. A vector holds twice as many
//! numbers of 32 bits, and their exponential needs a shorter series.

use chainrule::kernels::Instructions;
use chainrule::{Result, dispatched};

use super::{Rung, Task};

/// How many samples are taken at a time, as in the fused rung.
const LANES: usize = 16;

type Chunk = [f32; LANES];

/// A network in 32 bits. The weights and data of the task are rounded once, at
/// the start; then every number is.
pub struct Half {
    instructions: Instructions,
    learning_rate: f32,
    /// How many samples there are without those that fill up.
    samples: usize,
    x: Vec<Chunk>,
    y: Vec<Chunk>,
    units: Vec<Unit>,
    b2: f32,
    /// A row for each unit.
    a1: Vec<Chunk>,
    z2: Vec<Chunk>,
    dz2: Vec<Chunk>,
}

/// A hidden unit: the weight and bias into it, the weight out of it.
#[derive(Clone, Copy)]
struct Unit {
    w1: f32,
    b1: f32,
    w2: f32,
}

impl Half {
    /// With the best instructions of this processor.
    pub fn new(task: &Task) -> Half {
        let [first, last] = task.start.layers() else {
            unreachable!("a task has one hidden layer")
        };
        let weights = first.weights.iter().zip(&first.bias).zip(&last.weights);
        let units: Vec<Unit> = weights
            .map(|((&w1, &b1), &w2)| Unit {
                w1: w1 as f32,
                b1: b1 as f32,
                w2: w2 as f32,
            })
            .collect();
        let row = vec![[0.0; LANES]; task.samples().div_ceil(LANES)];
        Half {
            instructions: Instructions::best(),
            learning_rate: task.learning_rate as f32,
            samples: task.samples(),
            x: filled_up(task.x.iter()),
            y: filled_up(task.y.iter()),
            a1: vec![[0.0; LANES]; row.len() * units.len()],
            z2: row.clone(),
            dz2: row,
            units,
            b2: last.bias[[0, 0]] as f32,
        }
    }
}

/// A row in whole chunks, the last filled up with zeros.
fn filled_up<'a>(row: impl Iterator<Item = &'a f64>) -> Vec<Chunk> {
    let row: Vec<f32> = row.map(|&number| number as f32).collect();
    row.chunks(LANES)
        .map(|part| {
            let mut chunk = [0.0; LANES];
            chunk[..part.len()].copy_from_slice(part);
            chunk
        })
        .collect()
}

impl Rung for Half {
    fn step(&mut self) -> Result<()> {
        step(self.instructions, self);
        Ok(())
    }

    fn loss(&self) -> f64 {
        let dz = self.dz2.as_flattened().iter().map(|&dz| f64::from(dz));
        dz.map(|dz| dz * dz).sum::<f64>() / self.samples as f64
    }
}

dispatched! {
    fn step(net: &mut Half) = passes
}

#[inline(always)]
fn passes(net: &mut Half) {
    forward(net);
    output_error(net);
    backward(net);
}

#[inline(always)]
fn forward(net: &mut Half) {
    let Half { x, a1, z2, units, .. } = net;
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

#[inline(always)]
fn output_error(net: &mut Half) {
    let rows = net.z2.as_flattened().iter().zip(net.y.as_flattened());
    for (dz, (z, y)) in net.dz2.as_flattened_mut().iter_mut().zip(rows) {
        *dz = z - y;
    }
    net.dz2.as_flattened_mut()[net.samples..].fill(0.0);
}

/// The way back, and the step of each unit as soon as its sums are there.
#[inline(always)]
fn backward(net: &mut Half) {
    let Half { x, a1, dz2, units, .. } = net;
    let rate = net.learning_rate / net.samples as f32;
    let rows = a1.chunks_exact(x.len());
    for (unit, a) in units.iter_mut().zip(rows) {
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
        unit.w1 -= rate * add_in_pairs(dw1);
        unit.b1 -= rate * add_in_pairs(db1);
        unit.w2 -= rate * add_in_pairs(dw2);
    }
    let mut db2 = [0.0; LANES];
    for dz2 in &*dz2 {
        for lane in 0..LANES {
            db2[lane] += dz2[lane];
        }
    }
    net.b2 -= rate * add_in_pairs(db2);
}

/// The sum of the partial sums: halves onto halves until one is left.
#[inline(always)]
fn add_in_pairs(mut partial: Chunk) -> f32 {
    let mut width = LANES / 2;
    while width > 0 {
        for lane in 0..width {
            partial[lane] += partial[lane + width];
        }
        width /= 2;
    }
    partial[0]
}

/// 1/n! for n = 0 … 7: the next term is below half a last digit of 32 bits.
const INVERSE_FACTORIALS: [f32; 8] = [
    1.0,
    1.0,
    1.0 / 2.0,
    1.0 / 6.0,
    1.0 / 24.0,
    1.0 / 120.0,
    1.0 / 720.0,
    1.0 / 5_040.0,
];

/// ln 2 in two parts, as in the core crate's exponential.
const LN2_HIGH: f32 = 0.693_359_4;
const LN2_LOW: f32 = -2.121_944_4e-4;

/// 1.5 · 2²³: adding it rounds a small number to an integer.
const ROUND: f32 = 12_582_912.0;

/// eˣ in 32 bits, by the method of the core crate's, in half as many terms.
/// Beyond ±87 it stays at the end of what 32 bits can hold.
#[inline(always)]
// ANCHOR: exp
pub fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 87.0);
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let k = shifted - ROUND;
    let r = (x - k * LN2_HIGH) - k * LN2_LOW;
    let square = r * r;
    let [mut even, mut odd] = [6, 7].map(|n| INVERSE_FACTORIALS[n]);
    for n in (0..6).step_by(2).rev() {
        even = even * square + INVERSE_FACTORIALS[n];
        odd = odd * square + INVERSE_FACTORIALS[n + 1];
    }
    let exponent = shifted.to_bits().wrapping_add(127);
    (even + r * odd) * f32::from_bits(exponent << 23)
}
// ANCHOR_END: exp
