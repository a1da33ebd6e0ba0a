//! The network of the band: it learns, is asked pass by pass, and its data can
//! be moved.

use chainrule::ndarray::Array2;
use chainrule::tasks::gap::{EDGE, FAR, Gap, Task, grid};
use chainrule::{
    Activation, Buffers, ChaCha8Rng, Descent, Dropout, Mask, Network,
    Parameters, PassByPass, Predictive, Result, forward_masked, seeded,
};

use crate::saved::Saved;

/// The network, the activation and the gap are the chapter's.
const SIZES: [usize; 4] = [1, 30, 30, 1];
const ACTIVATION: Activation = Activation::Relu;
const GAP: Gap = Gap { low: 0.0, high: 1.0 };

/// The largest y that a sample can be moved to, up or down.
const HIGHEST: f64 = 2.5;

/// A network in training, and what it answers with its coins on.
pub struct Band {
    seed: u32,
    pub task: Task,
    pub network: Network,
    rng: ChaCha8Rng,
    pub steps: u32,
    pub places: Array2<f64>,
    pub passes: PassByPass,
    /// The coins of the passes: what is asked must not change what is learned.
    coins: ChaCha8Rng,
}

impl Band {
    /// One generator draws the data, the weights, then the masks of training.
    pub fn new(seed: u32, drop_prob: f64) -> Result<Band> {
        let dropout = Dropout::new(drop_prob)?;
        let mut rng = seeded(u64::from(seed));
        let task = Task::draw(GAP, &mut rng)?;
        let parameters = Parameters::xavier(&SIZES, &mut rng)?;
        Ok(Band {
            seed,
            task,
            network: Network::new(parameters, ACTIVATION).with_dropout(dropout),
            rng,
            steps: 0,
            places: grid(),
            passes: PassByPass::new(),
            coins: coins(seed),
        })
    }

    /// Returns the loss that the step started from, under its masks.
    pub fn step(&mut self, learning_rate: f64) -> Result<f64> {
        let (x, y) = self.task.data();
        let (x, y) = (x.view(), y.view());
        let mut descent = Descent::new(learning_rate)?;
        let loss =
            self.network.train_step(x, y, &mut descent, &mut self.rng)?;
        self.steps = self.steps.saturating_add(1);
        self.forget();
        Ok(loss)
    }

    /// There is another network to ask, or the same from the first pass on.
    pub fn forget(&mut self) {
        self.passes.clear();
        self.coins = coins(self.seed);
    }

    pub fn pass(&mut self) -> Result<()> {
        self.passes.take(
            self.network.parameters(),
            ACTIVATION,
            self.network.dropout(),
            self.places.view(),
            &mut self.coins,
        )
    }

    /// One thinned network, with the same units missing at every place.
    pub fn thinned(&self, number: u32) -> Result<Array2<f64>> {
        let dropout = self.network.dropout();
        let stream = (u64::from(number) + 1) << 32;
        let mut rng = seeded(stream + u64::from(self.seed));
        let hidden = &SIZES[1..SIZES.len() - 1];
        let masks = hidden.iter().map(|&units| {
            let one = dropout.draw(units, &mut rng)?;
            let shape = (units, self.places.ncols());
            let kept = Array2::from_shape_fn(shape, |(i, _)| one.kept()[i]);
            Ok(Mask::from_kept(kept, dropout))
        });
        let masks = masks.collect::<Result<Vec<_>>>()?;
        let (parameters, x) = (self.network.parameters(), self.places.view());
        let mut buffers = Buffers::new();
        let pass =
            forward_masked(parameters, ACTIVATION, &masks, x, &mut buffers)?;
        Ok(pass.output().to_owned())
    }

    /// Puts sample `i` elsewhere; the network stays as it is.
    pub fn move_sample(&mut self, i: usize, x: f64, y: f64) -> Option<()> {
        if x.abs() <= FAR && y.abs() <= HIGHEST {
            self.task.put(i, x, y)
        } else {
            None
        }
    }

    /// Goes on from where another run of the same data has come to.
    pub fn resume(&mut self, saved: &Saved) -> Option<()> {
        let mut parameters = self.network.parameters().clone();
        if !saved.fill(&mut parameters)?.is_empty() {
            return None;
        }
        let dropout = self.network.dropout();
        self.network =
            Network::new(parameters, ACTIVATION).with_dropout(dropout);
        self.rng.set_word_pos(saved.drawn.into());
        self.steps = saved.steps;
        self.forget();
        Some(())
    }

    pub fn predictive(&self) -> Option<Predictive> {
        self.passes.predictive().ok()
    }

    /// The mean of s over the places of one region.
    pub fn width(&self, region: u32) -> Option<f64> {
        let s = self.predictive()?.standard_deviation;
        let here = |x: f64| match region {
            0 => x.abs() < EDGE && !in_gap(x),
            1 => in_gap(x),
            _ => x.abs() > EDGE,
        };
        let (sum, count) = self
            .places
            .iter()
            .zip(&s)
            .filter(|(x, _)| here(**x))
            .fold((0.0, 0.0), |(sum, count), (_, s)| (sum + s, count + 1.0));
        (region < 3).then_some(sum / count)
    }
}

fn in_gap(x: f64) -> bool {
    GAP.low < x && x < GAP.high
}

fn coins(seed: u32) -> ChaCha8Rng {
    seeded(u64::from(seed) + 1)
}
