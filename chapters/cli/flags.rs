//! Readers of flag values. What makes no sense is refused by one line, that
//! names the text and what is allowed.
//!
//! A flag that several chapters have is read by one function here, whatever
//! its default; so the same bad value gets the same line everywhere.

use std::any::TypeId;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;

use chainrule::Dropout;
use clap::Arg;

use super::folder::Folder;
use super::whole::Unwritable;

/// `--figures DIR`, which every chapter has.
#[derive(Clone, Debug, clap::Args)]
pub struct Figures {
    /// Folder that the figures are written to
    #[arg(long, value_name = "DIR", default_value = "target/figures")]
    figures: PathBuf,
}

impl Figures {
    /// As [`Folder::open`].
    pub fn open(&self) -> Result<Folder, Unwritable> {
        Folder::open(&self.figures)
    }
}

/// For `mut_args`: a value may begin with a minus, unless it is a path or a
/// name; so a negative number reaches its reader, which says what is allowed.
pub fn signed(arg: Arg) -> Arg {
    let kind = arg.get_value_parser().type_id();
    let words = [TypeId::of::<PathBuf>(), TypeId::of::<String>()];
    let number =
        arg.get_action().takes_values() && !words.iter().any(|w| kind == *w);
    arg.allow_hyphen_values(number)
}

/// `value`, or the line that refuses the text it was read from.
pub fn accept<T>(
    text: &str,
    value: Option<T>,
    allowed: impl Display,
) -> Result<T, String> {
    value.ok_or_else(|| format!("'{text}' is not {allowed}"))
}

/// A reader of whole numbers in `range`.
pub fn whole<T: TryFrom<u64>>(
    range: RangeInclusive<u64>,
) -> impl Fn(&str) -> Result<T, String> + Clone {
    move |text| {
        let number = text.parse().ok().filter(|n| range.contains(n));
        let number = number.and_then(|n| T::try_from(n).ok());
        let (least, most) = (range.start(), range.end());
        let allowed = format!("a whole number from {least} to {most}");
        accept(text, number, allowed)
    }
}

/// `--seed 7`.
pub fn seed(text: &str) -> Result<u64, String> {
    whole(0..=u64::MAX)(text)
}

/// As many seeds as asked for, from the first on; 0 follows the last.
pub fn seeds(first: u64, count: u64) -> impl Iterator<Item = u64> {
    (0..count).map(move |k| first.wrapping_add(k))
}

/// `--steps 4000`.
pub fn steps(text: &str) -> Result<usize, String> {
    whole(1..=MOST_STEPS)(text)
}

/// The loss of every step is kept for the figures; this many fit in memory.
const MOST_STEPS: u64 = 10_000_000;

/// `--learning-rate 0.3`, and whatever else is a finite number above 0.
pub fn above_zero(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|n: &f64| n.is_finite() && *n > 0.0);
    accept(text, number, "a finite number above 0")
}

/// `--drop-prob 0.4`.
pub fn drop_prob(text: &str) -> Result<Dropout, String> {
    let dropout = text.parse().ok().and_then(|p| Dropout::new(p).ok());
    accept(text, dropout, "a number in [0, 1)")
}

/// `--momentum 0.9`.
pub fn momentum(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|b: &f64| (0.0..1.0).contains(b));
    accept(text, number, "a number in [0, 1)")
}

/// `--layers 1,25,1`: the units of each layer, for the sine one in and one
/// out. A type of its own because clap reads a `Vec` as a flag given several
/// times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layers(pub Vec<usize>);

impl FromStr for Layers {
    type Err = String;

    fn from_str(text: &str) -> Result<Layers, String> {
        let sizes = text.split(',').map(|size| size.trim().parse().ok());
        let sizes = sizes.collect::<Option<Vec<usize>>>();
        let sizes = sizes.filter(|all| all.len() > 1 && !all.contains(&0));
        let sizes = accept(
            text,
            sizes,
            "two or more sizes of at least 1, such as 1,25,1",
        )?;
        let ends = (sizes[0], sizes[sizes.len() - 1]);
        let sizes = accept(
            text,
            (ends == (1, 1)).then_some(sizes),
            "a network for the sine: it begins and ends with 1",
        )?;
        accept(
            text,
            fits(&sizes).then_some(Layers(sizes)),
            format!("within {MOST_UNITS} units and {MOST_WEIGHTS} weights"),
        )
    }
}

/// Larger networks than this are a slip of the finger, and would need
/// gigabytes: each unit remembers several numbers for each sample.
const MOST_UNITS: usize = 100_000;
const MOST_WEIGHTS: usize = 10_000_000;

fn fits(sizes: &[usize]) -> bool {
    let units = sizes.iter().fold(0, |sum: usize, n| sum.saturating_add(*n));
    let weights = sizes.windows(2).fold(0, |sum: usize, pair| {
        sum.saturating_add(pair[0].saturating_mul(pair[1]))
    });
    units <= MOST_UNITS && weights <= MOST_WEIGHTS
}
