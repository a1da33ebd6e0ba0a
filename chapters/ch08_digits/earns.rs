//! What dropout earns: few digits and many, and training time as an axis, with
//! weight decay beside it.

use std::io::Write;

use chainrule::{Adam, Dropout};
use chapters::ch08_digits::args::Args;
use chapters::ch08_digits::data::{Split, TEST, VALIDATION, digits};
use chapters::ch08_digits::digits::Digits;
use chapters::ch08_digits::score::Score;
use chapters::ch08_digits::training::{Recipe, train};
use chapters::cli::{self, Failure, Folder, Outcome, Progress};
use chapters::record::Remembered;
use chapters::spread::{Mean, mean, over_seeds};

use crate::figures;

/// Digits to learn from.
const SAMPLES: [usize; 2] = [200, 1000];

/// What each budget of epochs is of all of them.
const PARTS: [usize; 4] = [12, 4, 2, 1];

const DROP_PROBS: [f64; 4] = [0.0, 0.1, 0.2, 0.5];
const WEIGHT_DECAYS: [f64; 5] = [0.03, 0.1, 0.3, 1.0, 3.0];

/// What is done against overfitting.
#[derive(Clone, Copy)]
struct Setting {
    drop_prob: f64,
    weight_decay: f64,
}

impl Setting {
    /// No remedy, then each strength of dropout, then each weight decay.
    fn all() -> Vec<Setting> {
        let drop = |drop_prob| Setting { drop_prob, weight_decay: 0.0 };
        let decay = |weight_decay| Setting { drop_prob: 0.0, weight_decay };
        let drops = DROP_PROBS.into_iter().map(drop);
        drops.chain(WEIGHT_DECAYS.into_iter().map(decay)).collect()
    }

    fn name(self) -> String {
        match self {
            Setting { weight_decay: 0.0, drop_prob } => {
                format!("p {drop_prob}")
            }
            Setting { weight_decay, .. } => format!("λ {weight_decay}"),
        }
    }
}

/// What a network is worth after one budget.
#[derive(Clone, Copy)]
struct Look {
    validation: Score,
    test: Score,
}

/// For each setting, after each budget.
type Looks = Vec<[Look; PARTS.len()]>;

pub fn print(out: &mut dyn Write, args: &Args, folder: &Folder) -> Outcome {
    let mut out = Remembered::new(out);
    tables(&mut out, args)?;
    let text = out.text();
    draw(&mut out, &text, folder)
}

/// Draws the figure from what was printed.
pub fn draw(out: &mut dyn Write, text: &str, folder: &Folder) -> Outcome {
    let figure = figures::earns(text);
    folder.save_all(out, [("ch08_digits_earns", figure)])
}

fn tables(out: &mut dyn Write, args: &Args) -> Outcome {
    let digits = digits()?;
    let budgets = PARTS.map(|part| args.epochs() / part);
    let seeds: Vec<u64> = cli::seeds(args.seed, args.seeds()).collect();
    let settings = Setting::all();
    let steps = SAMPLES.map(|n| args.epochs() * n.div_ceil(args.batch));
    let steps = steps.iter().sum::<usize>() * settings.len() * seeds.len();
    let progress = Progress::new(steps + SAMPLES.len() * seeds.len());
    writeln!(
        out,
        "Adam at {}, {} digits a step; mean ± standard error over {} seeds from {},\n\
         each with a split of its own: {VALIDATION} digits to choose on, {TEST} for the test;\n\
         right in per cent, the loss is cross-entropy, both of the test set; more\n\
         is the difference to p 0, seed by seed",
        args.learning_rate,
        args.batch,
        seeds.len(),
        seeds[0]
    )?;
    for samples in SAMPLES {
        let looks = over_seeds(&seeds, &progress, |seed| {
            let looks = settings.iter().map(|setting| {
                look(
                    &digits, args, *setting, samples, seed, &budgets, &progress,
                )
            });
            looks.collect::<Result<Looks, _>>()
        })?;
        writeln!(out)?;
        table(out, samples, &budgets, &settings, &looks)?;
    }
    Ok(())
}

/// One run, looked at after each budget.
fn look(
    digits: &Digits,
    args: &Args,
    setting: Setting,
    samples: usize,
    seed: u64,
    budgets: &[usize; PARTS.len()],
    progress: &Progress,
) -> Result<[Look; PARTS.len()], Failure> {
    let split = Split::new(seed, samples);
    let (validation, test) =
        (digits.samples(&split.validation), digits.samples(&split.test));
    let recipe = Recipe {
        digits,
        training: &split.training,
        batch: args.batch,
        epochs: args.epochs(),
        dropout: Dropout::new(setting.drop_prob)?,
        seed,
    };
    let mut adam = Adam::new(args.learning_rate)?
        .with_weight_decay(setting.weight_decay)?;
    let none = Score { loss: 0.0, right: 0, of: 1 };
    let mut looks = [Look { validation: none, test: none }; PARTS.len()];
    train(&recipe, &mut adam, progress, |epoch, network| {
        for (look, _) in
            looks.iter_mut().zip(budgets).filter(|(_, at)| **at == epoch)
        {
            *look = Look {
                validation: Score::of(network, &validation)?,
                test: Score::of(network, &test)?,
            };
        }
        Ok(())
    })?;
    Ok(looks)
}

/// A line of the tables: among these settings each seed takes the one with the
/// least of something.
struct Row {
    name: String,
    among: Vec<usize>,
    least: fn(&Look) -> f64,
}

impl Row {
    /// The setting that a seed takes after a budget; the first of equals.
    fn setting(&self, seed: &Looks, k: usize) -> usize {
        let of = |s: usize| (self.least)(&seed[s][k]);
        let lower = |best, &s: &usize| if of(s) < of(best) { s } else { best };
        self.among.iter().fold(self.among[0], lower)
    }
}

/// Each setting, and those that each seed chooses for itself.
fn rows(settings: &[Setting]) -> Vec<Row> {
    let row = |name: &str, among: Vec<usize>, least| Row {
        name: name.to_owned(),
        among,
        least,
    };
    let on_validation: fn(&Look) -> f64 = |look| look.validation.loss;
    let on_test = |look: &Look| -look.test.accuracy();
    let fixed = settings.iter().enumerate();
    let fixed = fixed.map(|(s, it)| row(&it.name(), vec![s], on_validation));
    let drops = 0..DROP_PROBS.len();
    let decays = drops.end..settings.len();
    let decays = [0].into_iter().chain(decays).collect();
    let chosen = [
        row("chosen p", drops.clone().collect(), on_validation),
        row("chosen λ", decays, on_validation),
        row("p by the test", drops.collect(), on_test),
    ];
    fixed.chain(chosen).collect()
}

fn table(
    out: &mut dyn Write,
    n: usize,
    budgets: &[usize; PARTS.len()],
    settings: &[Setting],
    looks: &[Looks],
) -> Outcome {
    type Quantity = (&'static str, fn(&Look) -> f64, usize);
    let quantities: [Quantity; 2] = [
        ("right", |look| 100.0 * look.test.accuracy(), 2),
        ("loss", |look| look.test.loss, 4),
    ];
    let rows = rows(settings);
    let mut line = |name: &str, cell: &dyn Fn(usize) -> String| {
        let cells: String =
            (0..PARTS.len()).map(|k| format!("{:>17}", cell(k))).collect();
        writeln!(out, "{:<31}{cells}", format!("{n} {name}"))
    };
    for (what, quantity, digits) in quantities {
        let row = |row: &Row, less: bool, k: usize| {
            let of = |seed: &Looks| {
                let base = if less { quantity(&seed[0][k]) } else { 0.0 };
                quantity(&seed[row.setting(seed, k)][k]) - base
            };
            told(mean(&looks.iter().map(of).collect::<Vec<_>>()), digits)
        };
        line("epochs", &|k| budgets[k].to_string())?;
        for it in &rows {
            line(&format!("{what}: {}", it.name), &|k| row(it, false, k))?;
        }
        for it in &rows[1..] {
            let name = format!("more {what}: {}", it.name);
            line(&name, &|k| row(it, true, k))?;
        }
    }
    for chosen in &rows[settings.len()..settings.len() + 2] {
        for (s, setting) in settings.iter().enumerate() {
            let times = |k: usize| {
                let all = looks.iter().map(|seed| chosen.setting(seed, k));
                all.filter(|it| *it == s).count()
            };
            if (0..PARTS.len()).any(|k| times(k) > 0) {
                let name = format!("{}: {}", chosen.name, setting.name());
                line(&name, &|k| times(k).to_string())?;
            }
        }
    }
    Ok(())
}

fn told(mean: Mean, digits: usize) -> String {
    let told = format!("{:.digits$} ± {:.digits$}", mean.mean, mean.error);
    let is_zero = told.starts_with("-0.0000") || told.starts_with("-0.00 ");
    told[usize::from(is_zero)..].to_owned()
}
