//! How far the gradient of a minibatch lies from that of all digits, and what
//! the same number of digits is worth in small portions and in large ones.

use std::io::Write;

use chainrule::kernels::dot;
use chainrule::{
    Activation, Buffers, Descent, Dropout, Error, Loss, Parameters, forward,
    seeded,
};
use chapters::ch08_digits::args::Args;
use chapters::ch08_digits::data::{Split, digits};
use chapters::ch08_digits::digits::Digits;
use chapters::ch08_digits::score::Score;
use chapters::ch08_digits::shuffle::shuffle;
use chapters::ch08_digits::training::{Recipe, train};
use chapters::cli::{Failure, Folder, Outcome, Progress};

use crate::figures;

/// Digits of a minibatch, and then all there are.
const BATCHES: [usize; 5] = [1, 8, 32, 128, 512];

/// Minibatches of a size whose gradients are compared with the whole one.
const DRAWS: usize = 100;

/// Step sizes that each size of a minibatch may choose from.
const RATES: [f64; 5] = [0.01, 0.03, 0.1, 0.3, 1.0];

/// The sizes below `all`, and `all`.
fn batches(all: usize) -> impl Iterator<Item = usize> {
    let smaller = BATCHES.into_iter().filter(move |batch| *batch < all);
    smaller.chain([all])
}

pub fn print(out: &mut dyn Write, args: &Args, folder: &Folder) -> Outcome {
    let digits = digits()?;
    let split = Split::new(args.split, args.samples);
    let recipe = |batch| Recipe {
        digits: &digits,
        training: &split.training,
        batch,
        epochs: args.epochs(),
        dropout: Dropout::NONE,
        seed: args.seed,
    };
    let all = split.training.len();
    let steps = |batch| recipe(batch).steps();
    let trainings: usize = batches(all).map(steps).sum();
    let progress = Progress::new(trainings * RATES.len());

    let runs = batches(all)
        .map(|batch| best(&recipe(batch), &split, &progress))
        .collect::<Result<Vec<_>, _>>()?;
    // The one of 32 digits, if there are as many.
    let usual = runs.get(2).or(runs.last()).ok_or(Error::NoSamples("x"))?;
    let [start, end] = [&usual.start, &usual.end]
        .map(|parameters| noises(parameters, &digits, &split.training, args));
    let diverged = Failure::at(steps(usual.batch));
    let (start, end) = (start.map_err(&diverged)?, end.map_err(&diverged)?);
    drop(progress);

    writeln!(
        out,
        "‖g_B − g‖/‖g‖: the gradient of B digits beside that of all {all}\n\
         (root of the mean square, over all digits for B = 1 and else over {DRAWS} draws)\n"
    )?;
    let (epochs, batch) = (args.epochs(), usual.batch);
    let after = format!("after {epochs} epochs of B = {batch}");
    writeln!(out, "{:<12} {:<25} {after}", "", "at the start")?;
    let columns = "measured   expected";
    writeln!(out, "{:<12} {columns:<25} {columns}", "")?;
    for (start, end) in start.iter().zip(&end) {
        let cells = |noise: &Noise| {
            format!("{:>8.3} {:>10.3}", noise.measured, noise.expected)
        };
        let (name, first) = (format!("noise B {}", start.batch), cells(start));
        writeln!(out, "{name:<12} {first:<25} {}", cells(end))?;
    }
    writeln!(
        out,
        "\n{epochs} epochs of descent, {} digits seen, whatever B is; \
         each B at the rate of\nthe lowest validation loss, of {RATES:?}\n",
        epochs * all
    )?;
    writeln!(out, "{:<14} steps   rate   training   validation", "")?;
    for run in &runs {
        writeln!(
            out,
            "{:<14} {:>5} {:>6} {:>10.4} {:>12.4}",
            format!("descent B {}", run.batch),
            steps(run.batch),
            run.rate,
            run.training,
            run.validation
        )?;
    }
    let after = format!("after {epochs} epochs");
    let figure = figures::noise(&lines(&start, all), &lines(&end, all), &after);
    folder.save_all(out, [("ch08_digits_noise", figure)])
}

/// How far a minibatch's gradient lies from the whole one.
struct Noise {
    batch: usize,
    measured: f64,
    expected: f64,
}

/// What is measured, and the curve that is expected, as points of a chart.
fn lines(noises: &[Noise], all: usize) -> [Vec<(f64, f64)>; 2] {
    let one = noises.first().map_or(0.0, |noise| noise.measured);
    let measured = noises.iter().filter(|noise| noise.batch < all);
    let measured = measured.map(|it| (it.batch as f64, it.measured));
    // Up to 95 of a hundred: the last ones fall to nothing.
    let expected = (1..all * 19 / 20).step_by(5);
    let expected = expected.map(|it| (it as f64, self::expected(one, it, all)));
    [measured.collect(), expected.collect()]
}

/// What a minibatch drawn without putting back should come to, if one digit
/// comes to this.
// ANCHOR: expected
fn expected(one: f64, batch: usize, all: usize) -> f64 {
    let (b, n) = (batch as f64, all as f64);
    one / b.sqrt() * ((n - b) / (n - 1.0)).sqrt()
}
// ANCHOR_END: expected

fn noises(
    parameters: &Parameters,
    digits: &Digits,
    training: &[usize],
    args: &Args,
) -> Result<Vec<Noise>, Error> {
    let mut rng = seeded(args.seed);
    rng.set_stream(3); // beside those of the training
    let mut buffers = Buffers::new();
    let mut gradient =
        |which: &[usize]| gradient(parameters, digits, which, &mut buffers);
    let all = training.len();
    let whole = gradient(training)?;
    let length = dot(&whole, &whole).sqrt();
    let mut found = Vec::new();
    let mut one = 0.0;
    for batch in batches(all) {
        let mut order = training.to_vec();
        let draws = if batch == 1 { all } else { DRAWS };
        // ANCHOR: noise
        let mut sum = 0.0;
        for draw in 0..draws {
            let minibatch = if batch == 1 {
                &training[draw..=draw]
            } else {
                shuffle(&mut order, &mut rng);
                &order[..batch]
            };
            let g = gradient(minibatch)?;
            let d: Vec<f64> =
                g.iter().zip(&whole).map(|(b, g)| b - g).collect();
            sum += dot(&d, &d); // ‖g_B − g‖²
        }
        let noise = (sum / draws as f64).sqrt() / length;
        // ANCHOR_END: noise
        if batch == 1 {
            one = noise;
        }
        let expected = expected(one, batch, all);
        found.push(Noise { batch, measured: noise, expected });
    }
    Ok(found)
}

/// The slope of the loss of these digits, for every weight and bias.
fn gradient(
    parameters: &Parameters,
    digits: &Digits,
    which: &[usize],
    buffers: &mut Buffers,
) -> Result<Vec<f64>, Error> {
    let samples = digits.samples(which);
    let x = samples.x.view();
    let pass = forward(parameters, Activation::Relu, x, buffers)?;
    let gradients = Loss::CrossEntropy.backward(pass, samples.y.view())?;
    Ok(gradients.values().collect())
}

/// A run of descent at the rate that is best for it.
struct Run {
    batch: usize,
    rate: f64,
    training: f64,
    validation: f64,
    start: Parameters,
    end: Parameters,
}

/// The run of the lowest validation loss; a rate that diverges is passed over.
fn best(
    recipe: &Recipe<'_>,
    split: &Split,
    progress: &Progress,
) -> Result<Run, Failure> {
    let training = recipe.digits.samples(&split.training);
    let validation = recipe.digits.samples(&split.validation);
    let start = recipe.start()?.parameters().clone();
    let mut best: Option<Run> = None;
    for rate in RATES {
        let mut descent = Descent::new(rate)?;
        let end = match train(recipe, &mut descent, progress, |_, _| Ok(())) {
            Err(Failure::Diverged { .. }) => continue,
            end => end?,
        };
        let loss = |samples| {
            let score = Score::of(&end, samples);
            score.map_err(Failure::at(recipe.steps()))
        };
        let run = Run {
            batch: recipe.batch,
            rate,
            training: loss(&training)?.loss,
            validation: loss(&validation)?.loss,
            start: start.clone(),
            end: end.parameters().clone(),
        };
        if best.as_ref().is_none_or(|it| run.validation < it.validation) {
            best = Some(run);
        }
    }
    best.ok_or(Failure::Input(Error::LearningRate(RATES[0])))
}
