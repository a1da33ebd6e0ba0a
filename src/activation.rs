//! Activation functions, each beside its derivative.

use std::{fmt, str::FromStr};

use crate::error::{Error, Result};
use crate::kernels::{BLOCK, PaddedMatrix, exp, exp_block};

/// The function f in a = f(z), applied to every hidden unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Activation {
    /// 1/(1+e⁻ᶻ), between 0 and 1. The notebook's `sigmoid`.
    #[default]
    Sigmoid,
    /// (eᶻ−e⁻ᶻ)/(eᶻ+e⁻ᶻ), between −1 and 1.
    Tanh,
    /// max(0, z).
    Relu,
}

impl Activation {
    /// All of them, in the order of the book.
    pub const ALL: [Activation; 3] =
        [Activation::Sigmoid, Activation::Tanh, Activation::Relu];

    /// a = f(z).
    ///
    /// No z overflows: where e⁻ᶻ is infinite, the sigmoid is 1/∞ = 0.
    #[inline(always)]
    // ANCHOR: value
    pub fn value(self, z: f64) -> f64 {
        match self {
            Activation::Sigmoid => 1.0 / (1.0 + exp(-z)),
            Activation::Tanh => libm::tanh(z),
            Activation::Relu => {
                if z <= 0.0 {
                    0.0
                } else {
                    z
                }
            }
        }
    }
    // ANCHOR_END: value

    /// f′(z), written in terms of a = f(z): the derivative costs no second `exp`.
    ///
    /// Where the rectifier has a corner, at z = 0, this is 0.
    #[inline(always)]
    // ANCHOR: derivative
    pub fn derivative(self, a: f64) -> f64 {
        match self {
            Activation::Sigmoid => a * (1.0 - a),
            Activation::Tanh => 1.0 - a * a,
            Activation::Relu => f64::from(a > 0.0),
        }
    }
    // ANCHOR_END: derivative
}

crate::dispatched! {
    /// a = f(z) for a whole layer; `overflow` becomes true where a z is
    /// infinite or a NaN, which f may hide.
    pub(crate) fn activate(
        activation: Activation,
        z: &PaddedMatrix,
        a: &mut PaddedMatrix,
        overflow: &mut bool
    ) = activate_entries::<16>,
        avx2: activate_entries::<16>,
        avx512: activate_entries::<32>
}

/// The match is outside the loop, so that the loop vectorises.
#[inline(always)]
fn activate_entries<const GROUP: usize>(
    activation: Activation,
    z: &PaddedMatrix,
    a: &mut PaddedMatrix,
    overflow: &mut bool,
) {
    let (z, a) = (z.entries(), a.entries_mut());
    *overflow |= !match activation {
        Activation::Sigmoid => sigmoid::<GROUP>(z, a),
        Activation::Tanh => map(z, a, |z| Activation::Tanh.value(z)),
        Activation::Relu => map(z, a, |z| Activation::Relu.value(z)),
    };
}

crate::dispatched! {
    /// dz = da ⊙ f′(z) for a whole layer; `dz` holds da on entry.
    pub(crate) fn multiply_slope(
        activation: Activation, dz: &mut PaddedMatrix, a: &PaddedMatrix
    ) = multiply_entries
}

#[inline(always)]
fn multiply_entries(
    activation: Activation,
    dz: &mut PaddedMatrix,
    a: &PaddedMatrix,
) {
    let (dz, a) = (dz.entries_mut(), a.entries());
    match activation {
        Activation::Sigmoid => {
            scale(dz, a, |a| Activation::Sigmoid.derivative(a))
        }
        Activation::Tanh => scale(dz, a, |a| Activation::Tanh.derivative(a)),
        Activation::Relu => scale(dz, a, |a| Activation::Relu.derivative(a)),
    }
}

/// a = 1/(1+e⁻ᶻ), a block at a time; returns whether all z are finite.
#[inline(always)]
fn sigmoid<const GROUP: usize>(z: &[f64], a: &mut [f64]) -> bool {
    let mut finite = true;
    let (blocks, rest) = z.as_chunks::<BLOCK>();
    let (a, a_rest) = a.as_chunks_mut::<BLOCK>();
    for (z, a) in blocks.iter().zip(a) {
        finite &= exp_block::<GROUP>(z, a, |z| -z, |e| 1.0 / (1.0 + e));
    }
    finite & exp_block::<GROUP>(rest, a_rest, |z| -z, |e| 1.0 / (1.0 + e))
}

/// a = f(z), entry by entry; returns whether all z are finite.
#[inline(always)]
fn map(z: &[f64], a: &mut [f64], f: impl Fn(f64) -> f64) -> bool {
    let mut finite = true;
    for (a, &z) in a.iter_mut().zip(z) {
        *a = f(z);
        finite &= z.is_finite();
    }
    finite
}

#[inline(always)]
fn scale(dz: &mut [f64], a: &[f64], derivative: impl Fn(f64) -> f64) {
    for (dz, &a) in dz.iter_mut().zip(a) {
        *dz *= derivative(a);
    }
}

impl fmt::Display for Activation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Activation::Sigmoid => "sigmoid",
            Activation::Tanh => "tanh",
            Activation::Relu => "relu",
        })
    }
}

impl FromStr for Activation {
    type Err = Error;

    fn from_str(name: &str) -> Result<Activation> {
        Activation::ALL
            .into_iter()
            .find(|activation| activation.to_string() == name)
            .ok_or_else(|| Error::Activation(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sigmoid_does_not_overflow() {
        assert_eq!(Activation::Sigmoid.value(-1e6), 0.0);
        assert_eq!(Activation::Sigmoid.value(1e6), 1.0);
        assert_eq!(Activation::Sigmoid.value(0.0), 0.5);
    }

    #[test]
    fn values_and_slopes_by_hand() {
        for (f, z, a, slope) in [
            (Activation::Sigmoid, 0.0, 0.5, 0.25),
            (Activation::Tanh, 0.0, 0.0, 1.0),
            (Activation::Relu, 0.0, 0.0, 0.0),
            (Activation::Relu, 2.5, 2.5, 1.0),
            (Activation::Relu, -2.5, 0.0, 0.0),
        ] {
            assert_eq!((f.value(z), f.derivative(a)), (a, slope), "{f}, {z}");
        }
        assert_eq!(Activation::Tanh.derivative(0.5), 0.75);
        assert_eq!(Activation::Sigmoid.derivative(0.25), 0.1875);
    }

    #[test]
    fn names_are_read_back() {
        for activation in Activation::ALL {
            assert_eq!(activation.to_string().parse(), Ok(activation));
        }
        assert_eq!(
            "softplus".parse::<Activation>(),
            Err(Error::Activation("softplus".into()))
        );
    }
}
