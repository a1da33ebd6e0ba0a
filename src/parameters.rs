//! What training changes: the weights and biases of every layer.

use ndarray::Array2;
use rand::{Rng, RngExt};

use crate::error::{Error, Result, finite, shape};
use crate::memory::filled;

/// The weights and biases that lead into one layer.
// ANCHOR: layer
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// w, (out × in): row i holds the weights into unit i.
    pub weights: Array2<f64>,
    /// b, (out × 1).
    pub bias: Array2<f64>,
}
// ANCHOR_END: layer

impl Layer {
    /// The number of units the layer reads.
    pub fn inputs(&self) -> usize {
        self.weights.ncols()
    }

    /// The number of units the layer has.
    pub fn outputs(&self) -> usize {
        self.weights.nrows()
    }
}

/// The parameters of a network, from the first layer to the last.
///
/// `layers()[0]` is the book's layer 1: the input is layer 0 and has no
/// parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameters {
    layers: Vec<Layer>,
}

impl Parameters {
    /// Weights uniform in [0, 1), biases 0: the notebook's `init_parameters`.
    ///
    /// All weights are positive, which suits one hidden layer and saturates
    /// two wide ones (the book's chapter 3); [`Parameters::xavier`] does not.
    ///
    /// # Errors
    /// [`Error::Layers`] unless there are two or more sizes, none of them 0;
    /// [`Error::Memory`] where they are too large.
    // ANCHOR: uniform
    pub fn uniform<R: Rng + ?Sized>(
        sizes: &[usize],
        rng: &mut R,
    ) -> Result<Parameters> {
        Self::filled(sizes, |_, _| rng.random())
    }
    // ANCHOR_END: uniform

    /// Weights uniform in ±√(6/(in+out)), biases 0.
    ///
    /// Glorot & Bengio (2010), *Understanding the difficulty of training deep
    /// feedforward neural networks*, equation 16.
    ///
    /// # Errors
    /// [`Error::Layers`] unless there are two or more sizes, none of them 0;
    /// [`Error::Memory`] where they are too large.
    // ANCHOR: xavier
    pub fn xavier<R: Rng + ?Sized>(
        sizes: &[usize],
        rng: &mut R,
    ) -> Result<Parameters> {
        Self::filled(sizes, |inputs, outputs| {
            let limit = (6.0 / (inputs + outputs) as f64).sqrt();
            limit * (2.0 * rng.random::<f64>() - 1.0)
        })
    }
    // ANCHOR_END: xavier

    /// Weights uniform in ±√(6/in), biases 0: a variance of 2/in, which keeps
    /// the size of signals where half of the units are rectified to 0.
    ///
    /// He et al. (2015), *Delving deep into rectifiers*, equation 10, which asks
    /// for the variance; they draw from a normal distribution.
    ///
    /// # Errors
    /// [`Error::Layers`] unless there are two or more sizes, none of them 0;
    /// [`Error::Memory`] where they are too large.
    // ANCHOR: he
    pub fn he<R: Rng + ?Sized>(
        sizes: &[usize],
        rng: &mut R,
    ) -> Result<Parameters> {
        Self::filled(sizes, |inputs, _| {
            let limit = (6.0 / inputs as f64).sqrt();
            limit * (2.0 * rng.random::<f64>() - 1.0)
        })
    }
    // ANCHOR_END: he

    /// Weights from `weight(in, out)`, row by row from the first layer on; biases 0.
    fn filled(
        sizes: &[usize],
        mut weight: impl FnMut(usize, usize) -> f64,
    ) -> Result<Parameters> {
        if sizes.len() < 2 || sizes.contains(&0) {
            return Err(Error::Layers(sizes.to_vec()));
        }
        let mut layers = Vec::new();
        for (l, pair) in (1..).zip(sizes.windows(2)) {
            let (inputs, outputs) = (pair[0], pair[1]);
            let mut weights = filled(&format!("w{l}"), 0.0, (outputs, inputs))?;
            weights.map_inplace(|w| *w = weight(inputs, outputs));
            let bias = filled(&format!("b{l}"), 0.0, (outputs, 1))?;
            layers.push(Layer { weights, bias });
        }
        Ok(Parameters { layers })
    }

    /// Given parameters: a published network's, or NumPy's.
    ///
    /// # Errors
    /// [`Error::Layers`] without layers or units, [`Error::Shape`] where a
    /// layer does not fit its bias or the layer before, [`Error::NotFinite`];
    /// [`Error::Memory`] for a matrix that is not in row order, and is copied.
    pub fn from_layers(layers: Vec<Layer>) -> Result<Parameters> {
        if layers.is_empty()
            || layers.iter().any(|layer| layer.weights.is_empty())
        {
            let inputs = layers.first().map(Layer::inputs);
            let sizes =
                inputs.into_iter().chain(layers.iter().map(Layer::outputs));
            return Err(Error::Layers(sizes.collect()));
        }
        for (l, layer) in layers.iter().enumerate() {
            let outputs = layer.outputs();
            shape(&format!("b{}", l + 1), layer.bias.dim(), (outputs, 1))?;
            if l > 0 {
                let expected = (outputs, layers[l - 1].outputs());
                shape(&format!("w{}", l + 1), layer.weights.dim(), expected)?;
            }
        }
        let ordered = (1..).zip(layers).map(|(l, layer)| {
            Ok(Layer {
                weights: row_order(format!("w{l}"), layer.weights)?,
                bias: row_order(format!("b{l}"), layer.bias)?,
            })
        });
        let parameters = Parameters { layers: ordered.collect::<Result<_>>()? };
        parameters.check()?;
        Ok(parameters)
    }

    /// The layers, from the first to the last.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The same, for the crate's own updates: shapes and row order must stay.
    pub(crate) fn layers_mut(&mut self) -> &mut [Layer] {
        &mut self.layers
    }

    /// Refuses a number that is infinite or a NaN.
    pub(crate) fn check(&self) -> Result<()> {
        for (l, layer) in (1..).zip(&self.layers) {
            finite(format_args!("w{l}"), &layer.weights)?;
            finite(format_args!("b{l}"), &layer.bias)?;
        }
        Ok(())
    }

    /// The number of units of each layer, the input first: `[1, 25, 1]`.
    pub fn sizes(&self) -> Vec<usize> {
        self.units().collect()
    }

    /// The same, one by one.
    pub(crate) fn units(&self) -> impl Iterator<Item = usize> {
        let inputs = self.layers.first().map(Layer::inputs);
        inputs.into_iter().chain(self.layers.iter().map(Layer::outputs))
    }

    /// How many numbers training may change.
    pub fn count(&self) -> usize {
        self.layers
            .iter()
            .map(|layer| layer.weights.len() + layer.bias.len())
            .sum()
    }

    /// Every number, layer by layer, weights before bias: a way to visit each
    /// parameter in turn, as a gradient check does.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut f64> {
        self.layers.iter_mut().flat_map(|layer| {
            layer.weights.iter_mut().chain(layer.bias.iter_mut())
        })
    }
}

/// The matrix itself if its rows lie one after the other, and otherwise a copy.
fn row_order(what: String, matrix: Array2<f64>) -> Result<Array2<f64>> {
    if matrix.is_standard_layout() {
        return Ok(matrix);
    }
    let mut copy = filled(&what, 0.0, matrix.raw_dim())?;
    copy.assign(&matrix);
    Ok(copy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeded;
    use ndarray::array;

    #[test]
    fn sizes_without_meaning_are_refused() {
        for sizes in [vec![], vec![1], vec![1, 0, 1], vec![0, 1]] {
            assert_eq!(
                Parameters::uniform(&sizes, &mut seeded(0)),
                Err(Error::Layers(sizes))
            );
        }
    }

    #[test]
    fn shapes_and_counts() {
        let parameters =
            Parameters::xavier(&[3, 5, 2], &mut seeded(0)).expect("sizes");
        assert_eq!(parameters.sizes(), [3, 5, 2]);
        assert_eq!(parameters.layers()[0].weights.dim(), (5, 3));
        assert_eq!(parameters.layers()[1].bias.dim(), (2, 1));
        assert_eq!(parameters.count(), 5 * 3 + 5 + 2 * 5 + 2);
    }

    /// Between the limits that the formulas give, and near them at either end.
    #[test]
    fn weights_are_drawn_from_the_whole_of_their_range() {
        let mut rng = seeded(0);
        let (inputs, outputs) = (300, 100);
        let sizes = [inputs, outputs];
        let xavier = (6.0 / (inputs + outputs) as f64).sqrt();
        let he = (6.0 / inputs as f64).sqrt();
        for (drawn, low, high) in [
            (Parameters::uniform(&sizes, &mut rng), 0.0, 1.0),
            (Parameters::xavier(&sizes, &mut rng), -xavier, xavier),
            (Parameters::he(&sizes, &mut rng), -he, he),
        ] {
            let layer = drawn.expect("sizes").layers()[0].clone();
            let (least, most) = layer
                .weights
                .iter()
                .fold((high, low), |(l, m), &w| (w.min(l), w.max(m)));
            let near = (high - low) / 1000.0;
            assert!(low <= least && least < low + near, "{low}: {least}");
            assert!(high - near < most && most <= high, "{high}: {most}");
            assert!(layer.bias.iter().all(|&b| b == 0.0));
        }
    }

    #[test]
    fn layers_that_do_not_fit_are_refused() {
        let layer =
            |w: Array2<f64>, b: Array2<f64>| Layer { weights: w, bias: b };
        let one = layer(array![[1.0], [2.0]], array![[0.0], [0.0]]);
        let refused = |layers| {
            Parameters::from_layers(layers).expect_err("unfit").to_string()
        };

        assert_eq!(
            refused(vec![layer(array![[1.0, 2.0]], array![[0.0], [0.0]])]),
            "b1 is 2×1; 1×1 was expected"
        );
        assert_eq!(
            refused(vec![one.clone(), layer(array![[1.0]], array![[0.0]])]),
            "w2 is 1×1; 1×2 was expected"
        );
        assert_eq!(
            refused(vec![layer(array![[f64::NAN]], array![[0.0]])]),
            "w1 contains NaN; every value must be finite"
        );
        assert_eq!(
            refused(vec![]),
            "layers [] are not two or more sizes of at least 1 each"
        );
        assert!(Parameters::from_layers(vec![one]).is_ok());
    }
    #[test]
    fn columns_one_after_the_other_are_put_in_row_order() {
        let weights = array![[1.0, 2.0], [3.0, 4.0]];
        let bias = array![[5.0], [6.0]];
        let of = |weights| {
            let layer = Layer { weights, bias: bias.clone() };
            Parameters::from_layers(vec![layer]).expect("they fit")
        };
        let columns = weights.t().as_standard_layout().into_owned();
        let mut turned = of(columns.reversed_axes());
        assert_eq!(turned, of(weights));
        let values: Vec<_> = turned.values_mut().map(|v| *v).collect();
        assert_eq!(values, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        let matrix = &turned.layers()[0].weights;
        assert_eq!(matrix.as_slice(), Some(&[1.0, 2.0, 3.0, 4.0][..]));
    }
}
