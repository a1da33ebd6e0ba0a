//! The portable exponential, on its own.

/// eˣ, as the activations compute it.
#[unsafe(no_mangle)]
pub extern "C" fn arithmetic_exp(x: f64) -> f64 {
    chainrule::arithmetic::exp(x)
}
