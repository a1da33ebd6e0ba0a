//! The digits that come with the book, and the three parts they are used in.
//!
//! `data/README.md` tells whose they are, and `data/make.py` makes the files.

use chainrule::seeded;

use super::digits::Digits;
use super::idx::parse;
use super::shuffle::shuffle;
use crate::cli::Failure;

/// The files, in IDX.
pub const IMAGES: &[u8] = include_bytes!("data/digits-images-idx3-ubyte");
/// The labels, in the order of the images.
pub const LABELS: &[u8] = include_bytes!("data/digits-labels-idx1-ubyte");

/// How many there are, of how many pixels either way, and the darkest pixel.
pub const COUNT: usize = 1797;
/// Pixels either way.
pub const SIDE: usize = 8;
/// The byte of a pixel that is all ink.
pub const INK: u8 = 16;

/// Digits that settings are chosen on, and those kept for the end. The rest,
/// 1000, is there to learn from.
pub const VALIDATION: usize = 297;
/// Digits kept for the end.
pub const TEST: usize = 500;
/// Digits to learn from, at most.
pub const TRAINING: usize = COUNT - VALIDATION - TEST;

/// The digits of the book.
///
/// # Errors
/// [`Failure::File`] if the files are not what they were when this was built.
pub fn digits() -> Result<Digits, Failure> {
    let images = parse(IMAGES, &[COUNT, SIDE, SIDE]);
    let labels = parse(LABELS, &[COUNT]);
    let both = images.and_then(|images| Ok((images, labels?)));
    both.and_then(|(images, labels)| Digits::new(images, labels, INK)).map_err(
        |reason| Failure::File {
            path: "chapters/ch08_digits/data".to_owned(),
            reason,
        },
    )
}

/// The indices of the digits in three parts that share none.
#[derive(Clone, Debug)]
pub struct Split {
    /// Learned from.
    pub training: Vec<usize>,
    /// Settings are chosen on these.
    pub validation: Vec<usize>,
    /// Looked at once, at the end.
    pub test: Vec<usize>,
}

impl Split {
    /// The split of this seed, with so many digits to learn from: the first of
    /// those that the largest number has. Validation and test are the same
    /// whatever that is.
    pub fn new(seed: u64, samples: usize) -> Split {
        // ANCHOR: split
        let mut order: Vec<usize> = (0..COUNT).collect();
        shuffle(&mut order, &mut seeded(seed));
        let (training, kept) = order.split_at(TRAINING);
        let (validation, test) = kept.split_at(VALIDATION);
        // ANCHOR_END: split
        Split {
            training: training[..samples.min(TRAINING)].to_vec(),
            validation: validation.to_vec(),
            test: test.to_vec(),
        }
    }
}
