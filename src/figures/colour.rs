//! One colour, one meaning, in every figure of the book.

use plotters::style::Color;
use plotters_backend::BackendColor;

/// What a mark stands for.
///
/// What is none of these is drawn in [`Colour::Ink`], and told apart by dashes,
/// markers and words. Mid tones, for a drawing cannot know the ground it is
/// read on; the book's style sheet has the same, and a test compares them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colour {
    /// Weights.
    W,
    /// Weighted sums.
    Z,
    /// Activations.
    A,
    /// What runs backward: the derivatives of the cost.
    Dz,
    /// A mask, and what it keeps.
    Mask,
    /// Given samples, and the function that they come from.
    Data,
    /// What the network answers.
    Fit,
    /// Measured on the samples that are learned from.
    Training,
    /// Measured on samples kept apart.
    HeldOut,
    /// A dropped unit.
    Dropped,
    /// Axes, words, and what has no role of the others.
    Ink,
}

impl Colour {
    /// Each of them.
    pub const ALL: [Colour; 11] = {
        use Colour::*;
        [W, Z, A, Dz, Mask, Data, Fit, Training, HeldOut, Dropped, Ink]
    };

    /// Its name, as a class and as a variable of the style sheet.
    pub fn name(self) -> &'static str {
        self.entry().0
    }

    /// Red, green and blue, as `#RRGGBB`.
    pub fn hex(self) -> &'static str {
        self.entry().1
    }

    fn entry(self) -> (&'static str, &'static str) {
        match self {
            Colour::W => ("w", "#3F8F4C"),
            Colour::Z => ("z", "#2A8F94"),
            Colour::A => ("a", "#94801F"),
            Colour::Dz => ("dz", "#CF4A3F"),
            Colour::Mask => ("mask", "#7F68C8"),
            Colour::Data => ("data", "#7F8C99"),
            Colour::Fit => ("fit", "#D9772B"),
            Colour::Training => ("training", "#2F80C2"),
            Colour::HeldOut => ("held-out", "#B0518F"),
            Colour::Dropped => ("dropped", "#9AA0A6"),
            Colour::Ink => ("ink", "#80858A"),
        }
    }
}

impl Color for Colour {
    fn to_backend_color(&self) -> BackendColor {
        let rgb = u32::from_str_radix(&self.hex()[1..], 16).unwrap_or(0);
        let [_, r, g, b] = rgb.to_be_bytes();
        BackendColor { rgb: (r, g, b), alpha: 1.0 }
    }
}
