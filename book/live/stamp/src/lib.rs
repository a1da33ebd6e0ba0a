//! A mark of what is compiled into the module of the live figures.
//!
//! The build script of the module puts it into the module, and a test compares
//! it with the sources as they are: so a module that has fallen behind is
//! noticed. What the compiler does not see does not count: comments, unit
//! tests, features that the module is built without, other dependencies.

mod code;
mod packages;
mod profile;
mod sources;

use std::path::Path;
use std::{fs, io};

/// The 64-bit FNV-1a hash of what the module is made of.
///
/// `root` is the folder of the workspace. Needs neither a network nor the
/// target of WebAssembly.
///
/// # Errors
/// A file that cannot be read or is no Rust, and what cargo has to say when it
/// cannot list the dependencies.
pub fn of_module(root: &Path) -> io::Result<u64> {
    let manifest = fs::read_to_string(root.join("Cargo.toml"))?;
    let mut parts: Vec<String> =
        profile::lines(&manifest).map(str::to_owned).collect();
    for package in packages::of_module(root)? {
        let code = match &package.folder {
            Some(folder) => sources::of(folder, &package.features)?,
            None => Vec::new(),
        };
        parts.push(package.name);
        parts.extend(package.features);
        parts.extend(code);
    }
    Ok(hash(&parts))
}

fn hash(parts: &[String]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
