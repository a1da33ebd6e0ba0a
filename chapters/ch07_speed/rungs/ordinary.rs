//! The core crate, by the path that every chapter takes.

use chainrule::{
    Activation, Buffers, Parameters, Result, backward, forward, mse, update,
};
use ndarray::Array2;

use super::{Rung, Task};

/// The core crate with its data.
pub struct Ordinary {
    x: Array2<f64>,
    y: Array2<f64>,
    parameters: Parameters,
    buffers: Buffers,
    output: Array2<f64>,
    learning_rate: f64,
}

impl Ordinary {
    /// With buffers of its own.
    pub fn new(task: &Task) -> Ordinary {
        Ordinary {
            x: task.x.clone(),
            y: task.y.clone(),
            parameters: task.start.clone(),
            buffers: Buffers::new(),
            output: task.y.clone(),
            learning_rate: task.learning_rate,
        }
    }
}

impl Rung for Ordinary {
    fn step(&mut self) -> Result<()> {
        let Ordinary { parameters, x, y, buffers, .. } = self;
        let pass = forward(parameters, Activation::Sigmoid, x.view(), buffers)?;
        self.output.assign(&pass.output());
        let gradients = backward(pass, y.view())?;
        update(parameters, gradients, self.learning_rate)
    }

    fn loss(&self) -> f64 {
        mse(self.output.view(), self.y.view()).unwrap_or(f64::NAN)
    }
}
