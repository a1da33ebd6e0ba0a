//! The network in a file of weights, read in another way than the module does.
//! The tests of the module read with it, too.

use chainrule::ndarray::Array2;
use chainrule::{Layer, Parameters, Result};

/// A count of sizes, the sizes, then the numbers; of a file that has them all.
pub fn network_in(bytes: &[u8]) -> Result<Parameters> {
    let words = bytes.as_chunks::<4>().0;
    let size = |i: usize| u32::from_le_bytes(words[i]) as usize;
    let sizes: Vec<usize> = (1..=size(0)).map(size).collect();
    let parts = bytes[4 * (1 + sizes.len())..].as_chunks::<2>().0;
    let number = |&part: &[u8; 2]| f64::from(i16::from_le_bytes(part)) / 8192.0;
    let mut numbers = parts.iter().map(number);
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
