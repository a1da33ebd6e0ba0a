//! MNIST: the digits a reader has on disk, learned in minibatches.

use std::io::Write;
use std::path::Path;

use chainrule::{
    Activation, Descent, Dropout, Loss, Network, Parameters, seeded,
};
use ndarray::Array2;
use rand::RngExt;

use super::args::Args;
use super::idx::{self, Idx};
use crate::cli::{Failure, Outcome, Progress};

/// Images of a file, and pixels either way: the digits have 28, and 32 with a
/// margin. Together 64 MiB.
const MOST: [usize; 3] = [1 << 16, 32, 32];

const HIDDEN: usize = 128;
const CLASSES: usize = 10;
const BATCH: usize = 100;
const STEPS: usize = 600;
const LEARNING_RATE: f64 = 0.1;

/// Reads the digits in `folder`, learns them without dropout and with, and
/// prints how many are recognised.
///
/// # Errors
/// [`Failure::File`] for a folder without digits; a divergence; and whatever
/// writing to `out` meets.
pub fn print(out: &mut dyn Write, args: &Args, folder: &Path) -> Outcome {
    let given = Digits::read(folder, "train")?;
    let held_out = Digits::read(folder, "t10k")?;
    if given.pixels != held_out.pixels {
        return Err(Failure::File {
            path: folder.display().to_string(),
            reason: format!(
                "its training images have {} pixels, its test images {}",
                given.pixels, held_out.pixels
            ),
        });
    }
    let steps = args.steps.unwrap_or(STEPS);
    writeln!(
        out,
        "{} digits of {} pixels, {} held out; layers [{}, {HIDDEN}, {CLASSES}], relu",
        given.labels.len(),
        given.pixels,
        held_out.labels.len(),
        given.pixels
    )?;
    writeln!(
        out,
        "{steps} steps at {LEARNING_RATE}, {BATCH} digits a step, seed {}\n",
        args.seed
    )?;
    writeln!(out, "   p   right, training   right, held out")?;
    let progress = Progress::new(2 * steps);
    for dropout in [Dropout::NONE, args.drop_prob] {
        let network = train(args.seed, dropout, &given, steps, &progress)?;
        let share = |digits: &Digits| {
            right(&network, digits).map_err(Failure::at(steps))
        };
        writeln!(
            out,
            "{:>4} {:>15.2} % {:>15.2} %",
            dropout.drop_prob(),
            100.0 * share(&given)?,
            100.0 * share(&held_out)?
        )?;
    }
    Ok(())
}

/// Images, one byte a pixel, and what they show.
struct Digits {
    pixels: usize,
    images: Vec<u8>,
    labels: Vec<u8>,
}

impl Digits {
    fn read(folder: &Path, name: &str) -> Result<Digits, Failure> {
        let Idx { sizes, bytes: images } =
            idx::read(folder, &format!("{name}-images-idx3-ubyte"), &MOST)?;
        let label_name = format!("{name}-labels-idx1-ubyte");
        let labels = idx::read(folder, &label_name, &MOST[..1])?.bytes;
        let wrong = |reason| Failure::File {
            path: folder.join(&label_name).display().to_string(),
            reason,
        };
        if labels.len() != sizes[0] {
            return Err(wrong(format!(
                "has {} labels for {} images",
                labels.len(),
                sizes[0]
            )));
        }
        if let Some(label) = labels.iter().find(|l| **l >= CLASSES as u8) {
            return Err(wrong(format!(
                "has the label {label}; 0 to 9 are digits"
            )));
        }
        Ok(Digits { pixels: sizes[1] * sizes[2], images, labels })
    }

    // ANCHOR: batch
    /// Fills x, (pixels × m), and y, (10 × m), with the digits of these indices.
    fn fill(&self, which: &[usize], x: &mut Array2<f64>, y: &mut Array2<f64>) {
        y.fill(0.0);
        for (column, &s) in which.iter().enumerate() {
            let image = &self.images[s * self.pixels..][..self.pixels];
            for (row, &pixel) in image.iter().enumerate() {
                x[[row, column]] = f64::from(pixel) / 255.0;
            }
            y[[usize::from(self.labels[s]), column]] = 1.0;
        }
    }
    // ANCHOR_END: batch
}

fn train(
    seed: u64,
    dropout: Dropout,
    digits: &Digits,
    steps: usize,
    progress: &Progress,
) -> Result<Network, Failure> {
    let mut rng = seeded(seed);
    let sizes = [digits.pixels, HIDDEN, CLASSES];
    let parameters = Parameters::xavier(&sizes, &mut rng)?;
    let mut network = Network::new(parameters, Activation::Relu)
        .with_dropout(dropout)
        .with_loss(Loss::CrossEntropy);
    let mut descent = Descent::new(LEARNING_RATE)?;
    let mut x = Array2::zeros((digits.pixels, BATCH));
    let mut y = Array2::zeros((CLASSES, BATCH));
    let mut which = [0; BATCH];
    for step in 0..steps {
        // ANCHOR: minibatch
        for s in &mut which {
            *s = rng.random_range(0..digits.labels.len());
        }
        digits.fill(&which, &mut x, &mut y);
        // ANCHOR_END: minibatch
        network
            .train_step(x.view(), y.view(), &mut descent, &mut rng)
            .map_err(Failure::at(step))?;
        progress.step();
    }
    Ok(network)
}

/// The share of digits whose highest score is the right one.
fn right(network: &Network, digits: &Digits) -> Result<f64, chainrule::Error> {
    let all: Vec<_> = (0..digits.labels.len()).collect();
    let mut right = 0;
    for which in all.chunks(BATCH) {
        let mut x = Array2::zeros((digits.pixels, which.len()));
        let mut y = Array2::zeros((CLASSES, which.len()));
        digits.fill(which, &mut x, &mut y);
        let z = network.evaluate(x.view())?;
        for (column, &s) in which.iter().enumerate() {
            let scores = z.column(column);
            let score = scores[usize::from(digits.labels[s])];
            right += usize::from(scores.iter().all(|&other| other <= score));
        }
    }
    Ok(right as f64 / all.len() as f64)
}
