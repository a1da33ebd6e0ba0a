//! The portable exponential, on its own.

/// eˣ, as the activations compute it.
#[unsafe(no_mangle)]
pub extern "C" fn exponential(x: f64) -> f64 {
    chainrule::kernels::exp(x)
}
