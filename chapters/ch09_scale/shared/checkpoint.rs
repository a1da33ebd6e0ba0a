//! Weights on disk: safetensors, with the names that PyTorch gives them.
//!
//! The same file is the checkpoint that a run goes on from. It is written
//! beside the old one and then renamed, so that whoever reads finds the old one
//! or the new one, and never a part.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use chainrule::ndarray::{Array2, ArrayView2};
use chainrule::{Layer, Parameters};
use safetensors::tensor::{Dtype, SafeTensorError, SafeTensors, TensorView};

use crate::setting::Setting;

/// Parameters after so many steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Checkpoint {
    /// How many steps have been taken.
    pub step: usize,
    /// The loss that the last of them started from.
    pub loss: f64,
    /// What they have made of the parameters.
    pub parameters: Parameters,
}

/// What is wrong with a file.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// It cannot be read or written.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// It is no safetensors file, or not the whole of one.
    #[error("no safetensors file, or a part of one ({0})")]
    Format(#[from] SafeTensorError),
    /// It is somebody else's.
    #[error("no checkpoint of this program: {0}")]
    Foreign(String),
    /// It belongs to another training.
    #[error(
        "a checkpoint of another run: {fact} {found} there, {expected} here"
    )]
    OtherRun {
        /// The flag.
        fact: &'static str,
        /// Its value in the file.
        found: String,
        /// Its value now.
        expected: String,
    },
    /// It holds more steps than are asked for.
    #[error("{found} steps are in it, and {asked} are asked for")]
    Further {
        /// Steps in the file.
        found: usize,
        /// Steps that are asked for.
        asked: usize,
    },
}

/// The one entry of the file's own notes.
const NOTES: &str = "chainrule";

// ANCHOR: save
/// Writes the file beside the old one, and then gives it the old one's name.
///
/// # Errors
/// [`Unfit::Io`]; the old file is as it was.
pub fn save(
    path: &Path,
    checkpoint: &Checkpoint,
    setting: &Setting,
) -> Result<(), Unfit> {
    let bytes = bytes(checkpoint, setting)?;
    let aside = aside(path);
    let mut file = File::create(&aside)?;
    file.write_all(&bytes)?;
    file.sync_all()?; // on the disk, and not only on its way there
    Ok(fs::rename(&aside, path)?)
}
// ANCHOR_END: save

/// Where the file is until it is whole: in the same folder, so that to rename
/// it is one step.
fn aside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().display();
    path.with_file_name(format!(".{name}.part"))
}

// ANCHOR: tensors
/// weight is (out × in) and bias (out), as PyTorch's `Linear` has them.
fn tensors(parameters: &Parameters) -> Vec<(String, Vec<usize>, Vec<u8>)> {
    let mut tensors = Vec::new();
    for (l, layer) in parameters.layers().iter().enumerate() {
        let Layer { weights: w, bias: b } = layer;
        let (out, inputs) = w.dim();
        let name = |what| format!("layers.{l}.{what}");
        tensors.push((name("weight"), vec![out, inputs], bytes_of(w.view())));
        tensors.push((name("bias"), vec![out], bytes_of(b.view())));
    }
    tensors
}
// ANCHOR_END: tensors

fn bytes_of(matrix: ArrayView2<'_, f64>) -> Vec<u8> {
    matrix.iter().flat_map(|value| value.to_le_bytes()).collect()
}

fn bytes(
    checkpoint: &Checkpoint,
    setting: &Setting,
) -> Result<Vec<u8>, SafeTensorError> {
    let tensors = tensors(&checkpoint.parameters);
    let views = tensors.iter().map(|(name, shape, data)| {
        let view = TensorView::new(Dtype::F64, shape.clone(), data)?;
        Ok((name.as_str(), view))
    });
    let views: Vec<_> = views.collect::<Result<_, SafeTensorError>>()?;
    let step = ("step", checkpoint.step.to_string());
    let loss = ("loss", format!("{:016x}", checkpoint.loss.to_bits()));
    let facts = setting.facts().into_iter().chain([step, loss]);
    let notes: Vec<_> =
        facts.map(|(fact, value)| format!("{fact}={value}")).collect();
    let notes = HashMap::from([(NOTES.to_owned(), notes.join(" "))]);
    safetensors::serialize(views, Some(notes))
}

/// Reads a checkpoint of the training that `setting` says.
///
/// # Errors
/// [`Unfit`].
pub fn load(path: &Path, setting: &Setting) -> Result<Checkpoint, Unfit> {
    let (task, _) =
        setting.start().map_err(|error| foreign(error.to_string()))?;
    let read = at_most(path, 8 * task.parameters.count() as u64 + NOTES_ROOM)?;
    let (_, header) = SafeTensors::read_metadata(&read)?;
    let notes = header.metadata().as_ref().and_then(|all| all.get(NOTES));
    let notes = notes.ok_or_else(|| foreign("it has no notes of ours"))?;
    let notes: HashMap<&str, &str> =
        notes.split(' ').filter_map(|note| note.split_once('=')).collect();
    let note = |fact: &str| notes.get(fact).copied().unwrap_or("nothing");
    for (fact, expected) in setting.facts() {
        let found = note(fact).to_owned();
        if found != expected {
            return Err(Unfit::OtherRun { fact, found, expected });
        }
    }
    let step = note("step").parse();
    let step = step.map_err(|_| foreign("it does not say its step"))?;
    if step > setting.steps {
        return Err(Unfit::Further { found: step, asked: setting.steps });
    }
    let loss = u64::from_str_radix(note("loss"), 16);
    let loss = loss.map_err(|_| foreign("it does not say its loss"))?;
    let parameters = parameters(&read, &task.parameters)?;
    Ok(Checkpoint { step, loss: f64::from_bits(loss), parameters })
}

/// How much a file may hold besides its numbers.
const NOTES_ROOM: u64 = 1 << 16;

/// A file; of one that is far too large no more than could be of use.
fn at_most(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut read = Vec::new();
    File::open(path)?.take(most).read_to_end(&mut read)?;
    Ok(read)
}

/// The parameters in a file of bytes, which have the shapes of these.
///
/// # Errors
/// [`Unfit::Format`] and [`Unfit::Foreign`].
pub fn parameters(
    bytes: &[u8],
    like: &Parameters,
) -> Result<Parameters, Unfit> {
    let file = SafeTensors::deserialize(bytes)?;
    let mut layers = Vec::new();
    for (l, layer) in like.layers().iter().enumerate() {
        let matrix = |what: &str, shape: &[usize]| {
            let name = format!("layers.{l}.{what}");
            let tensor = file.tensor(&name)?;
            if (tensor.dtype(), tensor.shape()) != (Dtype::F64, shape) {
                return Err(foreign(format!(
                    "{name} is {:?} {:?}, and not F64 {shape:?}",
                    tensor.dtype(),
                    tensor.shape()
                )));
            }
            let values = tensor.data().as_chunks::<8>().0.iter();
            let values = values.map(|bytes| f64::from_le_bytes(*bytes));
            let columns = shape.get(1).copied().unwrap_or(1);
            Array2::from_shape_vec((shape[0], columns), values.collect())
                .map_err(|error| foreign(error.to_string()))
        };
        let (out, inputs) = layer.weights.dim();
        let weights = matrix("weight", &[out, inputs])?;
        layers.push(Layer { weights, bias: matrix("bias", &[out])? });
    }
    if file.len() != 2 * layers.len() {
        return Err(foreign(format!("{} tensors in it", file.len())));
    }
    Parameters::from_layers(layers).map_err(|error| foreign(error.to_string()))
}

fn foreign(what: impl Into<String>) -> Unfit {
    Unfit::Foreign(what.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Words {
        #[command(flatten)]
        setting: Setting,
    }

    fn setting(words: &str) -> Setting {
        let words = ["x"].into_iter().chain(words.split_whitespace());
        Words::parse_from(words).setting
    }

    fn start(setting: &Setting) -> Checkpoint {
        let (task, _) = setting.start().expect("a start");
        Checkpoint { step: 7, loss: 0.1, parameters: task.parameters }
    }

    #[test]
    fn what_is_written_is_read_back_bit_by_bit() {
        let folder = tempfile::tempdir().expect("a folder");
        for words in ["", "--task spirals --hidden 5,4,3 --drop-prob 0"] {
            let (path, setting) =
                (folder.path().join("a.safetensors"), setting(words));
            let written = start(&setting);
            save(&path, &written, &setting).expect("written");
            let bytes = fs::read(&path).expect("a file");
            assert_eq!(load(&path, &setting).expect("read"), written);
            save(&path, &written, &setting).expect("written again");
            assert_eq!(fs::read(&path).expect("a file"), bytes);
            let files = fs::read_dir(folder.path()).expect("a folder");
            assert_eq!(files.count(), 1, "nothing else is left");
        }
    }

    #[test]
    fn a_file_that_does_not_fit_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.safetensors");
        let ours = setting("");
        save(&path, &start(&ours), &ours).expect("written");
        let whole = fs::read(&path).expect("a file");
        let refused = |bytes: &[u8], setting: &Setting| {
            fs::write(&path, bytes).expect("written");
            load(&path, setting).expect_err("refused").to_string()
        };
        for cut in [0, 7, 8, 40, whole.len() / 2, whole.len() - 1] {
            let said = refused(&whole[..cut], &ours);
            assert!(said.starts_with("no safetensors file"), "{cut}: {said}");
        }
        assert!(refused(b"hello, this is a text", &ours).starts_with("no saf"));
        assert_eq!(
            refused(&whole, &setting("--seed 3")),
            "a checkpoint of another run: seed 0 there, 3 here"
        );
        assert_eq!(
            refused(&whole, &setting("--hidden 24")),
            "a checkpoint of another run: hidden 25 there, 24 here"
        );
        assert_eq!(
            refused(&whole, &setting("--steps 6")),
            "7 steps are in it, and 6 are asked for"
        );
        let tensor = TensorView::new(Dtype::F64, vec![1], &[0; 8]);
        let strange =
            safetensors::serialize([("a", tensor.expect("a tensor"))], None);
        assert_eq!(
            refused(&strange.expect("a file"), &ours),
            "no checkpoint of this program: it has no notes of ours"
        );
        let missing = load(&folder.path().join("b"), &ours).expect_err("none");
        assert!(matches!(missing, Unfit::Io(_)), "{missing}");
    }

    #[test]
    fn the_old_file_survives_a_new_one_that_fails() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, setting) = (folder.path().join("a"), setting(""));
        let old = start(&setting);
        save(&path, &old, &setting).expect("written");
        fs::create_dir(aside(&path)).expect("something in the way");
        let new = Checkpoint { step: 8, ..old.clone() };
        assert!(matches!(save(&path, &new, &setting), Err(Unfit::Io(_))));
        assert_eq!(load(&path, &setting).expect("read"), old);
    }
}
