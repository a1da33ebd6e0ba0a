//! An activation of one's own: ln(1+eᶻ).

use chainrule::libm;
use chapters::plain::{self, Activation};

use crate::Verdict;
use crate::compare::{close, pair};
use crate::settings::{network, train, wave};

/// Holds the value against the formula, the slope against differences of the
/// value, and then trains a network with both.
pub fn judge(value: fn(f64) -> f64, slope: fn(f64) -> f64) -> Verdict {
    for z in [0.0, 1.0, -2.0, 30.0, -20.0, 1000.0, -1000.0] {
        let (yours, right) = (value(z), softplus(z));
        if !close(yours, right, 1e-12 * right.max(1e-3)) {
            let why = match yours.is_finite() {
                true => "",
                false => {
                    ". eᶻ overflows: ln(1+eᶻ) is z + ln(1+e⁻ᶻ), and for one \
                     sign of z each is safe"
                }
            };
            let (told, right) = pair(yours, right);
            return Err(format!(
                "f({z}) is {told}, and should be {right}{why}"
            ));
        }
    }
    for z in [0.0, 1.0, -2.0, 3.0] {
        let (a, h) = (value(z), 1e-5);
        let measured = (value(z + h) - value(z - h)) / (2.0 * h);
        let yours = slope(a);
        if !close(yours, measured, 1e-8) {
            let sigmoid = (plain::SIGMOID.f)(a);
            let why = match () {
                () if (yours - sigmoid).abs() < 1e-9 => {
                    ". σ(z) is right and σ(a) is not: tell it by a"
                }
                () if (yours - a * (1.0 - a)).abs() < 1e-9 => {
                    ". That is the sigmoid's slope"
                }
                () => "",
            };
            let (told, measured) = pair(yours, measured);
            return Err(format!(
                "where a is {a:.3} the slope is {told}; moving z a little says \
                 {measured}{why}"
            ));
        }
    }
    let activation = Activation { f: value, slope };
    let (x, y) = wave(20);
    // So wide that a unit can bend between two samples.
    let x = x.mapv(|x| 6.0 * x - 3.0);
    let mut layers = network(&[1, 12, 1], 1);
    let (first, last) = train(&mut layers, 3000, |layers| {
        let pass = plain::forward(layers, activation, &[], &x);
        let gradient = plain::backward(layers, activation, &[], &pass, &y);
        plain::update(layers, &gradient, 0.005);
        plain::mse(pass.output(), &y)
    });
    Ok(format!(
        "value and slope belong together; twelve such units take the loss on \
         a sine from {first:.0} to {last:.1} in 3000 steps."
    ))
}

/// max(0, z) + ln(1 + e^−|z|).
fn softplus(z: f64) -> f64 {
    z.max(0.0) + libm::log1p(chainrule::kernels::exp(-z.abs()))
}
