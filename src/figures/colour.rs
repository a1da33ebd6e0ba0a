//! One colour, one meaning, in every figure of the book.

use plotters::style::RGBColor;

/// What a mark stands for.
///
/// Mid tones, told apart in grey and by colour-blind readers, legible on a
/// light page and on a dark one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Given samples.
    Data,
    /// What the network answers.
    Fit,
    /// Measured in training.
    Training,
    /// Measured on samples kept apart; or the second of two things compared.
    HeldOut,
    /// A dropped unit.
    Dropped,
    /// Axes, words and other things that carry no data.
    Ink,
}

impl Colour {
    pub(super) fn rgb(self) -> RGBColor {
        match self {
            Colour::Data => RGBColor(0x7f, 0x8c, 0x99),
            Colour::Fit => RGBColor(0xd9, 0x77, 0x2b),
            Colour::Training => RGBColor(0x2f, 0x80, 0xc2),
            Colour::HeldOut => RGBColor(0xb0, 0x51, 0x8f),
            Colour::Dropped => RGBColor(0x9a, 0xa0, 0xa6),
            Colour::Ink => RGBColor(0x80, 0x85, 0x8a),
        }
    }
}
