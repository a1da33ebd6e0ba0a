//! The backward pass: the gradient of the cost, layer by layer from the output.

use ndarray::{Array2, ArrayView2};

use crate::activation::Activation;
use crate::arithmetic::{
    dispatched, outer_product_mean, row_means, transposed_product,
};
use crate::buffers::Buffers;
use crate::error::{Result, finite, shape};
use crate::forward::Pass;
use crate::gradients::{Gradients, LayerGradients};
use crate::parameters::Parameters;

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
    let Pass { parameters, activation, buffers } = pass;
    if let Some(output) = buffers.layers.last_mut() {
        output.dz.assign(&output.z);
        output.dz -= &y;
    }
    backward_layers_dispatched(
        buffers.instructions,
        parameters,
        activation,
        buffers,
    );
    Ok(&buffers.gradients)
}

dispatched! {
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
