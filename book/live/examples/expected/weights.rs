//! The network in a file of weights, read in another way than the module does.
//! The tests of the module read with it, too.

use chainrule::ndarray::Array2;
use chainrule::{Layer, Parameters, Result};

/// A count of sizes, the sizes, then the numbers; of a file that has them all.
pub fn network_in(bytes: &[u8]) -> Result<Parameters> {
    let words = bytes.as_chunks::<4>().0;
    let size = |i: usize| u32::from_le_bytes(words[i]) as usize;
    let sizes: Vec<usize> = (1..=size(0)).map(size).collect();
    let mut numbers = words[1 + sizes.len()..]
        .iter()
        .map(|&word| f64::from(f32::from_le_bytes(word)));
    let mut matrix = |rows, columns| {
        let next = || numbers.next().unwrap_or(f64::NAN);
        Array2::from_shape_simple_fn((rows, columns), next)
    };
    let layers = sizes.windows(2).map(|pair| {
        let weights = matrix(pair[1], pair[0]);
        Layer { weights, bias: matrix(pair[1], 1) }
    });
    Parameters::from_layers(layers.collect())
}
