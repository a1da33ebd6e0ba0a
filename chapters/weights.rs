//! A trained network as a file, for the live figure of a page.

use chainrule::Parameters;

/// How many sizes there are, the sizes, and then layer by layer the weights,
/// row after row, and the biases: all in four bytes, the lowest first.
///
/// A page shows two or three digits of an answer: half of the digits of a
/// weight do, and take half the room.
pub fn bytes(parameters: &Parameters) -> Vec<u8> {
    let sizes = parameters.sizes();
    let count = [sizes.len()].into_iter();
    let header = count.chain(sizes).map(|size| (size as u32).to_le_bytes());
    let layers = parameters.layers().iter();
    let numbers =
        layers.flat_map(|layer| layer.weights.iter().chain(&layer.bias));
    let numbers = numbers.map(|number| (*number as f32).to_le_bytes());
    header.chain(numbers).flatten().collect()
}
