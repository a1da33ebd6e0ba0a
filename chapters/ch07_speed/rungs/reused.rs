//! Rung 2: every array is made before the first step, and written to at each.

use chainrule::Result;
use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, Zip};

use super::{Rung, Task};

/// As in ndarray.
pub type Matrix = Array2<f64>;

/// A network whose arrays are made once.
// ANCHOR: reused
pub struct Reused {
    x: Matrix,
    y: Matrix,
    layers: Vec<Layer>,
    learning_rate: f64,
    multiply_slope: Slope,
}

/// A layer, and room for everything that is computed of it.
struct Layer {
    w: Matrix,
    b: Matrix,
    z: Matrix,
    a: Matrix,
    dz: Matrix,
    dw: Matrix,
    db: Matrix,
}
// ANCHOR_END: reused

/// dz = da ⊙ f′(z), where `dz` holds da; given z and a.
pub type Slope = fn(dz: &mut Matrix, z: &Matrix, a: &Matrix);

impl Reused {
    /// With the slope computed from z.
    pub fn new(task: &Task) -> Reused {
        Reused::with_slope(task, slope_from_z)
    }

    /// With another slope.
    pub fn with_slope(task: &Task, multiply_slope: Slope) -> Reused {
        let room = |layer: &chainrule::Layer| {
            let (w, b) = (layer.weights.clone(), layer.bias.clone());
            let column = Matrix::zeros((layer.outputs(), task.samples()));
            Layer {
                z: column.clone(),
                a: column.clone(),
                dz: column,
                dw: Matrix::zeros(w.dim()),
                db: Matrix::zeros(b.dim()),
                w,
                b,
            }
        };
        Reused {
            x: task.x.clone(),
            y: task.y.clone(),
            layers: task.start.layers().iter().map(room).collect(),
            learning_rate: task.learning_rate,
            multiply_slope,
        }
    }

    // ANCHOR: forward
    fn forward(&mut self) {
        let last = self.layers.len() - 1;
        let mut previous = &self.x;
        for (l, layer) in self.layers.iter_mut().enumerate() {
            let Layer { w, b, z, a, .. } = layer;
            z.assign(b);
            general_mat_mul(1.0, w, previous, 1.0, z);
            if l < last {
                Zip::from(&mut *a).and(z).for_each(|a, &mut z| *a = sigmoid(z));
            }
            previous = a;
        }
    }
    // ANCHOR_END: forward

    fn backward(&mut self) {
        let m = self.x.ncols() as f64;
        if let Some(Layer { z, dz, .. }) = self.layers.last_mut() {
            Zip::from(dz).and(z).and(&self.y).for_each(|dz, &mut z, &y| {
                *dz = z - y;
            });
        }
        for l in (0..self.layers.len()).rev() {
            let (below, above) = self.layers.split_at_mut(l);
            let Layer { w, dz, dw, db, .. } = &mut above[0];
            let a = below.last().map_or(&self.x, |layer| &layer.a);
            general_mat_mul(1.0 / m, dz, &a.t(), 0.0, dw);
            for (db, dz) in db.iter_mut().zip(dz.rows()) {
                *db = dz.sum() / m;
            }
            if let Some(Layer { z, a, dz: da, .. }) = below.last_mut() {
                general_mat_mul(1.0, &w.t(), dz, 0.0, da);
                (self.multiply_slope)(da, z, a);
            }
        }
    }

    fn update(&mut self) {
        for Layer { w, b, dw, db, .. } in &mut self.layers {
            w.scaled_add(-self.learning_rate, dw);
            b.scaled_add(-self.learning_rate, db);
        }
    }
}

impl Rung for Reused {
    fn step(&mut self) -> Result<()> {
        self.forward();
        self.backward();
        self.update();
        Ok(())
    }

    fn loss(&self) -> f64 {
        let output = self.layers.last().map_or(&self.x, |layer| &layer.z);
        (output - &self.y).mapv(|d| d * d).mean().unwrap_or(f64::NAN)
    }
}

fn sigmoid(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

// ANCHOR: slope
fn slope_from_z(dz: &mut Matrix, z: &Matrix, _a: &Matrix) {
    Zip::from(dz).and(z).for_each(|dz, &z| {
        let a = sigmoid(z);
        *dz *= a * (1.0 - a);
    });
}
// ANCHOR_END: slope
