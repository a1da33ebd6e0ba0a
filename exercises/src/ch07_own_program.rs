//! The reader's own program, held against chapter 2's run.

use chainrule::{
    Activation, Buffers, Parameters, backward, evaluate, forward, mse, seeded,
    sine, update,
};
use chapters::plain::{self, Layer, Matrix};

use crate::Verdict;

/// What the chapter prints.
const PRINTED: &str = include_str!("../../tests/snapshots/ch02_backprop.snap");

/// Trains by the reader's program, prints what chapter 2 prints, and holds
/// every loss against the core crate's, bit by bit.
pub fn judge(
    yours: impl Fn(Vec<Layer>, &Matrix, &Matrix, usize, f64) -> Vec<f64>,
) -> Verdict {
    let (steps, learning_rate) = (4000, 0.3);
    let (x, y) = sine(100).expect("samples");
    let start = Parameters::uniform(&[1, 25, 1], &mut seeded(2));
    let start = start.expect("sizes");
    let losses = yours(plain::layers(&start), &x, &y, steps, learning_rate);
    if losses.len() != steps + 1 {
        return Err(format!(
            "{} losses came back, and {} were expected: one before each step, \
             and one after the last",
            losses.len(),
            steps + 1
        ));
    }
    let book = book(start, &x, &y, steps, learning_rate);
    let parts = |(yours, book): (&f64, &f64)| yours.to_bits() != book.to_bits();
    if let Some(step) = losses.iter().zip(&book).position(parts) {
        return Err(parting(step, &losses, &book));
    }
    let mut table = String::from("  step           loss\n");
    for (step, loss) in losses.iter().enumerate().step_by(100) {
        let line = format!("{step:>6} {loss:>14.6}\n");
        if !PRINTED.contains(&line) {
            return Err(format!("chapter 2 does not print{line}"));
        }
        table += &line;
    }
    Ok(format!(
        "a program of your own has trained the network. These losses are \
         chapter 2's to the last digit, and so are the {} between them.\n\n\
         {table}",
        steps + 1 - 41
    ))
}

/// The losses of the core crate's run.
fn book(
    mut parameters: Parameters,
    x: &Matrix,
    y: &Matrix,
    steps: usize,
    learning_rate: f64,
) -> Vec<f64> {
    let mut buffers = Buffers::new();
    let mut step = || {
        let sigmoid = Activation::Sigmoid;
        let pass = forward(&parameters, sigmoid, x.view(), &mut buffers)?;
        let loss = mse(pass.output(), y.view())?;
        let gradients = backward(pass, y.view())?;
        update(&mut parameters, gradients, learning_rate)?;
        Ok::<f64, chainrule::Error>(loss)
    };
    let mut losses: Vec<f64> =
        (0..steps).map(|_| step().expect("finite")).collect();
    let last = evaluate(&parameters, Activation::Sigmoid, x.view());
    let last = last.and_then(|output| mse(output.view(), y.view()));
    losses.push(last.expect("finite"));
    losses
}

/// Where two runs part, and whether it is rounding.
fn parting(step: usize, losses: &[f64], book: &[f64]) -> String {
    let apart = |step: usize| (losses[step] - book[step]).abs() / book[step];
    // Rounding shows in the sixteenth digit and grows; a mistake shows at once.
    if apart(step) < 1e-12 {
        let seen = (step..losses.len()).find(|step| apart(*step) > 1e-6);
        let seen = seen.map_or(String::new(), |seen| {
            format!(" By step {seen} it is seen in the first six digits.")
        });
        return format!(
            "it trains, and at step {step} the loss differs from chapter 2's \
             in the last digits.{seen} The mathematics is right; a sum has \
             another order. Sums start from the bias and add in order; those \
             over samples are `dot`, `sum`, and `dot` of the differences with \
             themselves"
        );
    }
    let (yours, book) = (losses[step], book[step]);
    match step {
        0 => format!(
            "the first loss is {yours:.6}, and chapter 2's is {book:.6}: \
             forward or the loss is another one. Is the loss the mean over \
             every entry, and the output not bent?"
        ),
        1 => format!(
            "the first loss is right, and after one step it is {yours:.6} \
             where chapter 2's is {book:.6}: backward or the step is another \
             one"
        ),
        _ => format!(
            "at step {step} the loss is {yours:.6}, and chapter 2's is \
             {book:.6}. Is the last loss the one after the last step?"
        ),
    }
}
