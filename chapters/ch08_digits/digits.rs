//! Images of digits, and the batches that a network reads.

use ndarray::Array2;

use super::idx::Idx;

/// The digits there are, and the scores that a network answers with.
pub const CLASSES: usize = 10;

/// Images, one byte a pixel, and what they show.
#[derive(Clone, Debug)]
pub struct Digits {
    pixels: usize,
    images: Vec<u8>,
    labels: Vec<u8>,
    /// The byte of a pixel that is all ink.
    ink: u8,
}

/// Samples as a network reads them: x is (pixels × m), y is (10 × m).
#[derive(Clone, Debug)]
pub struct Samples {
    /// A column an image, its pixels from 0 to 1.
    pub x: Array2<f64>,
    /// A column a label: a 1 among zeros.
    pub y: Array2<f64>,
}

impl Digits {
    /// Images and labels of two files; `ink` is the byte of the darkest pixel.
    ///
    /// # Errors
    /// What is wrong with the labels, as the end of a sentence.
    pub fn new(images: Idx, labels: Idx, ink: u8) -> Result<Digits, String> {
        let Idx { sizes, bytes: images } = images;
        let labels = labels.bytes;
        if labels.len() != sizes[0] {
            return Err(format!(
                "has {} labels for {} images",
                labels.len(),
                sizes[0]
            ));
        }
        if let Some(label) = labels.iter().find(|l| **l >= CLASSES as u8) {
            return Err(format!("has the label {label}; 0 to 9 are digits"));
        }
        let pixels = sizes[1..].iter().product();
        Ok(Digits { pixels, images, labels, ink })
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.labels.len()
    }

    /// Pixels of an image.
    pub fn pixels(&self) -> usize {
        self.pixels
    }

    /// The bytes of one image, row after row.
    pub fn image(&self, which: usize) -> &[u8] {
        &self.images[which * self.pixels..][..self.pixels]
    }

    /// What one image shows.
    pub fn label(&self, which: usize) -> usize {
        usize::from(self.labels[which])
    }

    /// The digits of these indices, a column each.
    // ANCHOR: samples
    pub fn samples(&self, which: &[usize]) -> Samples {
        let mut x = Array2::zeros((self.pixels, which.len()));
        let mut y = Array2::zeros((CLASSES, which.len()));
        for (column, &digit) in which.iter().enumerate() {
            for (row, &pixel) in self.image(digit).iter().enumerate() {
                x[[row, column]] = f64::from(pixel) / f64::from(self.ink);
            }
            y[[self.label(digit), column]] = 1.0; // a 1 among zeros
        }
        Samples { x, y }
    }
    // ANCHOR_END: samples
}
