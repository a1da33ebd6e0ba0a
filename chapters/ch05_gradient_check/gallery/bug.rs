//! The names of the mistakes.

use std::fmt;
use std::str::FromStr;

/// A mistake that has been made; `None` is the right code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the table says what each of them is")]
pub enum Bug {
    None,
    UnmaskedBackward,
    MaskedDerivative,
    DoubleSigmoid,
    EarlyUpdate,
    FirstInputEverywhere,
    FactorTwo,
    FixedMask,
    SharedMask,
    WrongScale,
    KeepForDrop,
    NormalMask,
    DropoutAtEvaluation,
    PositiveInit,
    SigmoidOverflow,
    UnfrozenCheck,
}

use Bug::*;

use super::code::{Code, RIGHT};
use super::mistakes;

/// Each mistake: its name, what is wrong, and the check that catches it.
const TABLE: [(Bug, &str, &str, &str); 16] = [
    (None, "none", "the right code", ""),
    (
        UnmaskedBackward,
        "unmasked-backward",
        "backward forgets the mask of forward",
        "gradient, p > 0",
    ),
    (
        MaskedDerivative,
        "masked-derivative",
        "the slope is read off the masked activation",
        "gradient, p > 0",
    ),
    (
        DoubleSigmoid,
        "double-sigmoid",
        "the slope is taken at a instead of z",
        "gradient, p = 0",
    ),
    (
        EarlyUpdate,
        "early-update",
        "weights are changed before the error has passed them",
        "gradient, p = 0",
    ),
    (
        FirstInputEverywhere,
        "first-input-everywhere",
        "every hidden layer reads x",
        "gradient, p = 0",
    ),
    (
        FactorTwo,
        "factor-two",
        "one loss is printed, another descended",
        "reported loss",
    ),
    (
        FixedMask,
        "fixed-mask",
        "the mask is drawn once and kept",
        "masks change",
    ),
    (
        SharedMask,
        "shared-mask",
        "every layer draws from the same seed",
        "layers differ",
    ),
    (
        WrongScale,
        "wrong-scale",
        "kept values are divided by p",
        "mean over masks",
    ),
    (
        KeepForDrop,
        "keep-for-drop",
        "p is the probability to keep a unit",
        "share dropped",
    ),
    (
        NormalMask,
        "normal-mask",
        "a normal number is compared with 1 − p",
        "mean over masks",
    ),
    (
        DropoutAtEvaluation,
        "dropout-at-evaluation",
        "dropout stays on after training",
        "evaluate twice",
    ),
    (
        PositiveInit,
        "positive-init",
        "all initial weights are positive",
        "saturation",
    ),
    (
        SigmoidOverflow,
        "sigmoid-overflow",
        "the sigmoid overflows at large z",
        "large z",
    ),
    (
        UnfrozenCheck,
        "unfrozen-check",
        "the gradient check draws new masks for every cost",
        "cost twice",
    ),
];

impl Bug {
    /// All mistakes, without `None`.
    pub fn all() -> impl Iterator<Item = Bug> {
        TABLE.iter().skip(1).map(|row| row.0)
    }

    fn row(self) -> &'static (Bug, &'static str, &'static str, &'static str) {
        let at = TABLE.iter().position(|row| row.0 == self);
        &TABLE[at.unwrap_or(0)]
    }

    /// What is wrong, in a line.
    pub fn what(self) -> &'static str {
        self.row().2
    }

    /// The check that must fail.
    pub fn caught_by(self) -> &'static str {
        self.row().3
    }

    /// The right code with the mistake in its place.
    pub fn code(self) -> Code {
        match self {
            None => RIGHT,
            UnmaskedBackward => mistakes::UNMASKED_BACKWARD,
            MaskedDerivative => mistakes::MASKED_DERIVATIVE,
            DoubleSigmoid => mistakes::DOUBLE_SIGMOID,
            EarlyUpdate => mistakes::EARLY_UPDATE,
            FirstInputEverywhere => mistakes::FIRST_INPUT_EVERYWHERE,
            FactorTwo => mistakes::FACTOR_TWO,
            FixedMask => mistakes::FIXED_MASK,
            SharedMask => mistakes::SHARED_MASK,
            WrongScale => mistakes::WRONG_SCALE,
            KeepForDrop => mistakes::KEEP_FOR_DROP,
            NormalMask => mistakes::NORMAL_MASK,
            DropoutAtEvaluation => mistakes::DROPOUT_AT_EVALUATION,
            PositiveInit => mistakes::POSITIVE_INIT,
            SigmoidOverflow => mistakes::SIGMOID_OVERFLOW,
            UnfrozenCheck => mistakes::UNFROZEN_CHECK,
        }
    }

    /// Whether the book shows its loss curve: not where it lies on that of the
    /// right code, nor where a number says as much.
    pub fn is_pictured(self) -> bool {
        matches!(
            self,
            DoubleSigmoid
                | FirstInputEverywhere
                | FixedMask
                | SharedMask
                | DropoutAtEvaluation
        )
    }

    /// Whether it changes how masks are drawn.
    pub fn has_own_masks(self) -> bool {
        matches!(
            self,
            FixedMask | SharedMask | WrongScale | KeepForDrop | NormalMask
        )
    }

    /// A network on which the mistake can show: [1, 1, 16, 1] is one where a
    /// layer that reads x has weights of a fitting shape.
    pub fn sizes(self) -> &'static [usize] {
        match self {
            FirstInputEverywhere => &[1, 1, 16, 1],
            PositiveInit => &[1, 32, 32, 1],
            _ => &[1, 16, 16, 1],
        }
    }
}

impl fmt::Display for Bug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.row().1)
    }
}

impl FromStr for Bug {
    type Err = String;

    fn from_str(name: &str) -> Result<Bug, String> {
        let row = TABLE.iter().find(|row| row.1 == name);
        row.map(|row| row.0).ok_or_else(|| {
            format!(
                "'{name}' is not in the gallery; --bug list shows what is, \
                 --bug all runs it, --bug none is the right code"
            )
        })
    }
}
