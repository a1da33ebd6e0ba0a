//! MNIST: the digits a reader has on disk, in place of those of the book.

use std::io::Write;
use std::path::Path;

use chainrule::{Adam, Dropout, Network};

use super::args::Args;
use super::digits::Digits;
use super::idx;
use super::score::right;
use super::training::{Recipe, train};
use crate::cli::{Failure, Outcome, Progress};

/// Images of a file, and pixels either way: the digits have 28, and 32 with a
/// margin. Together 64 MiB.
const MOST: [usize; 3] = [1 << 16, 32, 32];

/// The byte of a pixel that is all ink.
const INK: u8 = 255;

/// How many digits are answered at a time.
const BLOCK: usize = 100;

/// Reads the digits in `folder`, learns them without dropout and with, and
/// prints how many are recognised.
///
/// # Errors
/// [`Failure::File`] for a folder without digits; a divergence; and whatever
/// writing to `out` meets.
pub fn print(out: &mut dyn Write, args: &Args, folder: &Path) -> Outcome {
    let given = read(folder, "train")?;
    let held_out = read(folder, "t10k")?;
    if given.pixels() != held_out.pixels() {
        return Err(Failure::File {
            path: folder.display().to_string(),
            reason: format!(
                "its training images have {} pixels, its test images {}",
                given.pixels(),
                held_out.pixels()
            ),
        });
    }
    let all: Vec<usize> = (0..given.count()).collect();
    let recipe = |dropout| Recipe {
        digits: &given,
        training: &all,
        batch: args.batch,
        epochs: args.epochs(),
        dropout,
        seed: args.seed,
    };
    let plain = recipe(Dropout::NONE);
    writeln!(
        out,
        "{} digits of {} pixels, {} held out; layers {:?}, relu",
        given.count(),
        given.pixels(),
        held_out.count(),
        plain.sizes(),
    )?;
    writeln!(
        out,
        "{} epochs of Adam at {}, {} digits a step, seed {}\n",
        args.epochs(),
        args.learning_rate,
        args.batch,
        args.seed
    )?;
    writeln!(out, "   p   right, training   right, held out")?;
    let progress = Progress::new(2 * plain.steps());
    for recipe in [plain, recipe(args.drop_prob)] {
        let mut adam = Adam::new(args.learning_rate)?;
        let network = train(&recipe, &mut adam, &progress, |_, _| Ok(()))?;
        let share = |digits: &Digits| {
            share(&network, digits).map_err(Failure::at(recipe.steps()))
        };
        writeln!(
            out,
            "{:>4} {:>15.2} % {:>15.2} %",
            recipe.dropout.drop_prob(),
            100.0 * share(&given)?,
            100.0 * share(&held_out)?
        )?;
    }
    Ok(())
}

fn read(folder: &Path, name: &str) -> Result<Digits, Failure> {
    let images = format!("{name}-images-idx3-ubyte");
    let images = idx::read(folder, &images, &MOST)?;
    let name = format!("{name}-labels-idx1-ubyte");
    let labels = idx::read(folder, &name, &MOST[..1])?;
    let wrong = |reason| Failure::File {
        path: folder.join(&name).display().to_string(),
        reason,
    };
    Digits::new(images, labels, INK).map_err(wrong)
}

/// The share of digits whose highest score is the right one. A block at a
/// time: all of them as numbers would take half a gigabyte.
fn share(network: &Network, digits: &Digits) -> Result<f64, chainrule::Error> {
    let all: Vec<_> = (0..digits.count()).collect();
    let mut sum = 0;
    for which in all.chunks(BLOCK) {
        let samples = digits.samples(which);
        let z = network.evaluate(samples.x.view())?;
        sum += right(z.view(), samples.y.view());
    }
    Ok(sum as f64 / all.len() as f64)
}
