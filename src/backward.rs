//! The backward pass: the gradient of the cost, layer by layer from the output.

use ndarray::{ArrayView2, Zip};

use crate::activation::{Activation, multiply_derivative};
use crate::buffers::{Buffers, LayerBuffers};
use crate::dropout::apply_in_place;
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
        let a = output.z.view(); // the output is the weighted sum itself
        Zip::from(output.dz.view_mut())
            .and(a)
            .and(y)
            .for_each(|dz, a, y| *dz = a - y);
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
        let mut dz = output.dz.view_mut();
        dz.assign(&output.z.view());
        normalise(dz.view_mut());
        dz -= &y;
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
    backward_layers(parameters, activation, buffers);
    &buffers.gradients
}

// ANCHOR: backward
fn backward_layers(
    parameters: &Parameters,
    activation: Activation,
    buffers: &mut Buffers,
) {
    let Buffers { workers, x, layers, rooms, gradients, masked } = buffers;
    for l in (0..layers.len()).rev() {
        let (below, above) = layers.split_at_mut(l);
        let dz = &above[0].dz;
        let LayerGradients { dw, db } = &mut gradients.layers[l];
        let a = match below.last() {
            None => &*x,
            Some(room) if *masked => &room.dropped,
            Some(room) => &room.a,
        };
        workers.outer_product_mean(dw, dz, a, rooms);
        workers.row_means(db, dz);

        if let Some(room) = below.last_mut() {
            let da = &mut room.dz; // the same memory holds da, then dz
            workers.transposed_product(da, &parameters.layers()[l].weights, dz);
            if *masked {
                apply_in_place(workers.instructions, &room.mask, da);
            }
            multiply_derivative(workers.instructions, activation, da, &room.a);
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
    pub fn dz(&self, l: usize) -> ArrayView2<'_, f64> {
        self.layers[l - 1].dz.view()
    }
}
