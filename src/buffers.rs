//! The memory that a training step writes to, made once and used at every step.

use std::num::NonZero;

use ndarray::{Array2, ArrayView2};

use crate::arithmetic::{Batch, Instructions, Room, Workers};
use crate::dropout::{Dropout, Mask};
use crate::error::{Error, Result, finite, shape};
use crate::gradients::Gradients;
use crate::parameters::{Layer, Parameters};

/// Room for one forward and one backward pass.
///
/// The first pass makes the arrays in the shapes of its network and batch;
/// every later pass of the same shapes allocates nothing, unless it starts
/// threads.
#[derive(Clone, Debug)]
pub struct Buffers {
    pub(crate) workers: Workers,
    /// a⁽⁰⁾, the input, (in × m).
    pub(crate) x: Batch,
    pub(crate) layers: Vec<LayerBuffers>,
    /// For the copies that a product works from, one for each thread.
    pub(crate) rooms: Vec<Room>,
    pub(crate) gradients: Gradients,
    /// Whether the hidden layers are masked in this pass.
    pub(crate) masked: bool,
}

/// What is remembered of one layer; every matrix is (out × m).
#[derive(Clone, Debug)]
pub(crate) struct LayerBuffers {
    pub(crate) z: Batch,
    /// f(z), before dropout: what the derivative is taken from.
    pub(crate) a: Batch,
    /// f(z) after dropout: what the next layer sees.
    pub(crate) dropped: Batch,
    pub(crate) mask: Mask,
    pub(crate) dz: Batch,
}

impl LayerBuffers {
    fn new(layer: &Layer, samples: usize) -> LayerBuffers {
        let units = layer.outputs();
        LayerBuffers {
            z: Batch::zeros(units, samples),
            a: Batch::zeros(units, samples),
            dropped: Batch::zeros(units, samples),
            mask: Mask::from_kept(
                Array2::from_elem((units, samples), true),
                Dropout::NONE,
            ),
            dz: Batch::zeros(units, samples),
        }
    }
}

impl Buffers {
    /// Empty buffers, for loops that use the best instructions of this processor.
    pub fn new() -> Buffers {
        Self::with_instructions(Instructions::best())
    }

    /// Empty buffers, for loops that use the given instructions. Results do
    /// not depend on them.
    pub fn with_instructions(instructions: Instructions) -> Buffers {
        Buffers {
            workers: Workers { instructions, threads: 1 },
            x: Batch::zeros(0, 0),
            layers: Vec::new(),
            rooms: Vec::new(),
            gradients: Gradients { layers: Vec::new() },
            masked: false,
        }
    }

    /// The same buffers, for passes that share large products among so many
    /// threads. Results do not depend on it.
    ///
    /// A product below two million multiplications stays in one thread, and so
    /// does everything that is not a product: starting a thread would cost
    /// more than it saves.
    pub fn with_threads(self, threads: NonZero<usize>) -> Buffers {
        let instructions = self.workers.instructions;
        Buffers {
            workers: Workers { instructions, threads: threads.get() },
            ..Self::with_instructions(instructions)
        }
    }

    /// Takes x in, and makes room for a pass of `parameters` over it.
    pub(crate) fn prepare(
        &mut self,
        parameters: &Parameters,
        x: ArrayView2<'_, f64>,
    ) -> Result<()> {
        let inputs = parameters.layers()[0].inputs();
        if x.ncols() == 0 {
            return Err(Error::NoSamples("x"));
        }
        shape("x", x.dim(), (inputs, x.ncols()))?;
        finite("x", x)?;
        parameters.check()?;
        if !self.fits(parameters, x.ncols()) {
            self.x = Batch::zeros(inputs, x.ncols());
            self.layers = parameters
                .layers()
                .iter()
                .map(|layer| LayerBuffers::new(layer, x.ncols()))
                .collect();
            let shapes = parameters.layers().iter().map(|l| l.weights.dim());
            let room = Room::new(&shapes.collect::<Vec<_>>(), x.ncols());
            self.rooms = vec![room; self.workers.threads];
            self.gradients = Gradients::zeros_like(parameters);
        }
        self.x.assign(x);
        Ok(())
    }

    fn fits(&self, parameters: &Parameters, samples: usize) -> bool {
        let layers = parameters.layers();
        self.x.dim() == (layers[0].inputs(), samples)
            && self.layers.len() == layers.len()
            && self
                .layers
                .iter()
                .zip(layers)
                .all(|(room, layer)| room.z.dim().0 == layer.outputs())
    }
}

impl Default for Buffers {
    fn default() -> Self {
        Self::new()
    }
}
