//! The networks that are timed.

use chainrule::ndarray::Array2;
use chainrule::rand::RngExt;
use chainrule::{
    Activation, Buffers, ChaCha8Rng, Dropout, Parameters, Result, backward,
    forward_dropout, seeded, update,
};

/// A network in training, with its data.
#[derive(Debug)]
pub struct Training {
    pub parameters: Parameters,
    pub x: Array2<f64>,
    pub y: Array2<f64>,
    dropout: Dropout,
    buffers: Buffers,
    rng: ChaCha8Rng,
}

impl Training {
    /// With Xavier's weights, and noise for data.
    ///
    /// # Errors
    /// [`chainrule::Error`] for sizes or a probability that make no sense.
    pub fn new(
        sizes: &[usize],
        samples: usize,
        drop_prob: f64,
    ) -> Result<Training> {
        let mut rng = seeded(0);
        let parameters = Parameters::xavier(sizes, &mut rng)?;
        let mut noise = |rows| {
            Array2::from_shape_simple_fn((rows, samples), || rng.random())
        };
        let outputs = parameters.layers().last().map_or(0, |l| l.outputs());
        Ok(Training {
            x: noise(parameters.layers()[0].inputs()),
            y: noise(outputs),
            parameters,
            dropout: Dropout::new(drop_prob)?,
            buffers: Buffers::new(),
            rng,
        })
    }

    /// One step of gradient descent.
    ///
    /// # Errors
    /// [`chainrule::Error`] for a run that has diverged.
    pub fn step(&mut self) -> Result<()> {
        let pass = forward_dropout(
            &self.parameters,
            Activation::Sigmoid,
            self.dropout,
            self.x.view(),
            &mut self.rng,
            &mut self.buffers,
        )?;
        let gradients = backward(pass, self.y.view())?;
        update(&mut self.parameters, gradients, 0.01)
    }
}
