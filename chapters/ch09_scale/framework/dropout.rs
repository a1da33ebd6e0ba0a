//! burn's own Dropout, in training and afterwards.

use std::io::Write;

use burn::module::Module;
use burn::nn::{Dropout, DropoutConfig, Linear};
use burn::optim::{GradientsParams, SgdConfig};
use burn::tensor::{DType, Device, Tensor, activation};
use chainrule::ndarray::Array2;
use chainrule::{
    Activation, Buffers, Loss, Mask, backward, evaluate, forward_masked, mse,
    seeded, update,
};
use chapters::cli::{Failure, Outcome};
use shared::task::{Kind, Task};

use crate::args::Args;
use crate::compare::SAMPLES;
use crate::network::{linear, loss, turned};
use crate::{theirs, within, worst_answer};

/// As burn's users write it: dropout is a layer like the others.
// ANCHOR: module
#[derive(Module, Debug)]
struct Network {
    hidden: Linear,
    dropout: Dropout,
    output: Linear,
}

impl Network {
    fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        let a = activation::sigmoid(self.hidden.forward(x));
        self.output.forward(self.dropout.forward(a))
    }
}
// ANCHOR_END: module

/// The mask that burn draws from this seed: what its Dropout makes of ones.
// ANCHOR: read
fn mask_of(
    dropout: &Dropout,
    units: usize,
    seed: u64,
    to: (&Device, DType),
    p: chainrule::Dropout,
) -> Result<Mask, Failure> {
    to.0.seed(seed);
    let ones = Tensor::<2>::ones([SAMPLES, units], to);
    let factors = dropout.forward(ones).into_data().try_to_vec::<f64>();
    let factors = factors.map_err(theirs)?;
    let kept = Array2::from_shape_fn((units, SAMPLES), |(unit, sample)| {
        factors[sample * units + unit] != 0.0
    });
    Ok(Mask::from_kept(kept, p))
}
// ANCHOR_END: read

/// Trains both with burn's masks, and then asks both without any.
pub fn print(out: &mut dyn Write, args: &Args, device: &Device) -> Outcome {
    let kind = Kind::Sine;
    let mut rng = seeded(args.seed);
    let task = Task::draw(kind, &kind.hidden(), SAMPLES, &mut rng)?;
    let eta = args.learning_rate.unwrap_or(kind.learning_rate());
    let device = device.clone().autodiff();
    let to = (&device, DType::F64);
    let mut parameters = task.parameters.clone();
    let layers = parameters.layers();
    let units = layers[0].outputs();
    let p = args.drop_prob;
    let mut network = Network {
        hidden: linear(&layers[0], to),
        dropout: DropoutConfig::new(p.drop_prob()).init(),
        output: linear(&layers[1], to),
    };
    let (x, y) = (turned(task.x.view(), to), turned(task.y.view(), to));
    let mut descent = SgdConfig::new().init();
    let mut buffers = Buffers::new();
    let [mut ours, mut burns] = [Vec::new(), Vec::new()];
    let mut kept = 0;
    for step in 0..args.steps {
        let seed = args.seed.wrapping_add(step as u64);
        let mask = mask_of(&network.dropout, units, seed, to, p)?;
        kept += mask.kept().iter().filter(|kept| **kept).count();
        let once = || {
            let f = Activation::Sigmoid;
            let (x, y) = (task.x.view(), task.y.view());
            let pass =
                forward_masked(&parameters, f, &[mask], x, &mut buffers)?;
            ours.push(mse(pass.output(), y)?);
            let gradients = backward(pass, y)?;
            update(&mut parameters, gradients, eta)
        };
        once().map_err(Failure::at(step))?;

        device.seed(seed);
        let z = network.forward(x.clone());
        let (mean, cost) = loss(Loss::MeanSquare, z, y.clone());
        burns.push(mean.into_scalar::<f64>());
        let gradients = GradientsParams::from_grads(cost.backward(), &network);
        network = descent.step(eta, network, gradients);
    }
    let entries = args.steps * units * SAMPLES;
    let share = kept as f64 / entries as f64;
    writeln!(out, "burn's own Dropout, p {}, on the sine", p.drop_prob())?;
    let expected = 1.0 - p.drop_prob();
    let near = within((share - expected).abs(), 1e-2);
    writeln!(out, "units kept, against {expected}: {near}")?;
    let apart = within(worst_answer(&ours, &burns), 1e-12);
    writeln!(out, "its masks in the core crate, losses: {apart}")?;

    // ANCHOR: valid
    let trained = network.valid();
    let theirs = trained.forward(x.inner());
    let ours = evaluate(&parameters, Activation::Sigmoid, task.x.view());
    // ANCHOR_END: valid
    let answers = theirs.into_data().try_to_vec::<f64>();
    let answers = answers.map_err(crate::theirs)?;
    let ours = ours.map_err(Failure::at(args.steps))?;
    let apart = ours.iter().zip(&answers).map(|(a, b)| (a - b).abs());
    let apart = within(apart.fold(0.0, f64::max), 1e-12);
    writeln!(out, "valid() and evaluate, answers: {apart}\n")?;
    Ok(())
}
