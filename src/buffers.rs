//! The memory that a training step writes to, made once and used at every step.

use std::num::NonZero;

use ndarray::ArrayView2;

use crate::dropout::{Dropout, Mask};
use crate::error::{Error, Result, shape};
use crate::gradients::Gradients;
use crate::kernels::{Instructions, Kernels, PaddedMatrix};
use crate::memory::filled;
use crate::parameters::Parameters;

/// Scratch for one forward and one backward pass.
///
/// The first pass makes the arrays in the shapes of its network and batch;
/// every later pass of the same shapes allocates nothing, unless it starts
/// threads.
#[derive(Clone, Debug)]
pub struct Buffers {
    pub(crate) kernels: Kernels,
    /// Layer 0 is the input; empty before the first pass.
    pub(crate) layers: Vec<LayerBuffers>,
    pub(crate) gradients: Gradients,
}

/// What is remembered of one layer; every matrix is (units × m).
// ANCHOR: layer_buffers
#[derive(Clone, Debug)]
pub(crate) struct LayerBuffers {
    pub(crate) z: PaddedMatrix,
    /// f(z), before dropout: what the derivative is taken from.
    pub(crate) a: PaddedMatrix,
    /// ã, f(z) after dropout.
    pub(crate) masked_a: PaddedMatrix,
    pub(crate) mask: Mask,
    /// Whether this pass uses the mask.
    pub(crate) masked: bool,
    pub(crate) dz: PaddedMatrix,
}

impl LayerBuffers {
    /// What the next layer reads.
    pub(crate) fn handed_on(&self) -> &PaddedMatrix {
        if self.masked { &self.masked_a } else { &self.a }
    }
    // ANCHOR_END: layer_buffers

    /// Of the input there is only a.
    fn input(units: usize, samples: usize) -> Result<LayerBuffers> {
        let a = PaddedMatrix::zeros(units, samples)?;
        Ok(LayerBuffers { a, ..LayerBuffers::new(0, 0)? })
    }

    fn new(units: usize, samples: usize) -> Result<LayerBuffers> {
        let zeros = || PaddedMatrix::zeros(units, samples);
        let kept = filled("a mask", true, (units, samples))?;
        Ok(LayerBuffers {
            z: zeros()?,
            a: zeros()?,
            masked_a: zeros()?,
            mask: Mask::from_kept(kept, Dropout::NONE),
            masked: false,
            dz: zeros()?,
        })
    }
}

/// Layers l − 1 and l.
pub(crate) fn neighbours(
    layers: &mut [LayerBuffers],
    l: usize,
) -> (&mut LayerBuffers, &mut LayerBuffers) {
    let (below, above) = layers.split_at_mut(l);
    (&mut below[l - 1], &mut above[0])
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
            kernels: Kernels::new(instructions, 1),
            layers: Vec::new(),
            gradients: Gradients { layers: Vec::new() },
        }
    }

    /// The same buffers, for passes that share large products among so many
    /// threads. Results do not depend on it.
    ///
    /// A product below two million multiplications stays in one thread, and so
    /// does everything that is not a product: starting a thread would cost
    /// more than it saves.
    pub fn with_threads(self, threads: NonZero<usize>) -> Buffers {
        Buffers {
            kernels: self.kernels.with_threads(threads.get()),
            ..Buffers::new()
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
        if !self.fits(parameters, x.ncols()) {
            self.make(parameters, x.ncols())?;
        }
        self.layers[0].a.assign(x);
        Ok(())
    }

    fn make(&mut self, parameters: &Parameters, samples: usize) -> Result<()> {
        self.layers.clear(); // no pass fits, should this fail on the way
        let layers = parameters.layers();
        let shapes: Vec<_> = layers.iter().map(|l| l.weights.dim()).collect();
        self.kernels.reserve(&shapes, samples)?;
        self.gradients = Gradients::zeros_like(parameters);
        let input = LayerBuffers::input(layers[0].inputs(), samples);
        let others = layers
            .iter()
            .map(|layer| LayerBuffers::new(layer.outputs(), samples));
        let all = [input].into_iter().chain(others);
        self.layers = all.collect::<Result<_>>()?;
        Ok(())
    }

    fn fits(&self, parameters: &Parameters, samples: usize) -> bool {
        let mut shapes = parameters.units().map(|units| (units, samples));
        self.layers.iter().map(|layer| layer.a.dim()).eq(&mut shapes)
    }

    /// dz⁽ˡ⁾ of layer `l` (1 is the first with parameters), (units × m), as the
    /// last backward pass left it; for tables that explain a pass number by
    /// number.
    ///
    /// # Panics
    /// If there is no such layer, as indexing does.
    pub fn dz(&self, l: usize) -> ArrayView2<'_, f64> {
        self.layers[l].dz.view()
    }
}

impl Default for Buffers {
    fn default() -> Self {
        Self::new()
    }
}
