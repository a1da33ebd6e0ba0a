//! The backward pass: the gradient of the cost, layer by layer from the output.

use ndarray::{Array2, ArrayView2};

use crate::activation::Activation;
use crate::arithmetic::{outer_product_mean, row_means, transposed_product};
use crate::buffers::{Buffers, LayerBuffers};
use crate::error::{Result, finite, shape};
use crate::forward::Pass;
use crate::gradients::{Gradients, LayerGradients};
use crate::parameters::Parameters;
use crate::softmax::{distributions, normalise};

/// The gradient of [`cost`] with respect to every parameter.
///
/// y is (out × m). The pass is consumed: its masks and activations are those
/// of the forward pass, and cannot be used twice. The notebook's `backward`.
///
/// # Errors
/// [`Error::Shape`] if y does not fit the output, [`Error::NotFinite`].
///
/// [`cost`]: crate::cost
/// [`Error::Shape`]: crate::Error::Shape
/// [`Error::NotFinite`]: crate::Error::NotFinite
// ANCHOR: signature
pub fn backward<'b>(
    pass: Pass<'_, 'b>,
    y: ArrayView2<'_, f64>,
) -> Result<&'b Gradients> {
    // ANCHOR_END: signature
    shape("y", y.dim(), pass.output().dim())?;
    finite("y", y)?;
    Ok(sweep(pass, |output| {
        // ANCHOR: output_error
        output.dz.assign(&output.z);
        output.dz -= &y;
        // ANCHOR_END: output_error
    }))
}

/// The gradient of [`cross_entropy`] with respect to every parameter.
///
/// y is (classes × m), each column a distribution. By the chain rule through
/// logarithm and softmax the error at the output is p − y: as simple as that
/// of the squared error, which is why the two belong together.
///
/// # Errors
/// [`Error::Shape`], [`Error::NotFinite`] and [`Error::Distribution`] for y.
///
/// [`cross_entropy`]: crate::cross_entropy
/// [`Error::Shape`]: crate::Error::Shape
/// [`Error::NotFinite`]: crate::Error::NotFinite
/// [`Error::Distribution`]: crate::Error::Distribution
pub fn backward_cross_entropy<'b>(
    pass: Pass<'_, 'b>,
    y: ArrayView2<'_, f64>,
) -> Result<&'b Gradients> {
    distributions(y, pass.output().dim())?;
    Ok(sweep(pass, |output| {
        output.dz.assign(&output.z);
        normalise(&mut output.dz);
        output.dz -= &y;
    }))
}

/// Fills in the error at the output, and carries it back to the first layer.
fn sweep<'b>(
    pass: Pass<'_, 'b>,
    error_at: impl FnOnce(&mut LayerBuffers),
) -> &'b Gradients {
    let Pass { parameters, activation, buffers } = pass;
    if let Some(output) = buffers.layers.last_mut() {
        error_at(output);
    }
    let instructions = buffers.instructions;
    backward_layers_dispatched(instructions, parameters, activation, buffers);
    &buffers.gradients
}

crate::dispatched! {
    fn backward_layers_dispatched(
        parameters: &Parameters, activation: Activation, buffers: &mut Buffers
    ) = backward_layers
}

#[inline(always)]
// ANCHOR: backward
fn backward_layers(
    parameters: &Parameters,
    activation: Activation,
    buffers: &mut Buffers,
) {
    let Buffers { x, layers, gradients, masked, .. } = buffers;
    for l in (0..layers.len()).rev() {
        let (below, above) = layers.split_at_mut(l);
        let dz = &above[0].dz;
        let LayerGradients { dw, db } = &mut gradients.layers[l];
        let a = match below.last() {
            None => &*x,
            Some(room) if *masked => &room.dropped,
            Some(room) => &room.a,
        };
        outer_product_mean(dw, dz, a);
        row_means(db, dz);

        if let Some(room) = below.last_mut() {
            let da = &mut room.dz; // the same memory holds da, then dz
            transposed_product(da, &parameters.layers()[l].weights, dz);
            if *masked {
                room.mask.apply_in_place(da);
            }
            activation.multiply_derivative(da, &room.a);
        }
    }
}
// ANCHOR_END: backward

/// dz⁽ˡ⁾ for every layer, as the last backward pass left it; for tables that
/// explain a pass number by number.
impl Buffers {
    /// dz⁽ˡ⁾ of layer `l` (1 is the first with parameters), (units × m).
    ///
    /// # Panics
    /// If there is no such layer, as indexing does.
    pub fn dz(&self, l: usize) -> &Array2<f64> {
        &self.layers[l - 1].dz
    }
}
