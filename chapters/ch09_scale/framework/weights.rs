//! The weights in a file that others read, and back from there.

use std::fs;
use std::io::Write;

use burn::store::{
    BurnToPyTorchAdapter, ModuleSnapshot, PyTorchToBurnAdapter,
    SafetensorsStore,
};
use burn::tensor::{DType, Device, Tensor};
use chainrule::evaluate;
use chapters::cli::{Failure, Outcome};
use safetensors::SafeTensors;
use shared::checkpoint::{Checkpoint, save};
use shared::run::whole_batch;
use shared::setting::{Hidden, Setting};
use shared::task::Kind;

use crate::args::Args;
use crate::compare::SAMPLES;
use crate::network::{Network, turned};
use crate::{theirs, within, worst};

/// Trains the spirals in the core crate, and lets burn read and write them.
pub fn print(out: &mut dyn Write, args: &Args, device: &Device) -> Outcome {
    let kind = Kind::Spirals;
    let setting = Setting {
        task: kind,
        hidden: Some(Hidden(kind.hidden())),
        samples: SAMPLES,
        shards: 1,
        seed: args.seed,
        drop_prob: args.drop_prob,
        learning_rate: args.learning_rate,
        steps: args.steps,
    };
    let end = whole_batch(&setting)
        .map_err(|(step, error)| Failure::at(step)(error))?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("spirals.safetensors");
    let checkpoint = Checkpoint {
        step: args.steps,
        loss: end.loss,
        parameters: end.parameters,
    };
    save(&file, &checkpoint, &setting).map_err(theirs)?;

    // ANCHOR: load
    let mut network = Network::fresh(&setting.sizes(), device);
    let mut store = SafetensorsStore::from_file(&file)
        .with_from_adapter(PyTorchToBurnAdapter);
    network.load_from(&mut store).map_err(theirs)?;

    let back = folder.path().join("from_burn.safetensors");
    let mut store = SafetensorsStore::from_file(&back)
        .with_to_adapter(BurnToPyTorchAdapter);
    network.save_into(&mut store).map_err(theirs)?;
    // ANCHOR_END: load

    let (task, _) = setting.start()?;
    let ours =
        evaluate(&checkpoint.parameters, task.activation, task.x.view())?;
    let x = turned(task.x.view(), (device, DType::F64));
    let answers: Tensor<2> = network.forward(x, &[], task.activation);
    let answers = answers.transpose().into_data().try_to_vec::<f64>();
    let ours: Vec<f64> = ours.iter().copied().collect();
    let apart = worst(&ours, &answers.map_err(theirs)?);
    writeln!(out, "the spirals' weights, by a file of safetensors")?;
    let bytes = [fs::read(&file)?, fs::read(&back)?];
    let [one, other] = bytes.each_ref().map(|it| SafeTensors::deserialize(it));
    let (one, other) = (one.map_err(theirs)?, other.map_err(theirs)?);
    for name in names(&one) {
        let [one, other] =
            [&one, &other].map(|it| it.tensor(&name).map_err(theirs));
        let (one, other) = (one?, other?);
        let same = (one.shape(), one.data()) == (other.shape(), other.data());
        let same = if same { "the same bytes" } else { "other bytes" };
        writeln!(out, "{name} {:?}: {same} back from burn", one.shape())?;
    }
    let apart = within(apart, 1e-12);
    writeln!(out, "burn's answers from the file: {apart}\n")?;
    Ok(())
}

/// The tensors in the order of the layers.
fn names(file: &SafeTensors<'_>) -> Vec<String> {
    let mut names: Vec<String> =
        file.names().into_iter().map(ToString::to_string).collect();
    names.sort();
    names
}
