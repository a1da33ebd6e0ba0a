//! The files that the module reads: of a run, which these tests write, and of
//! weights.

use std::path::Path;

use chainrule::{ChaCha8Rng, Parameters};

#[path = "../../book/live/examples/expected/weights.rs"]
mod weights;
pub use weights::network_in;

/// A run after so many steps: its generator and its network, and what else the
/// figure keeps of it.
pub fn run_file(
    steps: u64,
    rng: &ChaCha8Rng,
    network: &Parameters,
    rest: &[f64],
) -> Vec<u8> {
    let drawn = rng.get_word_pos() as u64;
    let mut network = network.clone();
    let values = network.values_mut().map(|value| *value);
    let numbers = values.chain(rest.iter().copied()).map(f64::to_bits);
    let words = [steps, drawn].into_iter().chain(numbers);
    words.flat_map(u64::to_le_bytes).collect()
}

/// What is in a file of `book/live`, if it is what it should be.
/// `WEIGHTS_UPDATE=always` writes it anew.
#[track_caller]
pub fn committed(name: &str, expected: &[u8]) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var("WEIGHTS_UPDATE").is_ok_and(|when| when == "always") {
        std::fs::write(&path, expected).expect("a file that can be written");
    }
    let found = std::fs::read(&path).expect("a file");
    assert!(found == expected, "{name} is not the chapter's run");
    found
}
