//! One split, one seed: the same training without dropout and with, watched on
//! the validation set, and then one look at the test set.

use std::io::Write;

use chainrule::{Adam, Dropout, Network};
use chapters::ch08_digits::args::Args;
use chapters::ch08_digits::data::{SIDE, Split, digits};
use chapters::ch08_digits::digits::{CLASSES, Digits, Samples};
use chapters::ch08_digits::score::{Score, answer};
use chapters::ch08_digits::training::{Recipe, train};
use chapters::cli::{Failure, Folder, Outcome, Progress, Whole};
use chapters::weights;

use crate::figures;

/// The network after an epoch, and what it is worth on each part.
struct Look {
    epoch: usize,
    dropout: Dropout,
    training: f64,
    validation: Score,
    /// Nothing is chosen by it: it is there to show what would be claimed if
    /// something were.
    test: Score,
}

/// A run, epoch by epoch, and two of its networks.
struct Run {
    looks: Vec<Look>,
    /// That of the lowest validation loss.
    best: Network,
    last: Network,
}

/// The three parts of the digits, as a network reads them.
struct Parts {
    training: Samples,
    validation: Samples,
    test: Samples,
}

impl Parts {
    fn new(digits: &Digits, split: &Split) -> Parts {
        Parts {
            training: digits.samples(&split.training),
            validation: digits.samples(&split.validation),
            test: digits.samples(&split.test),
        }
    }
}

pub fn print(out: &mut dyn Write, args: &Args, folder: &Folder) -> Outcome {
    // After the folder, which may be made where the weights would be.
    let file = args.weights.as_ref().map(Whole::open).transpose()?;
    let digits = digits()?;
    let split = Split::new(args.split, args.samples);
    let parts = Parts::new(&digits, &split);
    let recipe = |dropout| Recipe {
        digits: &digits,
        training: &split.training,
        batch: args.batch,
        epochs: args.epochs(),
        dropout,
        seed: args.seed,
    };
    let recipes = [Dropout::NONE, args.drop_prob].map(recipe);
    head(out, args, &digits, &split, &recipes[0])?;

    let progress = Progress::new(2 * recipes[0].steps());
    let [plain, dropped] =
        recipes.map(|recipe| watch(&recipe, args, &parts, &progress));
    let (plain, dropped) = (plain?, dropped?);
    drop(progress);
    curves(out, &plain.looks, &dropped.looks)?;

    let all: Vec<&Look> = plain.looks.iter().chain(&dropped.looks).collect();
    let chosen = chosen(&all);
    test(out, &all, chosen)?;
    let is_plain = plain.looks.iter().any(|look| std::ptr::eq(look, chosen));
    let network = if is_plain { &plain.best } else { &dropped.best };
    confusion(out, network, &parts.test)?;
    if let Some(file) = file {
        file.write(weights::bytes(dropped.last.parameters()))?;
    }
    folder.save_all(out, [("ch08_digits", figures::hundred(&digits))])
}

fn head(
    out: &mut dyn Write,
    args: &Args,
    digits: &Digits,
    split: &Split,
    recipe: &Recipe<'_>,
) -> Outcome {
    writeln!(
        out,
        "{} digits of {SIDE} × {SIDE}: {} to learn from, {} to choose on, {} for the end",
        digits.count(),
        split.training.len(),
        split.validation.len(),
        split.test.len()
    )?;
    writeln!(
        out,
        "layers {:?}, relu; Adam at {}, {} digits a step; split {}, seed {}\n",
        recipe.sizes(),
        args.learning_rate,
        args.batch,
        args.split,
        args.seed
    )?;
    Ok(())
}

/// Trains, and looks after each epoch.
fn watch(
    recipe: &Recipe<'_>,
    args: &Args,
    parts: &Parts,
    progress: &Progress,
) -> Result<Run, Failure> {
    let mut looks: Vec<Look> = Vec::new();
    let mut best = recipe.start()?;
    let mut adam = Adam::new(args.learning_rate)?;
    let last = train(recipe, &mut adam, progress, |epoch, network| {
        if epoch == 0 {
            return Ok(());
        }
        let of = |samples| Score::of(network, samples);
        let look = Look {
            epoch,
            dropout: recipe.dropout,
            training: of(&parts.training)?.loss,
            validation: of(&parts.validation)?,
            test: of(&parts.test)?,
        };
        if looks.iter().all(|it| it.validation.loss > look.validation.loss) {
            best = network.clone();
        }
        looks.push(look);
        Ok(())
    })?;
    Ok(Run { looks, best, last })
}

/// A line an epoch, of the first ones and then of every tenth.
fn curves(out: &mut dyn Write, plain: &[Look], dropped: &[Look]) -> Outcome {
    let p = dropped.first().map_or(0.0, |look| look.dropout.drop_prob());
    let with = format!("with p = {p}");
    writeln!(out, "{:<10} {:<32} {with}", "", "without dropout")?;
    let columns = "training   validation   right";
    writeln!(out, "{:<10} {columns:<32} {columns}", "")?;
    let cells = |look: &Look| {
        format!(
            "{:>8.4} {:>12.4} {:>7}",
            look.training,
            look.validation.loss,
            share(&look.validation)
        )
    };
    for (plain, dropped) in plain.iter().zip(dropped) {
        let epoch = plain.epoch;
        if [1, 2, 3, 5].contains(&epoch) || epoch.is_multiple_of(10) {
            let (plain, dropped) = (cells(plain), cells(dropped));
            writeln!(out, "epoch {epoch:<4} {plain:<32} {dropped}")?;
        }
    }
    Ok(())
}

fn share(score: &Score) -> String {
    format!("{:.1}", 100.0 * score.accuracy())
}

/// The look of the lowest validation loss.
// ANCHOR: chosen
fn chosen<'a>(looks: &[&'a Look]) -> &'a Look {
    let lower = |best: &'a Look, look: &&'a Look| {
        if look.validation.loss < best.validation.loss { *look } else { best }
    };
    looks[1..].iter().fold(looks[0], lower)
}
// ANCHOR_END: chosen

/// The test set, once; and what many looks at it would have found.
fn test(out: &mut dyn Write, all: &[&Look], chosen: &Look) -> Outcome {
    let Score { loss, right, of } = chosen.test;
    let (p, epoch) = (chosen.dropout.drop_prob(), chosen.epoch);
    writeln!(out, "\nchosen, by validation loss: p = {p}, epoch {epoch}")?;
    writeln!(
        out,
        "test: {right} of {of} right, {} ± {:.1} %; cross-entropy {loss:.4}",
        share(&chosen.test),
        100.0 * chosen.test.standard_error()
    )?;
    let higher =
        |best: &&Look, look: &&&Look| look.test.right > best.test.right;
    let best =
        all.iter().fold(
            &all[0],
            |best, look| {
                if higher(best, &look) { look } else { best }
            },
        );
    writeln!(
        out,
        "had the test set chosen among the same {}: {} %, p = {}, epoch {}",
        all.len(),
        share(&best.test),
        best.dropout.drop_prob(),
        best.epoch
    )?;
    Ok(())
}

/// What each digit of the test set was taken for.
fn confusion(
    out: &mut dyn Write,
    network: &Network,
    test: &Samples,
) -> Outcome {
    // ANCHOR: confusion
    let z = network.evaluate(test.x.view())?;
    let mut counts = [[0; CLASSES]; CLASSES];
    for (z, y) in z.columns().into_iter().zip(test.y.columns()) {
        counts[answer(y)][answer(z)] += 1; // row: what it is
    }
    // ANCHOR_END: confusion
    writeln!(out, "\nwhat the digits of a row are taken for")?;
    let names: String =
        (0..CLASSES).map(|digit| format!("{digit:>4}")).collect();
    writeln!(out, "   {names}")?;
    for (digit, row) in counts.iter().enumerate() {
        let cell = |count: &usize| match count {
            0 => "   .".to_owned(),
            count => format!("{count:>4}"),
        };
        let cells: String = row.iter().map(cell).collect();
        writeln!(out, "{digit:>3}{cells}")?;
    }
    Ok(())
}
