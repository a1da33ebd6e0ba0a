//! A mistake on show: the verdicts of the checks, and its loss curve.

use std::io::Write;

use chainrule::Result;
use chainrule::figures::Figure;
use chapters::cli::{self, Failure, Outcome, Progress};

use chapters::ch05_gradient_check::args::Wanted;
use chapters::ch05_gradient_check::gallery::bug::Bug;
use chapters::ch05_gradient_check::gallery::checks::{self, Verdict};

use crate::matrix::{self, Row};
use crate::training::Training;
use crate::{Args, figures};

/// (step, loss), step by step.
type Curve = Vec<(f64, f64)>;

pub fn print(out: &mut dyn Write, args: &Args, wanted: Wanted) -> Outcome {
    match wanted {
        Wanted::List => {
            for bug in Bug::all() {
                writeln!(out, "{bug:24}{:17}{}", bug.caught_by(), bug.what())?;
            }
            Ok(())
        }
        Wanted::One(bug) => one(out, args, bug),
        Wanted::All => all(out, args),
    }
}

fn one(out: &mut dyn Write, args: &Args, bug: Bug) -> Outcome {
    let folder = args.figures.open()?;
    writeln!(out, "{bug}: {}\n", bug.what())?;
    writeln!(out, "check             measured  allowed         verdict")?;
    for verdict in verdicts(args, bug)? {
        let Verdict { check, measured, allowed, pass } = verdict;
        let measured = show(measured);
        let word = if pass { "pass" } else { "FAIL" };
        writeln!(out, "{check:16}{measured:>10}  {allowed:16}{word}")?;
    }
    writeln!(out)?;
    writeln!(
        out,
        "final loss, that of the right code, and how far apart they were"
    )?;
    let progress = Progress::new(2 * args.seeds as usize * args.steps);
    let right = train(args, bug, Bug::None, &progress)?;
    let (_, figure) = draw(out, args, bug, &right, &progress)?;
    for seed in cli::seeds(args.seed, args.seeds).skip(1) {
        let args = Args { seed, ..args.clone() };
        let wrong = last(&train(&args, bug, bug, &progress)?);
        let right = last(&train(&args, bug, Bug::None, &progress)?);
        writeln!(
            out,
            "{:23}{wrong:>12.3}{right:>12.3}",
            format!("seed {seed}")
        )?;
    }
    folder.save_all(out, figure)
}

/// The loss that a curve ends with.
fn last(curve: &[(f64, f64)]) -> f64 {
    curve.last().map_or(f64::NAN, |point| point.1)
}

fn verdicts(args: &Args, bug: Bug) -> Result<Vec<Verdict>> {
    checks::run(bug, args.seed, args.drop_prob.drop_prob())
}

/// Four digits, or two and a power of ten.
fn show(measured: f64) -> String {
    if measured != 0.0 && measured.abs() < 1e-3 {
        format!("{measured:.1e}")
    } else {
        format!("{measured:.4}")
    }
}

/// Every mistake against every check, and all the figures.
fn all(out: &mut dyn Write, args: &Args) -> Outcome {
    let folder = args.figures.open()?;
    let (mut checks, mut passes) = (Vec::new(), Vec::new());
    for (k, bug) in [Bug::None].into_iter().chain(Bug::all()).enumerate() {
        let verdicts = verdicts(args, bug)?;
        passes.push(verdicts.iter().map(|it| it.pass).collect::<Vec<_>>());
        if k == 0 {
            checks = verdicts.iter().map(|it| it.check).collect();
            for (at, verdict) in verdicts.iter().enumerate() {
                writeln!(out, "{} {}", letter(at), verdict.check)?;
            }
            let letters: String = (0..verdicts.len())
                .map(|at| format!(" {}", letter(at)))
                .collect();
            writeln!(out, "\n{:23}{letters}", "")?;
        }
        let marks: String = verdicts
            .iter()
            .map(|verdict| if verdict.pass { " ·" } else { " X" })
            .collect();
        writeln!(out, "{bug:23}{marks}")?;
    }
    writeln!(
        out,
        "\nfinal loss, that of the right code, and how far apart they were"
    )?;
    let progress = Progress::new(18 * args.steps);
    let mut figures = Vec::new();
    let mut rows = Vec::new();
    let mut rights: Vec<(&[usize], Curve)> = Vec::new();
    for bug in Bug::all() {
        // The right code is trained once on each of the three networks.
        let known = rights.iter().position(|(sizes, _)| *sizes == bug.sizes());
        let at = known.unwrap_or(rights.len());
        if known.is_none() {
            let right = train(args, bug, Bug::None, &progress)?;
            rights.push((bug.sizes(), right));
        }
        let right = &rights[at].1;
        let (curve, figure) = draw(out, args, bug, right, &progress)?;
        figures.extend(figure.filter(|_| bug.is_pictured()));
        if rows.is_empty() {
            let (curve, passes) = (right.clone(), passes.remove(0));
            let right = curve.clone();
            rows.push(Row { bug: Bug::None, passes, curve, right });
        }
        let (right, passes) = (right.clone(), passes.remove(0));
        rows.push(Row { bug, passes, curve, right });
    }
    folder.save_all(out, figures)?;
    let table = matrix::html(&checks, &rows);
    folder.save_table(out, "ch05_gradient_check_gallery", &table)
}

fn letter(at: usize) -> char {
    char::from(b'a' + at as u8)
}

/// Trains with the mistake, and draws the loss beside that of the right code.
/// Returns the curve, and its figure where there is a mistake.
fn draw(
    out: &mut dyn Write,
    args: &Args,
    bug: Bug,
    right: &[(f64, f64)],
    progress: &Progress,
) -> std::result::Result<(Curve, Option<(String, Figure)>), Failure> {
    let wrong = train(args, bug, bug, progress)?;
    let apart = wrong.iter().zip(right).map(|(a, b)| (a.1 - b.1).abs());
    let apart = apart.fold(0.0, f64::max);
    let (end, of_right) = (last(&wrong), last(right));
    writeln!(out, "{bug:23}{end:>12.3}{of_right:>12.3}{apart:>12.3}")?;
    if bug == Bug::None {
        return Ok((wrong, None));
    }
    let name =
        format!("ch05_gradient_check_{}", bug.to_string().replace('-', "_"));
    let figure = figures::exhibit(&bug.to_string(), &wrong, right);
    Ok((wrong, Some((name, figure))))
}

/// The printed loss after training with this mistake, on the network that
/// shows the mistake `of`, in evaluation, at every twentieth step.
fn train(
    args: &Args,
    of: Bug,
    bug: Bug,
    progress: &Progress,
) -> std::result::Result<Curve, Failure> {
    let drop_prob = args.drop_prob.drop_prob();
    let mut training = Training::new(of.sizes(), bug, args.seed, drop_prob)?;
    let mut curve = Vec::new();
    for step in 0..=args.steps {
        if step % 20 == 0 || step == args.steps {
            curve.push((step as f64, training.loss()?));
        }
        training.step(args.learning_rate)?;
        progress.step();
    }
    Ok(curve)
}
