//! The memory that a training step writes to, made once and used at every step.

use ndarray::{Array2, ArrayView2};

use crate::arithmetic::Instructions;
use crate::dropout::{Dropout, Mask};
use crate::error::{Error, Result, finite, shape};
use crate::gradients::Gradients;
use crate::parameters::{Layer, Parameters};

/// Room for one forward and one backward pass.
///
/// The first pass makes the arrays in the shapes of its network and batch;
/// every later pass of the same shapes allocates nothing.
#[derive(Clone, Debug)]
pub struct Buffers {
    pub(crate) instructions: Instructions,
    /// a⁽⁰⁾, the input, (in × m).
    pub(crate) x: Array2<f64>,
    pub(crate) layers: Vec<LayerBuffers>,
    pub(crate) gradients: Gradients,
    /// Whether the hidden layers are masked in this pass.
    pub(crate) masked: bool,
}

/// What is remembered of one layer; every matrix is (out × m).
#[derive(Clone, Debug)]
pub(crate) struct LayerBuffers {
    pub(crate) z: Array2<f64>,
    /// f(z), before dropout: what the derivative is taken from.
    pub(crate) a: Array2<f64>,
    /// f(z) after dropout: what the next layer sees.
    pub(crate) dropped: Array2<f64>,
    pub(crate) mask: Mask,
    pub(crate) dz: Array2<f64>,
}

impl LayerBuffers {
    fn new(layer: &Layer, samples: usize) -> LayerBuffers {
        let shape = (layer.outputs(), samples);
        LayerBuffers {
            z: Array2::zeros(shape),
            a: Array2::zeros(shape),
            dropped: Array2::zeros(shape),
            mask: Mask::from_kept(
                Array2::from_elem(shape, true),
                Dropout::NONE,
            ),
            dz: Array2::zeros(shape),
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
            instructions,
            x: Array2::zeros((0, 0)),
            layers: Vec::new(),
            gradients: Gradients { layers: Vec::new() },
            masked: false,
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
        for layer in parameters.layers() {
            finite("the weights", &layer.weights)?;
            finite("the bias", &layer.bias)?;
        }
        if !self.fits(parameters, x.ncols()) {
            self.x = Array2::zeros(x.dim());
            self.layers = parameters
                .layers()
                .iter()
                .map(|layer| LayerBuffers::new(layer, x.ncols()))
                .collect();
            self.gradients = Gradients::zeros_like(parameters);
        }
        self.x.assign(&x);
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
                .all(|(room, layer)| room.z.nrows() == layer.outputs())
    }
}

impl Default for Buffers {
    fn default() -> Self {
        Self::new()
    }
}
