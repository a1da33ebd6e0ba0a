//! Figure *the band*: what is shown after training, passes, and a move.

use chainrule::ndarray::Array2;
use chainrule::tasks::gap::{Gap, Task, grid};
use chainrule::{
    Activation, ChaCha8Rng, Descent, Dropout, Network, Parameters, Result,
    mc_dropout, seeded,
};
use serde_json::{Value, json};

const RATE: f64 = 0.1;
const PASSES: usize = 1000;

/// A network with its data and the generator of its training.
struct Run {
    seed: u64,
    task: Task,
    network: Network,
    rng: ChaCha8Rng,
}

impl Run {
    fn new(seed: u64, drop_prob: f64) -> Result<Run> {
        let mut rng = seeded(seed);
        let task = Task::draw(Gap { low: 0.0, high: 1.0 }, &mut rng)?;
        let parameters = Parameters::xavier(&[1, 30, 30, 1], &mut rng)?;
        let network = Network::new(parameters, Activation::Relu)
            .with_dropout(Dropout::new(drop_prob)?);
        Ok(Run { seed, task, network, rng })
    }

    fn train(mut self, steps: usize) -> Result<Run> {
        let (x, y) = self.task.data();
        for _ in 0..steps {
            let rng = &mut self.rng;
            self.network.train_step(
                x.view(),
                y.view(),
                &mut Descent::new(RATE)?,
                rng,
            )?;
        }
        Ok(self)
    }

    /// Moves the sample that the figure holds at first by so much, to two
    /// decimals.
    fn shift(mut self, right: f64, up: f64) -> Run {
        let i = self.task.nearest(0.5);
        let (x, y) = self.task.data();
        let round = |value: f64| (100.0 * value).round() / 100.0;
        let (x, y) = (round(x[[0, i]] + right), round(y[[0, i]] + up));
        self.task.put(i, x, y);
        self
    }

    fn shown(&self) -> Result<Value> {
        let (x, y) = self.task.data();
        let i = self.task.nearest(0.5);
        let band = mc_dropout(
            self.network.parameters(),
            self.network.activation(),
            self.network.dropout(),
            grid().view(),
            PASSES,
            &mut seeded(self.seed + 1),
        )?;
        let s = &band.standard_deviation;
        let width = |inside: fn(f64) -> bool| {
            let places = grid();
            let here = places.iter().zip(s).filter(|(x, _)| inside(**x));
            let widths = here.map(|(_, &s)| s).collect::<Vec<_>>();
            widths.iter().sum::<f64>() / widths.len() as f64
        };
        let widths = [
            width(|x| x.abs() < 2.0 && !(0.0 < x && x < 1.0)),
            width(|x| 0.0 < x && x < 1.0),
            width(|x| !(-2.0..=2.0).contains(&x)),
        ];
        Ok(json!({
            "held": [x[[0, i]], y[[0, i]]],
            "loss": self.network.loss(x.view(), y.view())?,
            "widths": widths,
            "middle": at(&band.mean, 0.5),
        }))
    }
}

/// The value at one of the places.
fn at(values: &Array2<f64>, place: f64) -> f64 {
    let places = grid();
    let mut pairs = places.iter().zip(values);
    pairs.find(|(x, _)| **x == place).map_or(f64::NAN, |(_, &value)| value)
}

pub fn expected() -> Result<Value> {
    let start = || Run::new(2, 0.1);
    Ok(json!({
        "start": start()?.shown()?,
        "prob": Run::new(2, 0.15)?.shown()?,
        "seed": Run::new(7, 0.1)?.shown()?,
        "trained": start()?.train(10_000)?.shown()?,
        "moved": start()?.train(10_000)?.shift(0.0, 0.1).train(3000)?.shown()?,
        "more": start()?.train(13_000)?.shown()?,
    }))
}
