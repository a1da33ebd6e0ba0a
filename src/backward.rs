//! The backward pass: the gradient of the cost, layer by layer from the output.

use ndarray::{ArrayView2, ArrayViewMut2, Zip};

use crate::activation::Activation;
use crate::buffers::{Buffers, neighbours};
use crate::error::{Result, finite, shape};
use crate::forward::Pass;
use crate::gradients::{Gradients, LayerGradients};
use crate::loss::Loss;
use crate::parameters::Parameters;
use crate::softmax::{distributions, normalise};

/// The gradient of [`cost`] with respect to every parameter.
///
/// y is (out × m). The pass is consumed: its masks and activations are those
/// of the forward pass, and cannot be used twice. The notebook's `backward`.
/// For another loss, see [`Loss::backward`].
///
/// # Errors
/// [`Error::Shape`] if y does not fit the output; [`Error::NotFinite`] for y,
/// and for a dz, dw or db that has led out of the finite numbers.
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
    Loss::MeanSquare.backward(pass, y)
}

impl Loss {
    /// The gradient of [`Loss::cost`] with respect to every parameter.
    ///
    /// y is (out × m). The pass is consumed, as by [`backward`].
    ///
    /// # Errors
    /// [`Error::Shape`]; [`Error::NotFinite`] for y, and for a dz, dw or db
    /// that has led out of the finite numbers; for [`Loss::CrossEntropy`]
    /// [`Error::Distribution`] for y.
    ///
    /// [`Error::Shape`]: crate::Error::Shape
    /// [`Error::NotFinite`]: crate::Error::NotFinite
    /// [`Error::Distribution`]: crate::Error::Distribution
    pub fn backward<'b>(
        self,
        pass: Pass<'_, 'b>,
        y: ArrayView2<'_, f64>,
    ) -> Result<&'b Gradients> {
        let Pass { parameters, activation, buffers } = pass;
        if let Some(output) = buffers.layers.last_mut() {
            self.output_error(output.dz.view_mut(), output.z.view(), y)?;
        }
        backward_layers(parameters, activation, buffers);
        if buffers.kernels.has_met_overflow() {
            first_overflow(buffers)?;
        }
        Ok(&buffers.gradients)
    }

    /// dz at the output, whose activation is z itself: a − y for the squared
    /// error, and p − y for the cross-entropy. That they are alike is why
    /// softmax and cross-entropy belong together.
    fn output_error(
        self,
        mut dz: ArrayViewMut2<'_, f64>,
        z: ArrayView2<'_, f64>,
        y: ArrayView2<'_, f64>,
    ) -> Result<()> {
        match self {
            Loss::MeanSquare => {
                shape("y", y.dim(), z.dim())?;
                finite("y", y)?;
                let a = z; // the output is the weighted sum itself
                Zip::from(dz).and(a).and(y).for_each(|dz, a, y| *dz = a - y);
            }
            Loss::CrossEntropy => {
                distributions(y, z.dim())?;
                dz.assign(&z);
                normalise(dz.view_mut()); // p = softmax(z)
                dz -= &y;
            }
        }
        Ok(())
    }
}

/// Refuses a sweep that has met a number that is not finite, and names the
/// first. Each dz that is infinite or a NaN makes such a db.
#[cold]
fn first_overflow(buffers: &Buffers) -> Result<()> {
    for l in (1..buffers.layers.len()).rev() {
        let LayerGradients { dw, db } = &buffers.gradients.layers[l - 1];
        finite(format_args!("dz{l}"), buffers.dz(l))?;
        finite(format_args!("dw{l}"), dw)?;
        finite(format_args!("db{l}"), db)?;
    }
    Ok(())
}

// ANCHOR: backward
fn backward_layers(
    parameters: &Parameters,
    f: Activation,
    buffers: &mut Buffers,
) {
    let Buffers { kernels, layers, gradients } = buffers;
    for l in (1..layers.len()).rev() {
        let (below, layer) = neighbours(layers, l);
        let LayerGradients { dw, db } = &mut gradients.layers[l - 1];
        let a = below.handed_on();
        kernels.outer_product_mean(dw, &layer.dz, a); // dw = dz·aᵀ / m
        kernels.row_means(db, &layer.dz); // db = Σ dz / m
        if l == 1 {
            return; // the input is given: it has no error
        }
        let w = &parameters.layers()[l - 1].weights;
        let da = &mut below.dz; // the same memory holds da, then dz
        kernels.transposed_product(da, w, &layer.dz); // da = wᵀ·dz
        if below.masked {
            kernels.mask_in_place(da, &below.mask); // da = m ⊙ da / (1−p)
        }
        kernels.multiply_slope(da, f, &below.a); // dz = da ⊙ f′(z)
    }
}
// ANCHOR_END: backward
