//! The gate of the book: the real one has no faults, and every planted fault is found.

mod built;
mod excerpts;
mod figures;
mod files;
mod markdown;
mod practice;
mod size;
mod small_book;
mod tables;

use std::path::Path;

#[test]
fn the_book_has_no_faults() {
    let faults = small_book::found(Path::new(env!("CARGO_MANIFEST_DIR")));
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
