//! One step of training, in parts: what a shard adds to it, and what is done
//! with the sum.

use std::ops::Range;

use chainrule::ndarray::s;
use chainrule::{
    Buffers, ChaCha8Rng, Dropout, Error, Mask, Parameters, Result,
    forward_dropout, forward_masked, update,
};

use crate::masks::{columns, next_word, words_a_step};
use crate::setting::Setting;
use crate::task::Task;
use crate::tree::{Branch, sum};

/// A training that is under way, as every rank has it.
pub struct Run {
    /// Data and loss; its parameters are those of the beginning.
    pub task: Task,
    /// The parameters now.
    pub parameters: Parameters,
    dropout: Dropout,
    learning_rate: f64,
    shards: usize,
    rng: ChaCha8Rng,
    /// The generator's word that the first mask begins with.
    first_word: u128,
    buffers: Buffers,
}

impl Run {
    /// Before the first step.
    ///
    /// # Errors
    /// As [`Setting::start`].
    pub fn start(setting: &Setting) -> Result<Run> {
        let (task, rng) = setting.start()?;
        Ok(Run {
            parameters: task.parameters.clone(),
            task,
            dropout: setting.drop_prob,
            learning_rate: setting.learning_rate(),
            shards: setting.shards,
            first_word: next_word(&rng),
            rng,
            buffers: Buffers::new(),
        })
    }

    /// How many numbers a sum has: one for each parameter, and the loss.
    pub fn size(&self) -> usize {
        self.parameters.count() + 1
    }

    /// What shard `k` adds to the gradient and to the loss of step `step`; not
    /// numbers, if its pass has led out of the finite ones.
    pub fn leaf(&mut self, step: usize, k: usize) -> Branch {
        let masks = self.masks(step, &self.columns_of(k));
        self.leaf_of(k, &masks)
    }

    /// The same with given masks, one for each hidden layer.
    fn leaf_of(&mut self, k: usize, masks: &Result<Vec<Mask>>) -> Branch {
        let share = masks.as_ref().ok().and_then(|m| self.share(k, m).ok());
        let sum = share.unwrap_or_else(|| vec![f64::NAN; self.size()]);
        Branch { node: k..k + 1, sum }
    }

    // ANCHOR: share
    fn share(&mut self, k: usize, masks: &[Mask]) -> Result<Vec<f64>> {
        let shard = self.columns_of(k);
        let Run { task, parameters: p, buffers, .. } = self;
        let x = task.x.slice(s![.., shard.clone()]);
        let y = task.y.slice(s![.., shard.clone()]);
        let pass = forward_masked(p, task.activation, masks, x, buffers)?;
        let loss = task.loss.value(pass.output(), y)?;
        let gradients = task.loss.backward(pass, y)?;
        let share = shard.len() as f64 / task.x.ncols() as f64;
        let means = gradients.values().chain([loss]);
        Ok(means.map(|mean| share * mean).collect())
    }
    // ANCHOR_END: share

    /// The columns of shard `k`: as many for each as can be.
    fn columns_of(&self, k: usize) -> Range<usize> {
        let m = self.task.samples();
        k * m / self.shards..(k + 1) * m / self.shards
    }

    /// The masks of every hidden layer, for some columns alone.
    fn masks(
        &mut self,
        step: usize,
        shard: &Range<usize>,
    ) -> Result<Vec<Mask>> {
        let (hidden, m) = (self.hidden(), self.task.samples());
        let a_step = words_a_step(self.dropout, &hidden, m);
        let mut word = self.first_word + step as u128 * a_step;
        let mut masks = Vec::new();
        for units in hidden {
            let Run { dropout, rng, .. } = self;
            masks.push(columns(*dropout, (units, m), shard, word, rng)?);
            word += words_a_step(*dropout, &[units], m);
        }
        Ok(masks)
    }

    fn hidden(&self) -> Vec<usize> {
        let sizes = self.parameters.sizes();
        sizes[1..sizes.len() - 1].to_vec()
    }

    /// The step itself, w ← w − η·dw, from the sum over all shards; returns the
    /// loss that it started from.
    ///
    /// # Errors
    /// [`Error::NotFinite`] for a sum or a parameter that is not finite.
    // ANCHOR: apply
    pub fn apply(&mut self, total: &[f64]) -> Result<f64> {
        let (loss, gradient) = total.split_last().unwrap_or((&0.0, &[]));
        for (w, dw) in self.parameters.values_mut().zip(gradient) {
            *w -= self.learning_rate * dw;
        }
        finite("the sum over the shards", total.iter())?;
        finite("a parameter", self.parameters.values_mut().map(|w| &*w))?;
        Ok(*loss)
    }
    // ANCHOR_END: apply
}

fn finite<'a>(
    what: &str,
    values: impl IntoIterator<Item = &'a f64>,
) -> Result<()> {
    match values.into_iter().find(|value| !value.is_finite()) {
        Some(&value) => Err(Error::NotFinite { what: what.to_owned(), value }),
        None => Ok(()),
    }
}

/// The end of a run: the loss that its last step started from, and what it has
/// made of the parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    /// The loss.
    pub loss: f64,
    /// The parameters.
    pub parameters: Parameters,
}

/// A divergence, and at which step.
pub type Diverged = (usize, Error);

/// One process, one core crate, the same shards: masks are drawn whole, in the
/// ordinary way, and then cut.
///
/// # Errors
/// The step at which something went wrong, and what.
pub fn over_shards(setting: &Setting) -> std::result::Result<End, Diverged> {
    let mut run = Run::start(setting).map_err(|error| (0, error))?;
    let (_, mut rng) = setting.start().map_err(|error| (0, error))?;
    let mut loss = f64::NAN;
    for step in 0..setting.steps {
        let whole = run.whole_masks(&mut rng).map_err(|error| (step, error))?;
        let leaves: Vec<Branch> = (0..setting.shards)
            .map(|k| run.leaf_of(k, &run.cut(&whole, k)))
            .collect();
        let total = sum(&(0..setting.shards), &leaves);
        loss = run.apply(&total).map_err(|error| (step, error))?;
    }
    Ok(End { loss, parameters: run.parameters })
}

impl Run {
    /// The masks of one step for all samples, drawn one after the other.
    fn whole_masks(&self, rng: &mut ChaCha8Rng) -> Result<Vec<Mask>> {
        let m = self.task.samples();
        let draw = |units| self.dropout.draw((units, m), rng);
        self.hidden().into_iter().map(draw).collect()
    }

    /// The columns of shard `k`.
    fn cut(&self, whole: &[Mask], k: usize) -> Result<Vec<Mask>> {
        let shard = self.columns_of(k);
        let cut = |mask: &Mask| {
            let kept = mask.kept().slice(s![.., shard.clone()]).to_owned();
            Mask::from_kept(kept, self.dropout)
        };
        Ok(whole.iter().map(cut).collect())
    }
}

/// The book's own training: the whole batch at once.
///
/// # Errors
/// The step at which something went wrong, and what.
pub fn whole_batch(setting: &Setting) -> std::result::Result<End, Diverged> {
    let (task, mut rng) = setting.start().map_err(|error| (0, error))?;
    let mut parameters = task.parameters.clone();
    let mut buffers = Buffers::new();
    let mut loss = f64::NAN;
    for step in 0..setting.steps {
        let mut once = || {
            let (x, y) = (task.x.view(), task.y.view());
            let pass = forward_dropout(
                &parameters,
                task.activation,
                setting.drop_prob,
                x,
                &mut rng,
                &mut buffers,
            )?;
            loss = task.loss.value(pass.output(), y)?;
            let gradients = task.loss.backward(pass, y)?;
            update(&mut parameters, gradients, setting.learning_rate())
        };
        once().map_err(|error| (step, error))?;
    }
    Ok(End { loss, parameters })
}
