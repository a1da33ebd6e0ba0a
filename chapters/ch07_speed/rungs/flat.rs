//! Rung 4: plain slices, loops that the compiler vectorises, and an
//! exponential that can be vectorised with them.

use chainrule::kernels::{Instructions, dot, exp, sum};
use chainrule::{Result, dispatched};

use super::{Rung, Task};

/// The (hidden × samples) matrices that a step reads or writes: z once, z and
/// a in the sigmoid, a in the output, a in dw, da once, da, a and dz in the
/// slope, dz in dw and in db.
pub const PASSES: usize = 10;

/// A network of plain slices.
pub struct Flat {
    instructions: Instructions,
    learning_rate: f64,
    x: Vec<f64>,
    y: Vec<f64>,
    /// The weights and biases into the hidden units, one number for each.
    w1: Vec<f64>,
    b1: Vec<f64>,
    /// The weights into the output, one for each hidden unit, and its bias.
    w2: Vec<f64>,
    b2: f64,
    /// Hidden unit after hidden unit, a row of samples each.
    z1: Vec<f64>,
    a1: Vec<f64>,
    dz1: Vec<f64>,
    z2: Vec<f64>,
    dz2: Vec<f64>,
    dw2: Vec<f64>,
}

impl Flat {
    /// With the best instructions of this processor.
    pub fn new(task: &Task) -> Flat {
        let layers = task.start.layers();
        let entries = |m: &ndarray::Array2<f64>| m.iter().copied().collect();
        let room = |rows: usize| vec![0.0; rows * task.samples()];
        Flat {
            instructions: Instructions::best(),
            learning_rate: task.learning_rate,
            x: entries(&task.x),
            y: entries(&task.y),
            w1: entries(&layers[0].weights),
            b1: entries(&layers[0].bias),
            w2: entries(&layers[1].weights),
            b2: layers[1].bias[[0, 0]],
            z1: room(task.hidden()),
            a1: room(task.hidden()),
            dz1: room(task.hidden()),
            z2: room(1),
            dz2: room(1),
            dw2: vec![0.0; task.hidden()],
        }
    }
}

impl Rung for Flat {
    fn step(&mut self) -> Result<()> {
        step(self.instructions, self);
        Ok(())
    }

    fn loss(&self) -> f64 {
        let squares: Vec<_> =
            self.z2.iter().zip(&self.y).map(|(z, y)| z - y).collect();
        dot(&squares, &squares) / squares.len() as f64
    }
}

// ANCHOR: dispatched
dispatched! {
    /// The loops below, compiled once for each set of vector instructions.
    fn step(net: &mut Flat) = passes
}
// ANCHOR_END: dispatched

#[inline(always)]
fn passes(net: &mut Flat) {
    forward(net);
    backward(net);
}

// ANCHOR: forward
#[inline(always)]
fn forward(net: &mut Flat) {
    let m = net.x.len();
    for ((z, w), b) in net.z1.chunks_exact_mut(m).zip(&net.w1).zip(&net.b1) {
        for (z, x) in z.iter_mut().zip(&net.x) {
            *z = b + w * x;
        }
    }
    for (a, z) in net.a1.iter_mut().zip(&net.z1) {
        *a = 1.0 / (1.0 + exp(-z));
    }
    net.z2.fill(net.b2);
    for (a, w) in net.a1.chunks_exact(m).zip(&net.w2) {
        for (z, a) in net.z2.iter_mut().zip(a) {
            *z += w * a;
        }
    }
}
// ANCHOR_END: forward

#[inline(always)]
fn backward(net: &mut Flat) {
    let m = net.x.len();
    let samples = m as f64;
    for ((dz, z), y) in net.dz2.iter_mut().zip(&net.z2).zip(&net.y) {
        *dz = z - y;
    }
    for (dw, a) in net.dw2.iter_mut().zip(net.a1.chunks_exact(m)) {
        *dw = dot(&net.dz2, a) / samples;
    }
    for (da, w) in net.dz1.chunks_exact_mut(m).zip(&net.w2) {
        for (da, dz) in da.iter_mut().zip(&net.dz2) {
            *da = w * dz;
        }
    }
    for (dz, a) in net.dz1.iter_mut().zip(&net.a1) {
        *dz *= a * (1.0 - a);
    }
    let rows = net.dz1.chunks_exact(m);
    for ((dz, w), b) in rows.zip(&mut net.w1).zip(&mut net.b1) {
        *w -= net.learning_rate * (dot(dz, &net.x) / samples);
        *b -= net.learning_rate * (sum(dz) / samples);
    }
    for (w, dw) in net.w2.iter_mut().zip(&net.dw2) {
        *w -= net.learning_rate * dw;
    }
    net.b2 -= net.learning_rate * (sum(&net.dz2) / samples);
}
