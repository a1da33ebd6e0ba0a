//! Training time as an axis: every remedy is looked at after an eighth, a
//! quarter, a half and all of the steps. Settings are chosen on the validation
//! samples of some seeds, and judged on the held-out points of others.

use std::io::Write;

use chainrule::{Dropout, Error};
use chapters::cli::{self, Folder, Outcome, Progress};

use crate::figures;
use crate::overfit::{WEIGHT_DECAYS, seeds};
use crate::training::{Look, Remedy, train_and_look};
use crate::{Args, DROP_PROBS};
use chapters::record::Remembered;
use chapters::spread::{Mean, mean, mean_of, over_seeds};

/// How far the first fresh seed lies from the first that settings are chosen
/// on, and how many there are for each of those.
const FRESH: u64 = 1000;
const TIMES: u64 = 3;

/// The errors of a remedy: for each seed, at each number of steps.
type Looks = Vec<Vec<Look>>;

struct Row {
    name: String,
    remedy: Remedy,
}

pub fn print(out: &mut dyn Write, args: &Args, folder: &Folder) -> Outcome {
    let mut out = Remembered::new(out);
    tables(&mut out, args)?;
    let text = out.text();
    draw(&mut out, &text, folder)
}

/// Draws the figure from what was printed.
pub fn draw(out: &mut dyn Write, text: &str, folder: &Folder) -> Outcome {
    let figure = figures::budgets(text);
    folder.save_all(out, [("ch04_regularize_budgets", figure)])
}

fn tables(out: &mut dyn Write, args: &Args) -> Outcome {
    let budgets = [8, 4, 2, 1].map(|part| args.steps() / part);
    let rows = rows(args, budgets[1])?;
    let first = seeds(args);
    let fresh = cli::seeds(args.seed.wrapping_add(FRESH), TIMES * args.seeds);
    let fresh: Vec<_> = fresh.collect();
    let all = rows.len() * (first.len() + fresh.len());
    let progress = Progress::new(all);
    let run = |row: &Row, seeds: &[u64]| {
        over_seeds(seeds, &progress, |seed| {
            let run = train_and_look(args, seed, row.remedy, &budgets)?;
            Ok(run.scores.looks)
        })
    };
    let line = |out: &mut dyn Write, name: &str, cells: [String; 4]| {
        let [a, b, c, d] = cells;
        writeln!(out, "{name:<22} {a:>13} {b:>13} {c:>13} {d:>13}")
    };

    writeln!(
        out,
        "layers {:?}, {}, {} noisy samples, rate {}",
        args.layers.0, args.activation, args.samples, args.learning_rate
    )?;
    let steps = budgets.map(|steps| steps.to_string());
    writeln!(out, "\nvalidation: mean over {}", told(&first))?;
    line(out, "steps", steps.clone())?;
    let mut chosen_on: Vec<Looks> = Vec::new();
    for row in &rows {
        let looks = run(row, &first)?;
        let cells = at(|k| mean_of(&looks, |seed| seed[k].validation));
        let cells = cells.map(|cell| format!("{:.2}", cell.mean));
        line(out, &format!("validation {}", row.name), cells)?;
        chosen_on.push(looks);
    }
    let drops = 0..DROP_PROBS.len();
    let decays = drops.end..drops.end + WEIGHT_DECAYS.len();
    for (kind, among) in [("p", drops.clone()), ("λ", decays)] {
        let cells =
            at(|k| best(among.clone(), |row| validation(&chosen_on[row], k)));
        let cells = cells.map(|row| setting(&rows[row].name).to_owned());
        line(out, &format!("chosen {kind}"), cells)?;
    }

    writeln!(
        out,
        "\nheld out: mean ± standard error over {}, which are fresh",
        told(&fresh)
    )?;
    line(out, "steps", steps.clone())?;
    let mut judged: Vec<Looks> = Vec::new();
    for row in &rows {
        let looks = run(row, &fresh)?;
        let cells = at(|k| mean_of(&looks, |seed| seed[k].held_out));
        line(
            out,
            &format!("held out {}", row.name),
            cells.map(|cell| cell.to_string()),
        )?;
        judged.push(looks);
    }
    drop(progress);

    writeln!(out, "\nless p 0: by seed, over the same seeds")?;
    line(out, "steps", steps.clone())?;
    for (row, looks) in rows.iter().zip(&judged).skip(1) {
        let cells = at(|k| less(looks, &judged[0], k));
        line(
            out,
            &format!("less p 0: {}", row.name),
            cells.map(|cell| cell.to_string()),
        )?;
    }

    writeln!(out, "\nheld out, where each seed takes the best p of its own")?;
    line(out, "steps", steps)?;
    type Error = fn(&Look) -> f64;
    let kinds: [(&str, Error); 2] = [
        ("validation", |look| look.validation),
        ("held out", |look| look.held_out),
    ];
    for (kind, error) in kinds {
        let cells = at(|k| {
            let of_seed = |seed: usize| {
                let look = |row: usize| &judged[row][seed][k];
                look(best(drops.clone(), |row| error(look(row)))).held_out
            };
            mean(&(0..fresh.len()).map(of_seed).collect::<Vec<_>>())
        });
        line(
            out,
            &format!("chosen on {kind}"),
            cells.map(|cell| cell.to_string()),
        )?;
    }
    Ok(())
}

/// No remedy, and then each that is compared with it; the late one begins at
/// step `late`.
fn rows(args: &Args, late: usize) -> Result<Vec<Row>, Error> {
    let row = |name: String, remedy| Row { name, remedy };
    let mut rows = Vec::new();
    for p in DROP_PROBS {
        rows.push(row(format!("p {p}"), Remedy::Dropout(Dropout::new(p)?)));
    }
    for lambda in WEIGHT_DECAYS {
        rows.push(row(format!("λ {lambda}"), Remedy::WeightDecay(lambda)));
    }
    let (dropout, p) = (args.drop_prob, args.drop_prob.drop_prob());
    rows.push(row("stopping".to_owned(), Remedy::EarlyStopping));
    rows.push(row(format!("inputs {p}"), Remedy::Inputs(dropout)));
    let remedy = Remedy::LateDropout { dropout, from: late };
    rows.push(row(format!("late {p}"), remedy));
    Ok(rows)
}

/// One cell for each number of steps.
fn at<T>(cell: impl Fn(usize) -> T) -> [T; 4] {
    [0, 1, 2, 3].map(cell)
}

/// `20 seeds from 0`.
fn told(seeds: &[u64]) -> String {
    format!("{} seeds from {}", seeds.len(), seeds[0])
}

/// `0.2` of `p 0.2`.
fn setting(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

fn validation(looks: &Looks, k: usize) -> f64 {
    mean_of(looks, |seed| seed[k].validation).mean
}

/// The row of the lowest error.
fn best(
    mut rows: std::ops::Range<usize>,
    error: impl Fn(usize) -> f64,
) -> usize {
    let first = rows.next().unwrap_or(0);
    rows.fold(
        first,
        |best, row| {
            if error(row) < error(best) { row } else { best }
        },
    )
}

/// The difference of the held-out errors, seed by seed.
fn less(looks: &Looks, without: &Looks, k: usize) -> Mean {
    let pairs: Vec<_> = looks.iter().zip(without).collect();
    mean_of(&pairs, |(a, b)| a[k].held_out - b[k].held_out)
}
