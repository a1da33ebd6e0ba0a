//! The judge is judged: every wrong gradient of the table is refused, and the
//! right one is not.
//!
//! Seen to fail with `!=` for `==` in `relative_difference`.

use chainrule::ndarray::Array2;
use chainrule::{
    Activation, Buffers, Gradients, Parameters, Result, backward,
    central_differences, cost, forward, relative_difference, seeded,
};

/// What the book's checks allow.
const ALLOWED: f64 = 1e-6;

/// The gradient of these numbers, in the shapes of a network.
///
/// Where all parameters are 0, the central difference of Σ g·θ with a power of
/// two as its step is g, to the last bit.
fn gradient(shapes: &Parameters, values: &[f64]) -> Result<Gradients> {
    let mut zero = shapes.clone();
    zero.values_mut().for_each(|value| *value = 0.0);
    central_differences(&zero, 0.5, |moved| {
        let mut moved = moved.clone();
        let terms = moved.values_mut().zip(values);
        Ok(terms.map(|(parameter, g)| *parameter * g).sum())
    })
}

/// The gradients of a network, by backward and by central differences.
fn both(
    sizes: &[usize],
    f: Activation,
) -> Result<(Parameters, [Gradients; 2])> {
    let mut rng = seeded(4);
    let parameters = Parameters::xavier(sizes, &mut rng)?;
    let noise = |rows, factor: f64| {
        Array2::from_shape_fn((rows, 6), |(i, s)| {
            chainrule::libm::sin(factor * (1 + i * 6 + s) as f64)
        })
    };
    let (x, y) = (noise(sizes[0], 1.3), noise(sizes[sizes.len() - 1], 2.9));
    let mut buffers = Buffers::new();
    let pass = forward(&parameters, f, x.view(), &mut buffers)?;
    let right = backward(pass, y.view())?.clone();
    let measured = central_differences(&parameters, 1e-5, |moved| {
        let pass = forward(moved, f, x.view(), &mut buffers)?;
        cost(pass.output(), y.view())
    })?;
    Ok((parameters, [right, measured]))
}

#[test]
fn every_wrong_gradient_is_refused() -> Result<()> {
    for sizes in [vec![2, 1], vec![3, 4, 2], vec![2, 3, 3, 1]] {
        let (shapes, [right, measured]) = both(&sizes, Activation::Tanh)?;
        let right: Vec<f64> = right.values().collect();
        let size = right.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
        let judged = |wrong: &[f64]| -> Result<f64> {
            let wrong = gradient(&shapes, wrong)?;
            let (one, other) = (
                relative_difference(&wrong, &measured),
                relative_difference(&measured, &wrong),
            );
            assert_eq!(one, other, "whichever comes first");
            Ok(one)
        };
        assert!(judged(&right)? < ALLOWED / 10.0, "the right one");

        let each = |f: &dyn Fn(f64) -> f64| -> Vec<f64> {
            right.iter().map(|&g| f(g)).collect()
        };
        let mut table = vec![
            ("all off by 1e-5", each(&|g| g * (1.0 + 1e-5))),
            ("all off by −1e-5", each(&|g| g * (1.0 - 1e-5))),
            ("the other sign", each(&|g| -g)),
            ("zero", each(&|_| 0.0)),
            ("twice", each(&|g| 2.0 * g)),
            ("huge", each(&|_| 1e308)),
            ("backwards", right.iter().rev().copied().collect()),
        ];
        for i in 0..right.len() {
            let mut one = |name, value| {
                let mut wrong = right.clone();
                wrong[i] = value;
                table.push((name, wrong));
            };
            one("one entry off by 1e-5", right[i] + 1e-5 * size);
            one("one entry off by −1e-5", right[i] - 1e-5 * size);
            if right[i].abs() > 1e-5 * size {
                one("one entry of the other sign", -right[i]);
                one("one entry zero", 0.0);
            }
        }
        for (name, wrong) in table {
            let apart = judged(&wrong)?;
            assert!(apart > ALLOWED, "{sizes:?}, {name}: {apart}");
        }
    }
    Ok(())
}

#[test]
fn relative_differences_by_hand() -> Result<()> {
    let shapes = Parameters::xavier(&[1, 1, 1], &mut seeded(0))?;
    let judged = |a: [f64; 4], b: [f64; 4]| -> Result<f64> {
        let (a, b) = (gradient(&shapes, &a)?, gradient(&shapes, &b)?);
        Ok(relative_difference(&a, &b))
    };
    let zero = [0.0; 4];
    for (a, b, expected) in [
        (zero, zero, 0.0),
        ([1.0, -2.0, 0.5, 4.0], [1.0, -2.0, 0.5, 4.0], 0.0),
        ([1.0, -2.0, 0.5, 4.0], [1.0, -1.0, 0.5, 4.0], 0.25),
        ([1.0, -2.0, 0.5, 1.0], [1.0, -1.0, 0.5, 1.0], 0.5),
        ([0.0, 0.0, 0.0, 1.0], zero, 1.0),
        (zero, [0.0, 1e-300, 0.0, 0.0], 1.0),
        ([1.0, 0.0, 0.0, 0.0], [-1.0, 0.0, 0.0, 0.0], 2.0),
        ([1e308, 0.0, 0.0, 0.0], [-1e308, 0.0, 0.0, 0.0], f64::INFINITY),
    ] {
        assert_eq!(judged(a, b)?, expected, "{a:?}, {b:?}");
    }
    Ok(())
}

#[test]
fn central_differences_of_a_polynomial() -> Result<()> {
    let mut at = Parameters::xavier(&[1, 1], &mut seeded(0))?;
    at.values_mut().zip([3.0, -2.0]).for_each(|(p, value)| *p = value);
    // J = w² + 5·w·b: the difference of a square is exact.
    let slope = central_differences(&at, 0.5, |moved| {
        let layer = &moved.layers()[0];
        let (w, b) = (layer.weights[[0, 0]], layer.bias[[0, 0]]);
        Ok(w * w + 5.0 * w * b)
    })?;
    let slope: Vec<f64> = slope.values().collect();
    assert_eq!(slope, [2.0 * 3.0 + 5.0 * -2.0, 5.0 * 3.0]);
    Ok(())
}
