//! What it means when the network is 90 % sure: how often it is right then.

use std::io::Write;

use chainrule::{
    Adam, Buffers, ChaCha8Rng, Dropout, Error, Network, forward_dropout, libm,
    seeded, softmax,
};
use chapters::ch08_digits::args::Args;
use chapters::ch08_digits::data::{Split, digits};
use chapters::ch08_digits::digits::{Digits, Samples};
use chapters::ch08_digits::score::answer;
use chapters::ch08_digits::training::{Recipe, train};
use chapters::cli::{self, Failure, Folder, Outcome, Progress};
use chapters::record::Remembered;
use chapters::spread::{mean_of, over_seeds};
use ndarray::Array2;

use crate::figures;

/// Bins of the table, from 0 to 1.
const BINS: usize = 10;

/// Passes with dropout left on whose probabilities are averaged.
const PASSES: usize = 50;

/// What is compared; the names stand in the table.
const NAMES: [&str; 3] = ["without", "with", "averaged"];

pub fn print(out: &mut dyn Write, args: &Args, folder: &Folder) -> Outcome {
    let mut out = Remembered::new(out);
    table(&mut out, args)?;
    let text = out.text();
    draw(&mut out, &text, folder)
}

/// Draws the figure from what was printed.
pub fn draw(out: &mut dyn Write, text: &str, folder: &Folder) -> Outcome {
    let figure = figures::calibration(text);
    folder.save_all(out, [("ch08_digits_calibration", figure)])
}

/// What the answers of one seed come to, in one of the three ways.
#[derive(Clone, Copy)]
struct Answers {
    bins: [Bin; BINS],
    /// The cross-entropy of the probabilities.
    loss: f64,
}

/// The answers whose probability lies in one tenth.
#[derive(Clone, Copy, Default)]
struct Bin {
    answers: usize,
    right: usize,
    /// Their probabilities, added up.
    sure: f64,
}

fn table(out: &mut dyn Write, args: &Args) -> Outcome {
    let digits = digits()?;
    let seeds: Vec<u64> = cli::seeds(args.seed, args.seeds()).collect();
    let steps = 2 * args.epochs() * args.samples.div_ceil(args.batch);
    let progress = Progress::new(seeds.len() * (steps + 1));
    let all = over_seeds(&seeds, &progress, |seed| {
        three_ways(&digits, args, seed, &progress)
    })?;
    drop(progress);

    writeln!(
        out,
        "{} digits, {} epochs of Adam at {}, {} digits a step; {} seeds from {},\n\
         each with a split of its own and its 500 test digits\n",
        args.samples,
        args.epochs(),
        args.learning_rate,
        args.batch,
        seeds.len(),
        seeds[0]
    )?;
    let p = args.drop_prob.drop_prob();
    writeln!(
        out,
        "{:<18} {:<24} {:<24} {PASSES} passes averaged",
        "",
        "without dropout",
        format!("with p = {p}")
    )?;
    let columns = "answers   sure  right   ";
    writeln!(out, "{:<18} {}", "", columns.repeat(3).trim_end())?;
    for bin in 0..BINS {
        let cells = [0, 1, 2].map(|way| {
            cell(all.iter().map(|seed| &seed[way].bins[bin]).copied())
        });
        let (low, high) = (bin as f64 / 10.0, (bin + 1) as f64 / 10.0);
        let name = format!("sure {low:.1} to {high:.1}");
        writeln!(out, "{name:<18} {}", cells.join("  ").trim_end())?;
    }
    type Quantity = fn(&Answers) -> f64;
    let quantities: [(&str, Quantity); 3] = [
        ("right, %", |it| 100.0 * it.accuracy()),
        ("calibration error, %", |it| 100.0 * it.calibration_error()),
        ("cross-entropy", |it| it.loss),
    ];
    writeln!(out, "\nmean ± standard error over the seeds")?;
    for (name, quantity) in quantities {
        for (way, words) in NAMES.iter().enumerate() {
            let it = mean_of(&all, |seed| quantity(&seed[way]));
            let name = format!("{name}, {words}");
            writeln!(out, "{name:<32} {:>8.4} ± {:.4}", it.mean, it.error)?;
        }
    }
    Ok(())
}

/// One cell of the table: the answers of all seeds in one bin.
fn cell(bins: impl Iterator<Item = Bin>) -> String {
    let all = bins.fold(Bin::default(), |all, bin| Bin {
        answers: all.answers + bin.answers,
        right: all.right + bin.right,
        sure: all.sure + bin.sure,
    });
    if all.answers == 0 {
        return format!("{:>7} {:>6} {:>6}", 0, "·", "·");
    }
    let n = all.answers as f64;
    let (sure, right) = (all.sure / n, all.right as f64 / n);
    format!("{:>7} {sure:>6.3} {right:>6.3}", all.answers)
}

/// The answers of a network trained without dropout, of one trained with it,
/// and of the second with its dropout left on.
fn three_ways(
    digits: &Digits,
    args: &Args,
    seed: u64,
    progress: &Progress,
) -> Result<[Answers; 3], Failure> {
    let split = Split::new(seed, args.samples);
    let test = digits.samples(&split.test);
    let trained = |dropout| {
        let recipe = Recipe {
            digits,
            training: &split.training,
            batch: args.batch,
            epochs: args.epochs(),
            dropout,
            seed,
        };
        let mut adam = Adam::new(args.learning_rate)?;
        train(&recipe, &mut adam, progress, |_, _| Ok(()))
    };
    let (plain, dropped) = (trained(Dropout::NONE)?, trained(args.drop_prob)?);
    let sure =
        |network: &Network| softmax(network.evaluate(test.x.view())?.view());
    let mut rng = seeded(seed);
    rng.set_stream(3); // beside those of the training
    let averaged = averaged(&dropped, &test, &mut rng);
    let diverged =
        Failure::at(args.epochs() * args.samples.div_ceil(args.batch));
    let all = [
        sure(&plain).map_err(&diverged)?,
        sure(&dropped).map_err(&diverged)?,
        averaged.map_err(&diverged)?,
    ];
    Ok(all.map(|p| Answers::of(&p, &test.y)))
}

/// The mean of the probabilities, not of the scores, over many passes.
fn averaged(
    network: &Network,
    samples: &Samples,
    rng: &mut ChaCha8Rng,
) -> Result<Array2<f64>, Error> {
    let mut buffers = Buffers::new();
    let mut sum = Array2::zeros(samples.y.dim());
    for _ in 0..PASSES {
        let pass = forward_dropout(
            network.parameters(),
            network.activation(),
            network.dropout(),
            samples.x.view(),
            rng,
            &mut buffers,
        )?;
        sum += &softmax(pass.output())?;
    }
    Ok(sum / PASSES as f64)
}

impl Answers {
    /// Of the probabilities p to the labels y, both (10 × m).
    fn of(p: &Array2<f64>, y: &Array2<f64>) -> Answers {
        let mut bins = [Bin::default(); BINS];
        let mut loss = 0.0;
        for (p, y) in p.columns().into_iter().zip(y.columns()) {
            let (answered, label) = (answer(p), answer(y));
            let sure = p[answered];
            let bin = &mut bins[((sure * BINS as f64) as usize).min(BINS - 1)];
            bin.answers += 1;
            bin.right += usize::from(answered == label);
            bin.sure += sure;
            // Where the label seemed impossible, its surprise has no end.
            loss -= libm::log(p[label].max(f64::MIN_POSITIVE));
        }
        Answers { bins, loss: loss / p.ncols() as f64 }
    }

    fn count(&self) -> f64 {
        self.bins.iter().map(|bin| bin.answers).sum::<usize>() as f64
    }

    fn accuracy(&self) -> f64 {
        let right: usize = self.bins.iter().map(|bin| bin.right).sum();
        right as f64 / self.count()
    }

    /// Σ n_b/n · |right_b − sure_b|, over the bins b.
    // ANCHOR: calibration
    fn calibration_error(&self) -> f64 {
        let gap = |bin: &Bin| (bin.right as f64 - bin.sure).abs(); // n_b · |…|
        self.bins.iter().fold(0.0, |sum, bin| sum + gap(bin)) / self.count()
    }
    // ANCHOR_END: calibration
}
