//! *The band*: training, passes one by one against all at once, and data that
//! are moved.

use chainrule::ndarray::Array2;
use chainrule::tasks::gap::{Gap, Task, grid, truth};
use chainrule::{
    Activation, Buffers, ChaCha8Rng, Descent, Dropout, Mask, Network,
    Parameters, Predictive, Result, forward_masked, mc_dropout, seeded,
};

use crate::file::{committed, run_file};
use crate::module::{DONE, Live, REFUSED, assert_same};

const RATE: f64 = 0.1;

/// The chapter's run, which the page starts from.
const SAVED: &str = "ch06_uncertainty.weights";
const STEPS: usize = 10_000;

/// The chapter's run, written with the functions of the core.
struct Native {
    seed: u64,
    task: Task,
    network: Network,
    rng: ChaCha8Rng,
}

impl Native {
    fn new(seed: u64, drop_prob: f64) -> Result<Native> {
        let mut rng = seeded(seed);
        let task = Task::draw(Gap { low: 0.0, high: 1.0 }, &mut rng)?;
        let parameters = Parameters::xavier(&[1, 30, 30, 1], &mut rng)?;
        let network = Network::new(parameters, Activation::Relu)
            .with_dropout(Dropout::new(drop_prob)?);
        Ok(Native { seed, task, network, rng })
    }

    fn train(&mut self, live: &mut Live, steps: usize) -> Result<()> {
        for _ in 0..steps {
            let (x, y) = self.task.data();
            let (x, y) = (x.view(), y.view());
            let loss = self.network.train_step(
                x,
                y,
                &mut Descent::new(RATE)?,
                &mut self.rng,
            )?;
            let found = live.number("band_step", RATE);
            assert_same("loss", &[found], &[loss]);
        }
        let (x, y) = self.task.data();
        let loss = self.network.loss(x.view(), y.view())?;
        let found = live.number("band_loss", ());
        assert_same("loss with all units on", &[found], &[loss]);
        Ok(())
    }

    /// The run so far, as the module reads it.
    fn file(&self, steps: u64) -> Vec<u8> {
        run_file(steps, &self.rng, self.network.parameters(), &[])
    }

    fn ask(&self, passes: usize) -> Result<Predictive> {
        mc_dropout(
            self.network.parameters(),
            self.network.activation(),
            self.network.dropout(),
            grid().view(),
            passes,
            &mut seeded(self.seed + 1),
        )
    }

    /// The band after so many passes, which the module takes one by one.
    fn compare(&self, live: &mut Live, passes: usize) -> Result<()> {
        let first = live.code("band_passes", ()) as usize + 1;
        for t in first..=passes {
            assert_eq!(live.code("band_pass", ()) as usize, t);
        }
        assert_eq!(live.code("band_passes", ()) as usize, passes);
        let Predictive { mean, standard_deviation: s } = self.ask(passes)?;
        for (name, expected) in [
            ("band_x", self.task.data().0),
            ("band_y", self.task.data().1),
            ("band_places", &grid()),
            ("band_truth", &grid().mapv(truth)),
            ("band_mean", &mean),
            ("band_low", &(&mean - 2.0 * &s)),
            ("band_high", &(&mean + 2.0 * &s)),
        ] {
            assert_same(name, &live.numbers(name, ()), expected);
        }
        let regions: [fn(f64) -> bool; 3] = [
            |x| x.abs() < 2.0 && !(0.0 < x && x < 1.0),
            |x| 0.0 < x && x < 1.0,
            |x| !(-2.0..=2.0).contains(&x),
        ];
        for (region, inside) in (0_u32..).zip(regions) {
            let places = grid();
            let here = places.iter().zip(&s).filter(|(x, _)| inside(**x));
            let widths: Vec<f64> = here.map(|(_, &s)| s).collect();
            let sum = widths.iter().fold(0.0, |sum, s| sum + s);
            let found = live.number("band_width", region);
            assert_same("width", &[found], &[sum / widths.len() as f64]);
        }
        Ok(())
    }
}

fn started(seed: u32, drop_prob: f64) -> Result<(Live, Native)> {
    let mut live = Live::new();
    assert_eq!(live.code("band_start", (seed, drop_prob)), DONE);
    Ok((live, Native::new(seed.into(), drop_prob)?))
}

#[test]
fn training_moving_and_asking_have_the_same_bits() -> Result<()> {
    let (mut live, mut native) = started(2, 0.1)?;
    native.compare(&mut live, 2)?;
    native.train(&mut live, 400)?;
    native.compare(&mut live, 2)?;
    native.compare(&mut live, 30)?;

    // The data move at once, the network only when it is trained.
    let i = native.task.nearest(0.5);
    assert_eq!(live.code("band_nearest", 0.5) as usize, i);
    assert_eq!(live.code("band_move", (i as u32, 0.5, 1.0)), DONE);
    native.task.put(i, 0.5, 1.0).expect("a sample");
    native.compare(&mut live, 31)?;
    native.train(&mut live, 200)?;
    native.compare(&mut live, 30)?;
    assert_eq!(live.code("band_steps", ()), 600);

    assert_eq!(live.code("band_forget", ()), DONE);
    assert_eq!(live.code("band_passes", ()), 0);
    native.compare(&mut live, 5)
}

#[test]
fn so_they_have_at_another_probability() -> Result<()> {
    let (mut live, mut native) = started(0, 0.5)?;
    native.train(&mut live, 100)?;
    native.compare(&mut live, 10)
}

fn resume(live: &mut Live, bytes: &[u8]) -> i32 {
    live.take("band_resume", bytes)
}

/// The committed file is the chapter's run to the last bit, and goes on as it
/// would. `WEIGHTS_UPDATE=always` writes the file anew.
#[test]
fn the_page_starts_from_the_run_of_the_chapter() -> Result<()> {
    let (mut live, mut native) = started(2, 0.1)?;
    let (x, y) = native.task.data();
    for _ in 0..STEPS {
        let mut descent = Descent::new(RATE)?;
        let rng = &mut native.rng;
        native.network.train_step(x.view(), y.view(), &mut descent, rng)?;
    }
    let bytes = native.file(STEPS as u64);
    let committed = committed(SAVED, &bytes);
    assert_eq!(resume(&mut live, &committed), DONE);
    assert_eq!(live.code("band_steps", ()) as usize, STEPS);
    native.compare(&mut live, 5)?;
    native.train(&mut live, 20)?;
    native.compare(&mut live, 2)
}

#[test]
fn bytes_that_are_no_run_are_refused_and_change_nothing() -> Result<()> {
    let (mut live, native) = started(2, 0.1)?;
    let whole = native.file(3);
    let mut endless = whole.clone();
    endless[16..24].copy_from_slice(&f64::NAN.to_le_bytes());
    let more = [&whole[..], &[0; 8]].concat();
    let many = [&[255; 8], &whole[8..]].concat();
    for bytes in [&[], &whole[..15], &whole[..whole.len() - 8], &more] {
        assert_eq!(resume(&mut live, bytes), REFUSED);
    }
    assert_eq!(resume(&mut live, &whole[..whole.len() - 1]), REFUSED);
    assert_eq!(resume(&mut live, &endless), REFUSED);
    assert_eq!(resume(&mut live, &many), REFUSED);
    assert_eq!(resume(&mut Live::new(), &whole), REFUSED);
    assert_eq!(live.code("band_steps", ()), 0);
    native.compare(&mut live, 2)?;
    assert_eq!(resume(&mut live, &whole), DONE);
    assert_eq!(live.code("band_steps", ()), 3);
    Ok(())
}

/// What is asked must not change what is learned.
#[test]
fn passes_take_no_coins_from_training() -> Result<()> {
    let (mut live, mut native) = started(5, 0.2)?;
    for _ in 0..20 {
        native.train(&mut live, 1)?;
        for _ in 0..3 {
            live.code("band_pass", ());
        }
    }
    Ok(())
}

#[test]
fn the_last_answer_is_one_pass() -> Result<()> {
    let (mut live, native) = started(2, 0.1)?;
    assert!(live.numbers("band_answer", ()).is_empty());
    assert_eq!(live.code("band_pass", ()), 1);
    let one = live.numbers("band_answer", ());
    assert_eq!(live.code("band_pass", ()), 2);
    let two = live.numbers("band_answer", ());
    assert_ne!(one, two);
    // Of two answers the mean is taken as Welford does.
    let mean: Vec<f64> =
        one.iter().zip(&two).map(|(a, b)| a + (b - a) / 2.0).collect();
    assert_same("mean", &mean, &native.ask(2)?.mean);
    Ok(())
}

/// Place by place with the masks of one column, which is what thinned means.
#[test]
fn a_thinned_network_misses_the_same_units_at_every_place() -> Result<()> {
    let (mut live, mut native) = started(3, 0.3)?;
    native.train(&mut live, 50)?;
    let dropout = native.network.dropout();
    let curves = [0_u32, 1, u32::MAX].map(|number| {
        let mut rng = seeded(((u64::from(number) + 1) << 32) + 3);
        let mut column = || {
            let kept = dropout.draw(30, &mut rng)?.kept().to_owned();
            let kept = Array2::from_shape_fn((30, 1), |(i, _)| kept[i]);
            Ok(Mask::from_kept(kept, dropout))
        };
        let masks = [column()?, column()?];
        let places = grid();
        let mut buffers = Buffers::new();
        let answers = places.iter().map(|&x| {
            let pass = forward_masked(
                native.network.parameters(),
                Activation::Relu,
                &masks,
                Array2::from_elem((1, 1), x).view(),
                &mut buffers,
            )?;
            Ok(pass.output()[[0, 0]])
        });
        let expected = answers.collect::<Result<Vec<f64>>>()?;
        let found = live.numbers("band_thinned", number);
        assert_same("thinned", &found, &expected);
        Ok(found)
    });
    let curves = curves.into_iter().collect::<Result<Vec<_>>>()?;
    assert!(curves[0] != curves[1] && curves[1] != curves[2]);
    native.train(&mut live, 5)
}

#[test]
fn what_has_no_meaning_is_refused_and_changes_nothing() -> Result<()> {
    let mut live = Live::new();
    assert!(live.number("band_step", RATE).is_nan());
    assert!(live.number("band_loss", ()).is_nan());
    assert!(live.number("band_width", 0).is_nan());
    assert_eq!(live.code("band_pass", ()), 0);
    assert_eq!(live.code("band_passes", ()), 0);
    assert_eq!(live.code("band_steps", ()), 0);
    assert_eq!(live.code("band_move", (0, 0.5, 0.5)), REFUSED);
    assert_eq!(live.code("band_nearest", 0.5), 0);
    assert_eq!(live.code("band_forget", ()), REFUSED);
    assert!(live.numbers("band_thinned", 0_u32).is_empty());
    for name in ["x", "y", "places", "truth", "answer", "mean", "low", "high"] {
        let found = live.numbers(&format!("band_{name}"), ());
        assert!(found.is_empty(), "{name}: {found:?}");
    }

    let (mut live, native) = started(2, 0.1)?;
    for drop_prob in [1.0, -0.1, f64::NAN] {
        assert_eq!(live.code("band_start", (0, drop_prob)), REFUSED);
    }
    for (i, x, y) in [
        (80_u32, 0.5, 0.5),
        (u32::MAX, 0.5, 0.5),
        (0, 3.1, 0.5),
        (0, -3.1, 0.5),
        (0, 0.5, 2.6),
        (0, f64::NAN, 0.5),
        (0, 0.5, f64::INFINITY),
    ] {
        assert_eq!(live.code("band_move", (i, x, y)), REFUSED);
    }
    for rate in [0.0, -0.1, f64::NAN, f64::INFINITY] {
        assert!(live.number("band_step", rate).is_nan());
    }
    for name in ["mean", "low", "high"] {
        assert!(live.numbers(&format!("band_{name}"), ()).is_empty());
    }
    assert!(live.number("band_width", 0).is_nan());
    native.compare(&mut live, 2)?;
    assert!(live.number("band_width", 3).is_nan());
    Ok(())
}

#[test]
fn a_diverged_run_says_so_and_can_be_started_again() -> Result<()> {
    let (mut live, _) = started(2, 0.1)?;
    assert!((0..100).any(|_| live.number("band_step", 1e6).is_nan()));
    assert!(live.number("band_step", RATE).is_nan());
    assert_eq!(live.code("band_pass", ()), 0);
    assert!(live.numbers("band_thinned", 0_u32).is_empty());
    assert_eq!(live.code("band_start", (2, 0.1)), DONE);
    assert!(live.number("band_step", RATE).is_finite());
    Ok(())
}
