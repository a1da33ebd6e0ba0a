//! Which sources the module was built from.

/// The mark that `build.rs` has taken of them (see `stamp/`).
const SOURCES: &str = env!("SOURCES");

/// The mark, as a number of 64 bits.
#[unsafe(no_mangle)]
pub extern "C" fn sources() -> u64 {
    SOURCES.parse().unwrap_or_default()
}
