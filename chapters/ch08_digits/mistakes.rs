//! The digits of the test set that the network gets wrong.

use std::io::Write;

use chainrule::{Adam, softmax};
use chapters::ch08_digits::args::Args;
use chapters::ch08_digits::data::{Split, digits};
use chapters::ch08_digits::score::answer;
use chapters::ch08_digits::training::{Recipe, train};
use chapters::cli::{Failure, Folder, Outcome, Progress};

use crate::figures;

/// A digit, and what it was taken for.
pub struct Mistake {
    /// Its index among all.
    pub digit: usize,
    /// What it shows.
    pub label: usize,
    /// What the network said.
    pub answer: usize,
    /// How sure it was.
    pub sure: f64,
    /// The probability that it gave what is shown.
    pub of_label: f64,
}

pub fn print(out: &mut dyn Write, args: &Args, folder: &Folder) -> Outcome {
    let digits = digits()?;
    let split = Split::new(args.split, args.samples);
    let recipe = Recipe {
        digits: &digits,
        training: &split.training,
        batch: args.batch,
        epochs: args.epochs(),
        dropout: args.drop_prob,
        seed: args.seed,
    };
    let progress = Progress::new(recipe.steps());
    let mut adam = Adam::new(args.learning_rate)?;
    let network = train(&recipe, &mut adam, &progress, |_, _| Ok(()))?;
    drop(progress);

    let test = digits.samples(&split.test);
    let z = network.evaluate(test.x.view());
    let z = z.map_err(Failure::at(recipe.steps()))?;
    let p = softmax(z.view())?;
    let pairs = split.test.iter().zip(p.columns());
    let answers = pairs.map(|(&digit, p)| {
        let (label, answer) = (digits.label(digit), answer(p));
        let (sure, of_label) = (p[answer], p[label]);
        Mistake { digit, label, answer, sure, of_label }
    });
    let wrong = answers.filter(|it| it.answer != it.label);
    let mut wrong: Vec<Mistake> = wrong.collect();
    wrong.sort_by(|a, b| b.sure.total_cmp(&a.sure));

    writeln!(
        out,
        "p = {}, {} epochs: {} of {} test digits wrong, the surest first\n",
        args.drop_prob.drop_prob(),
        args.epochs(),
        wrong.len(),
        split.test.len()
    )?;
    writeln!(out, "digit   shows   taken for   sure   of what it shows")?;
    for it in &wrong {
        writeln!(
            out,
            "{:>5} {:>7} {:>11} {:>6.2} {:>18.2}",
            it.digit, it.label, it.answer, it.sure, it.of_label
        )?;
    }
    let figure = figures::mistakes(&digits, &wrong);
    folder.save_all(out, [("ch08_digits_mistakes", figure)])
}
