//! Tells the module what it is built from.

use std::io;
use std::path::Path;

fn main() -> io::Result<()> {
    for source in ["Cargo.toml", "Cargo.lock", "src"] {
        println!("cargo::rerun-if-changed=../../{source}");
    }
    for source in ["Cargo.toml", "src"] {
        println!("cargo::rerun-if-changed={source}");
    }
    let mark = chainrule_stamp::of_module(Path::new("../.."))?;
    println!("cargo::rustc-env=SOURCES={mark}");
    Ok(())
}
