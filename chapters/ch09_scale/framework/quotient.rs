//! What a comparison in 64 bits has found: a gradient that passes through 32.

use std::io::Write;

use burn::tensor::{DType, Device, Tensor};
use chapters::cli::Outcome;

/// The number that is divided by.
const DIVISOR: f64 = 192.0;

/// The slope of x/192 and of x·(1/192), as burn finds them.
pub fn print(out: &mut dyn Write, device: &Device) -> Outcome {
    let device = device.clone().autodiff();
    let slope = |f: &dyn Fn(Tensor<1>) -> Tensor<1>| {
        let x = Tensor::<1>::ones([1], (&device, DType::F64)).require_grad();
        let gradients = f(x.clone()).backward();
        x.grad(&gradients).map_or(f64::NAN, |it| it.into_scalar())
    };
    // ANCHOR: quotient
    let divided = slope(&|x| x / DIVISOR);
    let multiplied = slope(&|x| x * (1.0 / DIVISOR));
    // ANCHOR_END: quotient
    writeln!(out, "the slope of x / {DIVISOR}, in 64 bits")?;
    for (name, slope) in [("x / 192", divided), ("x * (1 / 192)", multiplied)] {
        let apart = (slope * DIVISOR - 1.0).abs();
        let apart =
            if apart == 0.0 { "none".into() } else { format!("{apart:.1e}") };
        writeln!(out, "{name:<14} {slope:<22} relative error {apart}")?;
    }
    let single = f64::from((1.0 / DIVISOR) as f32);
    writeln!(out, "1/192 in 32 bits: {single}")?;
    Ok(())
}
