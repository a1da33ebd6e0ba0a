//! A trained network as a file, for the live figure of a page.

use chainrule::Parameters;

/// The page reads whole numbers of parts, of which so many make one.
const PARTS: f64 = 8192.0;

/// How many sizes there are and the sizes, in four bytes each, and then layer by
/// layer the weights, row after row, and the biases, in two: all with the lowest
/// byte first. A number further than 4 from 0 becomes 4.
///
/// A page shows two or three digits of an answer: four digits of a weight do,
/// and take a quarter of the room.
pub fn bytes(parameters: &Parameters) -> Vec<u8> {
    let sizes = parameters.sizes();
    let count = [sizes.len()].into_iter();
    let header = count.chain(sizes).map(|size| (size as u32).to_le_bytes());
    let layers = parameters.layers().iter();
    let numbers =
        layers.flat_map(|layer| layer.weights.iter().chain(&layer.bias));
    let parts = numbers.map(|number| (number * PARTS).round() as i16);
    header.flatten().chain(parts.flat_map(i16::to_le_bytes)).collect()
}
