//! The weights in a file that others read, and back from there.

use std::fs;
use std::io::Write;
use std::path::Path;

use burn::store::{
    BurnToPyTorchAdapter, ModuleSnapshot, PyTorchToBurnAdapter,
    SafetensorsStore,
};
use burn::tensor::{DType, Device};
use chainrule::evaluate;
use chapters::cli::{Failure, Outcome};
use safetensors::SafeTensors;
use shared::checkpoint::{Checkpoint, save};
use shared::run::{End, whole_batch};
use shared::setting::{Hidden, Setting};
use shared::task::Kind;

use crate::args::Args;
use crate::compare::SAMPLES;
use crate::network::{Network, turned};
use crate::{theirs, within, worst_answer};

/// Trains both tasks in the core crate, and lets burn read and write what they
/// have become.
pub fn print(out: &mut dyn Write, args: &Args, device: &Device) -> Outcome {
    let gone = tempfile::tempdir()?;
    let folder = args.weights.as_deref().unwrap_or(gone.path());
    let unwritable = |error: std::io::Error| Failure::File {
        path: folder.display().to_string(),
        reason: error.to_string(),
    };
    fs::create_dir_all(folder).map_err(unwritable)?;
    for kind in Kind::ALL {
        by_file(out, args, kind, device, folder)?;
    }
    Ok(())
}

fn by_file(
    out: &mut dyn Write,
    args: &Args,
    kind: Kind,
    device: &Device,
    folder: &Path,
) -> Outcome {
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
    let End { loss, parameters } = whole_batch(&setting)
        .map_err(|(step, error)| Failure::at(step)(error))?;
    let (task, _) = setting.start()?;
    let f = task.activation;
    let ours = evaluate(&parameters, f, task.x.view())?;
    let file = folder.join(format!("{kind}.safetensors"));
    let checkpoint = Checkpoint { step: args.steps, loss, parameters };
    save(&file, &checkpoint, &setting).map_err(theirs)?;
    let lines: Vec<String> = ours.iter().map(|it| format!("{it}\n")).collect();
    fs::write(folder.join(format!("{kind}_answers.txt")), lines.concat())?;

    // ANCHOR: load
    let mut network = Network::fresh(&setting.sizes(), device);
    let mut store = SafetensorsStore::from_file(&file)
        .with_from_adapter(PyTorchToBurnAdapter);
    network.load_from(&mut store).map_err(theirs)?;

    let back = folder.join(format!("{kind}_from_burn.safetensors"));
    let mut store = SafetensorsStore::from_file(&back)
        .with_to_adapter(BurnToPyTorchAdapter)
        .overwrite(true);
    network.save_into(&mut store).map_err(theirs)?;
    // ANCHOR_END: load

    let x = turned(task.x.view(), (device, DType::F64));
    let answers = network.forward(x, &[], f).transpose();
    let answers = answers.into_data().try_to_vec::<f64>().map_err(theirs)?;
    let ours: Vec<f64> = ours.iter().copied().collect();
    writeln!(out, "the weights of the {kind}, by a file of safetensors")?;
    compare_bytes(out, &fs::read(&file)?, &fs::read(&back)?)?;
    let apart = within(worst_answer(&ours, &answers), 1e-12);
    writeln!(out, "burn's answers from the file: {apart}\n")?;
    Ok(())
}

/// Whether each tensor has come back as it was.
fn compare_bytes(out: &mut dyn Write, there: &[u8], back: &[u8]) -> Outcome {
    let there = SafeTensors::deserialize(there).map_err(theirs)?;
    let back = SafeTensors::deserialize(back).map_err(theirs)?;
    for name in names(&there) {
        let one = there.tensor(&name).map_err(theirs)?;
        let other = back.tensor(&name).map_err(theirs)?;
        let same = (one.shape(), one.data()) == (other.shape(), other.data());
        let same = if same { "the same bytes" } else { "other bytes" };
        writeln!(out, "{name} {:?}: {same} back from burn", one.shape())?;
    }
    Ok(())
}

/// The tensors in the order of the layers.
fn names(file: &SafeTensors<'_>) -> Vec<String> {
    let mut names: Vec<String> =
        file.names().into_iter().map(ToString::to_string).collect();
    names.sort();
    names
}
