//! What a backward pass returns: one number for every parameter.

use ndarray::Array2;

use crate::parameters::Parameters;

/// The gradient of the cost with respect to one layer's parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerGradients {
    /// ∂J/∂w, (out × in).
    pub dw: Array2<f64>,
    /// ∂J/∂b, (out × 1).
    pub db: Array2<f64>,
}

/// The gradient of the cost with respect to every parameter, layer by layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Gradients {
    pub(crate) layers: Vec<LayerGradients>,
}

impl Gradients {
    /// Zeros in the shapes of `parameters`.
    pub fn zeros_like(parameters: &Parameters) -> Gradients {
        let layers = parameters
            .layers()
            .iter()
            .map(|layer| LayerGradients {
                dw: Array2::zeros(layer.weights.dim()),
                db: Array2::zeros(layer.bias.dim()),
            })
            .collect();
        Gradients { layers }
    }

    /// The layers, from the first to the last.
    pub fn layers(&self) -> &[LayerGradients] {
        &self.layers
    }

    /// Every number, layer by layer, dw before db: the order of
    /// [`Parameters::values_mut`].
    pub fn values(&self) -> impl Iterator<Item = f64> {
        self.layers
            .iter()
            .flat_map(|layer| layer.dw.iter().chain(&layer.db).copied())
    }

    /// The same, to be filled in.
    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut f64> {
        self.layers
            .iter_mut()
            .flat_map(|layer| layer.dw.iter_mut().chain(layer.db.iter_mut()))
    }

    /// Gradients for `parameters`, of these numbers; for tests by hand.
    #[cfg(test)]
    pub(crate) fn of(parameters: &Parameters, values: &[f64]) -> Gradients {
        let mut gradients = Gradients::zeros_like(parameters);
        for (slope, value) in gradients.values_mut().zip(values) {
            *slope = *value;
        }
        gradients
    }
}
