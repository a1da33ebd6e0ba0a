//! Rung 1: the notebook, line by line. Matrices have names in a map, and every
//! operation makes a new array.

use std::collections::HashMap;

use chainrule::Result;
use ndarray::{Array2, Axis};

use super::{Rung, Task};

type Matrix = Array2<f64>;
type Named = HashMap<String, Matrix>;

/// The notebook with its data.
pub struct Literal {
    x: Matrix,
    y: Matrix,
    parameters: Named,
    /// The output of the last forward pass.
    al: Matrix,
    learning_rate: f64,
}

impl Literal {
    /// With names for the first parameters.
    pub fn new(task: &Task) -> Literal {
        let mut parameters = Named::new();
        for (l, layer) in task.start.layers().iter().enumerate() {
            parameters.insert(format!("w{}", l + 1), layer.weights.clone());
            parameters.insert(format!("b{}", l + 1), layer.bias.clone());
        }
        Literal {
            x: task.x.clone(),
            y: task.y.clone(),
            parameters,
            al: Matrix::zeros((0, 0)),
            learning_rate: task.learning_rate,
        }
    }
}

impl Rung for Literal {
    fn step(&mut self) -> Result<()> {
        let (caches, al) = forward(&self.x, &self.parameters);
        let grads = backward(&self.parameters, &caches, &al, &self.y);
        update(&mut self.parameters, &grads, self.learning_rate);
        self.al = al;
        Ok(())
    }

    fn loss(&self) -> f64 {
        (&self.al - &self.y).mapv(|d| d * d).mean().unwrap_or(f64::NAN)
    }
}

struct Caches {
    z: Vec<Matrix>,
    a: Vec<Matrix>,
}

// ANCHOR: sigmoid
fn sigmoid(z: &Matrix) -> Matrix {
    z.mapv(|z| 1.0 / (1.0 + (-z).exp()))
}

fn sigmoid_prime(z: &Matrix) -> Matrix {
    sigmoid(z) * (1.0 - sigmoid(z))
}
// ANCHOR_END: sigmoid

fn forward(x: &Matrix, parameters: &Named) -> (Caches, Matrix) {
    let layers = parameters.len() / 2;
    let mut z = vec![x.clone()];
    let mut a = vec![x.clone()];
    for i in 1..=layers {
        let (w, b) =
            (&parameters[&format!("w{i}")], &parameters[&format!("b{i}")]);
        let z_temp = w.dot(&a[i - 1]) + b;
        a.push(if i < layers { sigmoid(&z_temp) } else { z_temp.clone() });
        z.push(z_temp);
    }
    let al = a[layers].clone();
    (Caches { z, a }, al)
}

// ANCHOR: backward
fn backward(
    parameters: &Named,
    caches: &Caches,
    al: &Matrix,
    y: &Matrix,
) -> Named {
    let layers = parameters.len() / 2;
    let m = y.ncols() as f64;
    let mut grads = Named::new();
    grads.insert(format!("dz{layers}"), al - y);
    for i in (1..=layers).rev() {
        if i < layers {
            let w = &parameters[&format!("w{}", i + 1)];
            let da = w.t().dot(&grads[&format!("dz{}", i + 1)]);
            let dz = da * sigmoid_prime(&caches.z[i]);
            grads.insert(format!("dz{i}"), dz);
        }
        let dz = &grads[&format!("dz{i}")];
        let dw = dz.dot(&caches.a[i - 1].t()) / m;
        let db = dz.sum_axis(Axis(1)).insert_axis(Axis(1)) / m;
        grads.insert(format!("dw{i}"), dw);
        grads.insert(format!("db{i}"), db);
    }
    grads
}
// ANCHOR_END: backward

fn update(parameters: &mut Named, grads: &Named, learning_rate: f64) {
    for (name, parameter) in parameters {
        *parameter -= &(learning_rate * &grads[&format!("d{name}")]);
    }
}
