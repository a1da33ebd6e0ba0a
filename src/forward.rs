//! The forward pass: from the input to the output, remembering what backward needs.

use ndarray::ArrayView2;
use rand::Rng;

use crate::activation::Activation;
use crate::buffers::{Buffers, LayerBuffers, neighbours};
use crate::dropout::{Dropout, Mask};
use crate::error::{Error, Result, all_finite, finite, shape};
use crate::parameters::{Layer, Parameters};

/// One forward pass, and everything its backward pass needs.
///
/// A pass borrows the parameters it was made with and owns the use of its
/// buffers: until [`backward`] has consumed it, nobody can change the weights,
/// redraw a mask or overwrite an activation.
///
/// Layers are counted as in the book: 0 is the input, [`Pass::depth`] the output.
///
/// [`backward`]: crate::backward
// ANCHOR: pass
#[derive(Debug)]
#[must_use = "a pass is what `backward` consumes"]
pub struct Pass<'p, 'b> {
    pub(crate) parameters: &'p Parameters,
    pub(crate) activation: Activation,
    pub(crate) buffers: &'b mut Buffers,
}
// ANCHOR_END: pass

impl Pass<'_, '_> {
    /// The number of layers with parameters, L.
    pub fn depth(&self) -> usize {
        self.buffers.layers.len() - 1
    }

    /// a⁽ᴸ⁾, the output, (out × m).
    pub fn output(&self) -> ArrayView2<'_, f64> {
        self.z(self.depth())
    }

    /// z⁽ˡ⁾, the weighted sums of layer `l`, (units × m); for `l` = 0, the input.
    ///
    /// # Panics
    /// If `l` is above [`Pass::depth`], as indexing does.
    pub fn z(&self, l: usize) -> ArrayView2<'_, f64> {
        let layer = &self.buffers.layers[l];
        if l == 0 { layer.a.view() } else { layer.z.view() }
    }

    /// a⁽ˡ⁾, what layer `l` hands on, after dropout where there is any.
    ///
    /// # Panics
    /// If `l` is above [`Pass::depth`], as indexing does.
    pub fn a(&self, l: usize) -> ArrayView2<'_, f64> {
        if l == self.depth() {
            return self.z(l);
        }
        self.buffers.layers[l].handed_on().view()
    }

    /// The mask of hidden layer `l`, if this pass has masks.
    pub fn mask(&self, l: usize) -> Option<&Mask> {
        let layer = self.buffers.layers.get(l)?;
        layer.masked.then_some(&layer.mask)
    }
}

/// A forward pass without dropout.
///
/// x is (in × m), one sample a column. The notebook's `forward`, with one
/// difference: layer l reads a⁽ˡ⁻¹⁾, where the notebook's function form reads x.
///
/// # Errors
/// [`Error::Shape`], [`Error::NoSamples`]; [`Error::NotFinite`] for an x, a
/// parameter, a z, an activation after dropout or an output that is infinite or
/// a NaN; [`Error::Memory`] for more samples than fit.
pub fn forward<'p, 'b>(
    parameters: &'p Parameters,
    activation: Activation,
    x: ArrayView2<'_, f64>,
    buffers: &'b mut Buffers,
) -> Result<Pass<'p, 'b>> {
    buffers.prepare(parameters, x)?;
    for layer in hidden(buffers) {
        layer.masked = false;
    }
    run(parameters, activation, buffers)
}

/// A forward pass of training: every hidden layer is masked by a fresh draw.
///
/// # Errors
/// As [`forward`].
pub fn forward_dropout<'p, 'b, R: Rng + ?Sized>(
    parameters: &'p Parameters,
    activation: Activation,
    dropout: Dropout,
    x: ArrayView2<'_, f64>,
    rng: &mut R,
    buffers: &'b mut Buffers,
) -> Result<Pass<'p, 'b>> {
    buffers.prepare(parameters, x)?;
    for layer in hidden(buffers) {
        layer.masked = dropout != Dropout::NONE;
        if layer.masked {
            layer.mask.redraw(dropout, rng);
        }
    }
    run(parameters, activation, buffers)
}

/// A forward pass with given masks, one for each hidden layer.
///
/// With frozen masks the cost is a smooth function of the parameters: that is
/// what a gradient check needs, and what repeats another program's run.
///
/// # Errors
/// As [`forward`]; [`Error::Masks`] and [`Error::Shape`] for masks that do not fit.
pub fn forward_masked<'p, 'b>(
    parameters: &'p Parameters,
    activation: Activation,
    masks: &[Mask],
    x: ArrayView2<'_, f64>,
    buffers: &'b mut Buffers,
) -> Result<Pass<'p, 'b>> {
    buffers.prepare(parameters, x)?;
    let expected = parameters.layers().len() - 1;
    if masks.len() != expected {
        return Err(Error::Masks { found: masks.len(), expected });
    }
    for (l, (layer, mask)) in hidden(buffers).iter_mut().zip(masks).enumerate()
    {
        if mask.kept().dim() != layer.a.dim() {
            shape(
                &format!("mask {}", l + 1),
                mask.kept().dim(),
                layer.a.dim(),
            )?;
        }
        layer.mask.copy_from(mask);
        layer.masked = true;
    }
    run(parameters, activation, buffers)
}

/// Every layer between input and output: only these are activated and masked.
fn hidden(buffers: &mut Buffers) -> &mut [LayerBuffers] {
    let output = buffers.layers.len() - 1;
    &mut buffers.layers[1..output]
}

fn run<'p, 'b>(
    parameters: &'p Parameters,
    activation: Activation,
    buffers: &'b mut Buffers,
) -> Result<Pass<'p, 'b>> {
    forward_layers(parameters, activation, buffers);
    let overflow = buffers.kernels.has_met_overflow();
    let pass = Pass { parameters, activation, buffers };
    if overflow || !all_finite(pass.output()) {
        first_overflow(&pass)?;
    }
    Ok(pass)
}

/// Refuses a pass that has met a number that is not finite, and names the first.
///
/// To look at z alone is enough to notice it: a product with an infinite or a
/// NaN is one too, even 0·∞, and so is every sum that it is part of. So each
/// infinite x, w, b or ã makes a z that is not finite.
#[cold]
fn first_overflow(pass: &Pass<'_, '_>) -> Result<()> {
    finite("x", pass.z(0))?;
    pass.parameters.check()?;
    for l in 1..pass.depth() {
        finite(format_args!("z{l}"), pass.z(l))?;
        finite(format_args!("a{l} after dropout"), pass.a(l))?;
    }
    finite("the output", pass.output())
}

// ANCHOR: forward
fn forward_layers(
    parameters: &Parameters,
    f: Activation,
    buffers: &mut Buffers,
) {
    let Buffers { kernels, layers, .. } = buffers;
    let output = layers.len() - 1;
    for l in 1..=output {
        let (below, layer) = neighbours(layers, l);
        let Layer { weights: w, bias: b } = &parameters.layers()[l - 1];
        kernels.affine(&mut layer.z, w, below.handed_on(), b); // z = w·a + b
        if l == output {
            return; // the output is z itself
        }
        kernels.activate(&mut layer.a, f, &layer.z); // a = f(z)
        if layer.masked {
            // ã = m ⊙ a / (1−p)
            kernels.mask(&mut layer.masked_a, &layer.mask, &layer.a);
        }
    }
}
// ANCHOR_END: forward

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn a_pass_remembers_every_layer() -> Result<()> {
        let parameters = Parameters::from_layers(vec![
            Layer {
                weights: array![[1.0], [-1.0], [2.0]],
                bias: array![[0.5], [0.0], [0.0]],
            },
            Layer { weights: array![[1.0, 1.0, 1.0]], bias: array![[-1.0]] },
        ])?;
        let (x, f) = (array![[1.0, -2.0]], Activation::Relu);
        let mut buffers = Buffers::new();
        let z = array![[1.5, -1.5], [-1.0, 2.0], [2.0, -4.0]];
        let a = array![[1.5, 0.0], [0.0, 2.0], [2.0, 0.0]];

        let pass = forward(&parameters, f, x.view(), &mut buffers)?;
        assert_eq!(
            (pass.depth(), pass.z(0), pass.a(0)),
            (2, x.view(), x.view())
        );
        assert_eq!((pass.z(1), pass.a(1)), (z.view(), a.view()));
        assert_eq!(pass.output(), array![[2.5, 1.0]]);
        assert_eq!((pass.z(2), pass.a(2)), (pass.output(), pass.output()));
        assert!((0..4).all(|l| pass.mask(l).is_none()));

        let kept = array![[true, true], [true, false], [false, true]];
        let mask = Mask::from_kept(kept, Dropout::new(0.5)?);
        let masks = std::slice::from_ref(&mask);
        let pass =
            forward_masked(&parameters, f, masks, x.view(), &mut buffers)?;
        assert_eq!(pass.z(1), z);
        assert_eq!(pass.a(1), array![[3.0, 0.0], [0.0, 0.0], [0.0, 0.0]]);
        assert_eq!(pass.output(), array![[2.0, -1.0]]);
        assert_eq!(pass.a(2), pass.output());
        assert_eq!(pass.mask(1), Some(&mask));
        assert!([0, 2, 3].iter().all(|&l| pass.mask(l).is_none()));

        // What one pass has masked, the next does not.
        let (mut rng, none) = (crate::seeded(0), Dropout::NONE);
        let pass = forward_dropout(
            &parameters,
            f,
            none,
            x.view(),
            &mut rng,
            &mut buffers,
        )?;
        assert!((0..4).all(|l| pass.mask(l).is_none()));
        assert_eq!(rng, crate::seeded(0), "no coin is thrown for nothing");
        Ok(())
    }

    #[test]
    fn coins_are_thrown_for_hidden_units_alone() -> Result<()> {
        let parameters =
            Parameters::xavier(&[2, 3, 4, 2], &mut crate::seeded(0))?;
        let (x, f) = (array![[1.0], [2.0]], Activation::Tanh);
        let (dropout, mut rng) = (Dropout::new(0.5)?, crate::seeded(1));
        let mut buffers = Buffers::new();
        let pass = forward_dropout(
            &parameters,
            f,
            dropout,
            x.view(),
            &mut rng,
            &mut buffers,
        )?;
        let mut same = crate::seeded(1);
        let masks = [
            dropout.draw((3, 1), &mut same)?,
            dropout.draw((4, 1), &mut same)?,
        ];
        let drawn = [0, 1, 2, 3].map(|l| pass.mask(l));
        assert_eq!(drawn, [None, Some(&masks[0]), Some(&masks[1]), None]);
        assert_eq!(rng, same);
        Ok(())
    }
}
