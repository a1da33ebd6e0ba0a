//! *Dropout against overfitting*: the chapter's run, with dropout that may
//! change at every step.

use chainrule::ndarray::Array2;
use chainrule::tasks::overfitting::{Task, noisy};
use chainrule::{
    Activation, Buffers, ChaCha8Rng, Dropout, Parameters, Result, backward,
    evaluate, forward_dropout, mse, seeded, update,
};

use crate::file::{committed, run_file};
use crate::module::{DONE, Live, REFUSED, assert_same};

const RATE: f64 = 0.03;
const F: Activation = Activation::Sigmoid;

/// The chapter's run, which the page starts from: all but the last step, so
/// that the page has its mask. Both errors are kept at every 50th.
const SAVED: &str = "ch04_regularize.weights";
const PARTS: [(u64, f64); 2] = [(6000, 0.0), (5999, 0.2)];
const EVERY: u64 = 50;

/// The chapter's run, written with the functions of the core.
struct Native {
    task: Task,
    parameters: Parameters,
    rng: ChaCha8Rng,
}

impl Native {
    fn new(seed: u64, hidden: usize) -> Result<Native> {
        let mut rng = seeded(seed);
        let task = noisy(15, &mut rng)?;
        let parameters = Parameters::xavier(&[1, hidden, 1], &mut rng)?;
        Ok(Native { task, parameters, rng })
    }

    /// The loss that the step started from, and which units were kept.
    fn step(&mut self, drop_prob: f64) -> Result<(f64, Array2<f64>)> {
        let (x, y) = (self.task.x.view(), self.task.y.view());
        let mut buffers = Buffers::new();
        let pass = forward_dropout(
            &self.parameters,
            F,
            Dropout::new(drop_prob)?,
            x,
            &mut self.rng,
            &mut buffers,
        )?;
        let loss = mse(pass.output(), y)?;
        let kept = match pass.mask(1) {
            Some(mask) => mask.kept().mapv(f64::from),
            None => Array2::ones(pass.a(1).dim()),
        };
        let gradients = backward(pass, y)?;
        update(&mut self.parameters, gradients, RATE)?;
        Ok((loss, kept))
    }

    fn error(&self, x: &Array2<f64>, y: &Array2<f64>) -> Result<f64> {
        mse(evaluate(&self.parameters, F, x.view())?.view(), y.view())
    }

    fn compare(&self, live: &mut Live) -> Result<()> {
        let Task { x, y, held_x, held_y } = &self.task;
        let training = live.number("regularize_training", ());
        assert_same("training", &[training], &[self.error(x, y)?]);
        let held_out = live.number("regularize_held_out", ());
        assert_same("held out", &[held_out], &[self.error(held_x, held_y)?]);
        let answer = evaluate(&self.parameters, F, held_x.view())?;
        let found = live.numbers("regularize_answer", ());
        assert_same("answer", &found, &answer);
        for (name, expected) in [
            ("regularize_x", x),
            ("regularize_y", y),
            ("regularize_held_x", held_x),
            ("regularize_held_y", held_y),
        ] {
            assert_same(name, &live.numbers(name, ()), expected);
        }
        Ok(())
    }
}

/// Trains in both, with so many steps at each probability.
fn train_in_both(seed: u32, hidden: u32, parts: &[(u32, f64)]) -> Result<Live> {
    let mut live = Live::new();
    assert_eq!(live.code("regularize_start", (seed, hidden)), DONE);
    let mut native = Native::new(seed.into(), hidden as usize)?;
    native.compare(&mut live)?;
    for &(steps, drop_prob) in parts {
        for _ in 0..steps {
            let found = live.number("regularize_step", (RATE, drop_prob));
            let (expected, kept) = native.step(drop_prob)?;
            assert_same("loss", &[found], &[expected]);
            assert_same("kept", &live.numbers("regularize_kept", ()), &kept);
        }
        native.compare(&mut live)?;
    }
    let steps: u32 = parts.iter().map(|part| part.0).sum();
    assert_eq!(live.code("regularize_steps", ()) as u32, steps);
    Ok(live)
}

#[test]
fn dropout_switched_mid_run_has_the_same_bits() -> Result<()> {
    let parts = [(200, 0.0), (200, 0.2), (50, 0.8), (150, 0.0), (100, 0.5)];
    train_in_both(16, 50, &parts)?;
    train_in_both(3, 10, &parts)?;
    train_in_both(0, 100, &[(40, 0.8)])?;
    Ok(())
}

/// The page says so, with the numbers of the chapter's table.
#[test]
fn six_thousand_steps_end_where_the_chapter_does() -> Result<()> {
    let printed = include_str!("../snapshots/ch04_regularize.snap");
    let ending = |line: &'static str| {
        line.strip_prefix("p = 0    training ")?.split_once("held out")
    };
    let (training, held_out) =
        printed.lines().find_map(ending).expect("a line for p = 0");
    let mut live = train_in_both(16, 50, &[(6000, 0.0)])?;
    let found = live.number("regularize_training", ());
    assert_eq!(format!("{found:.2}"), training.trim());
    let found = live.number("regularize_held_out", ());
    assert_eq!(format!("{found:.2}"), held_out.trim());
    Ok(())
}

/// The committed file is the chapter's run to the last bit, and goes on as it
/// would. `WEIGHTS_UPDATE=always` writes the file anew.
#[test]
fn the_page_starts_from_the_run_of_the_chapter() -> Result<()> {
    let mut native = Native::new(16, 50)?;
    let (mut training, mut held_out, mut step) = (vec![], vec![], 0);
    for (steps, drop_prob) in PARTS {
        for _ in 0..steps {
            let Task { x, y, held_x, held_y } = &native.task;
            if step % EVERY == 0 {
                training.push(native.error(x, y)?);
                held_out.push(native.error(held_x, held_y)?);
            }
            native.step(drop_prob)?;
            step += 1;
        }
    }
    let past = [training, held_out].concat();
    let bytes = run_file(step, &native.rng, &native.parameters, &past);
    let committed = committed(SAVED, &bytes);

    let mut live = Live::new();
    assert_eq!(live.code("regularize_start", (16, 50)), DONE);
    assert!(live.numbers("regularize_past", ()).is_empty());
    assert_eq!(live.take("regularize_resume", &committed), DONE);
    assert_same("past", &live.numbers("regularize_past", ()), &past);
    assert_eq!(live.code("regularize_steps", ()) as u64, step);
    native.compare(&mut live)?;
    for drop_prob in [0.2, 0.2, 0.0, 0.5] {
        let found = live.number("regularize_step", (RATE, drop_prob));
        let (expected, kept) = native.step(drop_prob)?;
        assert_same("loss", &[found], &[expected]);
        assert_same("kept", &live.numbers("regularize_kept", ()), &kept);
        native.compare(&mut live)?;
    }
    Ok(())
}

#[test]
fn bytes_that_are_no_run_are_refused_and_change_nothing() -> Result<()> {
    let native = Native::new(16, 10)?;
    let file = |rest| run_file(3, &native.rng, &native.parameters, rest);
    let whole = file(&[1.0, 2.0]);
    assert_eq!(Live::new().take("regularize_resume", &whole), REFUSED);
    let mut live = Live::new();
    assert_eq!(live.code("regularize_start", (16, 10)), DONE);
    for bytes in [file(&[1.0]), file(&[1.0, f64::NAN]), whole[..24].to_vec()] {
        assert_eq!(live.take("regularize_resume", &bytes), REFUSED);
    }
    assert_eq!(live.code("regularize_steps", ()), 0);
    native.compare(&mut live)?;
    assert_eq!(live.take("regularize_resume", &whole), DONE);
    assert_eq!(live.code("regularize_steps", ()), 3);
    assert_eq!(live.numbers("regularize_past", ()), [1.0, 2.0]);
    // Another run has no past.
    assert_eq!(live.code("regularize_start", (16, 10)), DONE);
    assert!(live.numbers("regularize_past", ()).is_empty());
    Ok(())
}

#[test]
fn what_has_no_meaning_is_refused_and_changes_nothing() {
    let mut live = Live::new();
    assert!(live.number("regularize_step", (RATE, 0.2)).is_nan());
    assert!(live.number("regularize_training", ()).is_nan());
    assert!(live.number("regularize_held_out", ()).is_nan());
    assert_eq!(live.code("regularize_steps", ()), 0);
    for name in ["x", "y", "held_x", "held_y", "answer", "kept"] {
        let found = live.numbers(&format!("regularize_{name}"), ());
        assert!(found.is_empty(), "{name}: {found:?}");
    }

    assert_eq!(live.code("regularize_start", (0, 10)), DONE);
    for hidden in [0, 1025, u32::MAX] {
        assert_eq!(live.code("regularize_start", (0, hidden)), REFUSED);
    }
    let before = live.numbers("regularize_answer", ());
    for drop_prob in [1.0, -0.1, 1.7, f64::NAN] {
        assert!(live.number("regularize_step", (RATE, drop_prob)).is_nan());
    }
    for rate in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(live.number("regularize_step", (rate, 0.0)).is_nan());
    }
    assert_eq!(live.code("regularize_steps", ()), 0);
    assert_same("answer", &live.numbers("regularize_answer", ()), &before);
}

#[test]
fn a_diverged_run_says_so_and_can_be_started_again() {
    let mut live = Live::new();
    assert_eq!(live.code("regularize_start", (0, 10)), DONE);
    let rates = [1e300, 1e300, 1e300];
    let diverged = rates
        .iter()
        .any(|&rate| live.number("regularize_step", (rate, 0.0)).is_nan());
    assert!(diverged);
    assert!(live.number("regularize_step", (RATE, 0.0)).is_nan());
    assert_eq!(live.code("regularize_start", (0, 10)), DONE);
    assert!(live.number("regularize_step", (RATE, 0.0)).is_finite());
}
