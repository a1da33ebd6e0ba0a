//! Tells the module which sources it is built from.

mod stamp;

use std::path::Path;

fn main() {
    let root = Path::new("../..");
    for source in stamp::SOURCES {
        println!("cargo::rerun-if-changed=../../{source}");
    }
    println!("cargo::rustc-env=SOURCES={}", stamp::of_sources(root));
}
