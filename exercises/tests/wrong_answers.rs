//! What is not a number, has another shape or stops is refused by every judge,
//! and never by a panic; common mistakes that the gallery does not have are
//! told.

use exercises::ch08_adam::Settings;
use exercises::given::*;
use exercises::*;

/// The verdict of a judge under which nothing may escape.
fn refused(judge: impl FnOnce() -> Verdict) -> String {
    verdict(judge).expect_err("a wrong answer is refused")
}

fn says(judge: impl FnOnce() -> Verdict, what: &str) {
    let told = refused(judge);
    assert!(told.contains(what), "{told:?} does not say {what:?}");
}

fn nan_like(layers: &[Layer]) -> Vec<Layer> {
    let nan = |m: &Matrix| Matrix::from_elem(m.dim(), f64::NAN);
    layers.iter().map(|l| Layer { w: nan(&l.w), b: nan(&l.b) }).collect()
}

fn no_matrix() -> Matrix {
    Matrix::zeros((0, 0))
}

fn sigmoid_pass(layers: &[Layer], x: &Matrix) -> Pass {
    forward(layers, SIGMOID, &[], x)
}

#[test]
fn a_nan_is_no_answer() {
    let nan = f64::NAN;
    let of = |m: &Matrix| Matrix::from_elem(m.dim(), nan);
    says(
        || ch01_scale::judge(|_, kept, _| if kept { nan } else { 0.0 }),
        "NaN",
    );
    says(|| ch01_scale::judge(|_, _, _| nan), "NaN");
    says(|| ch02_sigmoid::judge(|_| nan, |_| nan), "NaN");
    says(|| ch02_sigmoid::judge(SIGMOID.f, |_| nan), "NaN");
    says(
        || ch02_weighted_sum::judge(|w, a, b| of(&affine(w, a, b))),
        "z[1,1] is NaN",
    );
    says(
        || {
            ch02_forward::judge(|layers, x| {
                let mut pass = sigmoid_pass(layers, x);
                pass.a[1].fill(nan);
                pass
            })
        },
        "a1[1,1] is NaN",
    );
    says(|| ch02_loss::judge(|_, _| nan, cost), "mse is NaN");
    says(|| ch02_loss::judge(mse, |_, _| nan), "the cost is NaN");
    says(|| ch02_output_error::judge(|a, _| of(a)), "dz[1,1] is NaN");
    says(
        || ch02_sum_rule::judge(|w, dz| of(&transposed_product(w, dz))),
        "da[1] is NaN",
    );
    says(
        || ch02_gradient::judge(|dz, a| nan_like(&[gradient(dz, a)]).remove(0)),
        "dw[1,1] is NaN",
    );
    says(
        || ch02_backward::judge(|layers, _, _| nan_like(layers)),
        "dw1[1,1] is NaN",
    );
    says(
        || ch02_step::judge(|layers, _, _| layers[0].b[[0, 0]] = nan),
        "b1[1] is NaN",
    );
    says(
        || ch02_momentum::judge(|layers, _, _, _, _| layers[1].b[[0, 0]] = nan),
        "b2[1] is NaN",
    );
    says(|| ch08_adam::judge(|_, m, _, _, _, _| *m = nan), "m is NaN");
    says(
        || ch03_any_depth::judge(|layers, _, _, _| nan_like(layers)),
        "dw1[1,1] is NaN",
    );
    says(|| ch03_softplus::judge(|_| f64::NAN, |_| f64::NAN), "NaN");
    says(
        || {
            ch04_masks::judge(|_, _, m, _| {
                vec![Matrix::from_elem((16, m), nan); 2]
            })
        },
        "mask 1[1,1] is NaN",
    );
    says(
        || ch04_dropout_backward::judge(|layers, _, _, _| nan_like(layers)),
        "dw1[1,1] is NaN",
    );
    says(|| ch04_softmax::judge(of, |_, _| nan, |_, y| of(y)), "q[1,1] is NaN");
    says(
        || ch05_frozen_mask::judge(|_, draw, _| draw().len() as f64 * nan),
        "NaN",
    );
    says(
        || ch05_mend_order::judge(|layers, _, _, _| layers[0].w[[0, 0]] = nan),
        "w1[1,1] is NaN",
    );
    says(
        || {
            ch05_mend_answer::judge(|_, _, x, _| {
                Matrix::from_elem((1, x.ncols()), nan)
            })
        },
        "NaN",
    );
    says(
        || {
            ch05_mend_start::judge(|sizes, rng| {
                let start = chainrule::Parameters::xavier(sizes, rng);
                nan_like(&chapters::plain::layers(&start.expect("sizes")))
            })
        },
        "w1[1] is NaN",
    );
    says(
        || ch06_welford::judge(|running, _| running.t += 1, |_| f64::NAN),
        "the mean is",
    );
    says(
        || ch07_own_program::judge(|_, _, _, steps, _| vec![nan; steps + 1]),
        "the first loss is NaN",
    );
}

#[test]
fn another_shape_is_no_answer() {
    says(|| ch01_mask::judge(|_, _, _| vec![]), "has 0 entries");
    says(
        || ch02_weighted_sum::judge(|w, a, b| affine(w, a, b).reversed_axes()),
        "it is the transpose",
    );
    says(
        || {
            ch02_forward::judge(|layers, x| {
                let mut pass = sigmoid_pass(layers, x);
                pass.a.remove(0);
                pass
            })
        },
        "a has 3 matrices, and 4 were expected",
    );
    says(|| ch02_output_error::judge(|_, _| no_matrix()), "dz is 0×0");
    says(|| ch02_sum_rule::judge(|_, _| no_matrix()), "da is 0×0");
    says(
        || {
            ch02_gradient::judge(|_, _| Layer {
                w: no_matrix(),
                b: no_matrix(),
            })
        },
        "dw is 0×0, and 3×2 was expected",
    );
    says(|| ch02_backward::judge(|_, _, _| vec![]), "0 layers came back");
    says(
        || {
            ch02_backward::judge(|layers, pass, y| {
                let mut found = backward(layers, SIGMOID, &[], pass, y);
                found.reverse();
                found
            })
        },
        "from the last to the first?",
    );
    says(|| ch03_any_depth::judge(|_, _, _, _| vec![]), "0 layers came back");
    says(|| ch04_masks::judge(|_, _, _, _| vec![]), "0 masks came back");
    says(
        || ch04_masks::judge(|_, _, _, _| vec![no_matrix(); 2]),
        "mask 1 is 0×0",
    );
    says(
        || {
            ch04_dropout_forward::judge(|_, _, x| Pass {
                a: vec![x.clone()],
                handed_on: vec![],
            })
        },
        "a has 1 matrices",
    );
    says(
        || ch04_softmax::judge(|_| no_matrix(), |_, _| 0.0, |_, _| no_matrix()),
        "q is 0×0",
    );
    says(|| ch05_mend_answer::judge(|_, _, _, _| no_matrix()), "is 0×0");
    says(|| ch05_mend_start::judge(|_, _| vec![]), "0 layers came back");
    says(
        || ch07_own_program::judge(|_, _, _, _, _| vec![]),
        "0 losses came back, and 4001 were expected",
    );
}

#[test]
fn what_stops_is_told_and_shows_no_trace() {
    let list: Vec<f64> = vec![];
    says(
        || ch02_sigmoid::judge(|_| list[3], |_| 0.0),
        "your code stopped: index out of bounds",
    );
    says(
        || ch02_weighted_sum::judge(|w, a, _| a.dot(w)),
        "your code stopped: ",
    );
    says(
        || ch02_step::judge(|_, _, _| todo!("w and b")),
        "nothing is written, where this goes: w and b",
    );
    says(|| ch02_step::judge(|_, _, _| unimplemented!()), "your code stopped");
}

#[test]
fn common_mistakes_are_told() {
    let m_times = |factor: f64| {
        move |layers: &[Layer], pass: &Pass, y: &Matrix| {
            let right = backward(layers, SIGMOID, &[], pass, y);
            let scale = |l: Layer| Layer { w: factor * l.w, b: factor * l.b };
            right.into_iter().map(scale).collect::<Vec<_>>()
        }
    };
    let with_slope = |slope: fn(f64) -> f64| {
        move |layers: &[Layer], pass: &Pass, y: &Matrix| {
            let bent = Activation { slope, ..SIGMOID };
            backward(layers, bent, &[], pass, y)
        }
    };
    says(
        || ch02_backward::judge(with_slope(|_| 1.0)),
        "Is the slope f′ missing?",
    );
    says(|| ch02_backward::judge(m_times(-1.0)), "the wrong way round?");
    says(|| ch02_backward::judge(m_times(5.0)), "1/m, missing?");
    says(|| ch02_backward::judge(m_times(0.2)), "Is 1/m applied twice?");
    says(|| ch02_backward::judge(m_times(2.0)), "twice the slope of J");
    says(
        || ch02_backward::judge(with_slope(|_| 0.0)),
        "Has the error gone below the output layer?",
    );
    // A mistake that is none of those has its numbers all the same.
    let told = refused(|| ch02_backward::judge(with_slope(|a| a)));
    assert!(told.contains("; central differences say "), "{told}");
    says(
        || ch01_scale::judge(|x, kept, _| if kept { x } else { 0.0 }),
        "missing?",
    );
    says(
        || ch01_scale::judge(|x, kept, p| f64::from(kept) * x / (1.0 - p)),
        "a dropped infinity becomes NaN",
    );
    says(
        || ch02_weighted_sum::judge(|w, a, _| w.dot(a)),
        "Is the bias missing?",
    );
    says(
        || {
            ch02_forward::judge(|layers, x| {
                let mut pass = sigmoid_pass(layers, x);
                let last = pass.a.len() - 1;
                pass.a[last].mapv_inplace(SIGMOID.f);
                pass
            })
        },
        "The output is not bent",
    );
    says(|| ch02_loss::judge(mse, |a, y| 2.0 * cost(a, y)), "factor-two");
    says(|| ch02_output_error::judge(|a, y| y - a), "the wrong way round?");
    says(
        || ch02_output_error::judge(|a, y| (a - y) / y.ncols() as f64),
        "comes later",
    );
    says(|| ch02_sum_rule::judge(|w, dz| w.dot(dz)), "That is w·dz");
    says(
        || {
            ch02_sum_rule::judge(|w, dz| {
                let (w, dz) = (w.row(0), dz.row(0));
                Matrix::from_shape_fn((w.len(), dz.len()), |(j, s)| {
                    w[j] * dz[s]
                })
            })
        },
        "are both terms there?",
    );
    says(
        || {
            ch02_step::judge(|layers, gradients, learning_rate| {
                update(layers, gradients, -learning_rate);
            })
        },
        "That is uphill",
    );
    says(
        || {
            ch02_momentum::judge(|layers, _, gradients, learning_rate, _| {
                update(layers, gradients, learning_rate);
            })
        },
        "Is the velocity forgotten",
    );
    says(
        || ch03_softplus::judge(|z| libm::log1p(exp(z)), |a| 1.0 - exp(-a)),
        "eᶻ overflows",
    );
    says(
        || {
            ch03_softplus::judge(
                |z| z.max(0.0) + libm::log1p(exp(-z.abs())),
                SIGMOID.f,
            )
        },
        "tell it by a",
    );
    says(
        || {
            ch04_dropout_forward::judge(|layers, masks, x| {
                let mut pass = forward(layers, SIGMOID, masks, x);
                pass.a = pass.handed_on.clone();
                pass
            })
        },
        "a itself is gone",
    );
    says(
        || {
            ch04_dropout_backward::judge(|layers, masks, pass, y| {
                let (a, handed_on) = (pass.a.clone(), pass.a.clone());
                backward(layers, SIGMOID, masks, &Pass { a, handed_on }, y)
            })
        },
        "Does dw read a, where the layer read ã?",
    );
    says(
        || ch05_central_differences::judge(|_, _, _| true),
        "it accepts a gradient of zeros",
    );
    says(
        || ch05_central_differences::judge(|_, _, _| false),
        "it refuses the right gradient",
    );
    says(
        || {
            ch05_frozen_mask::judge(|cost, _, h| {
                (cost(h, &[]) - cost(-h, &[])) / 2.0 / h
            })
        },
        "no mask was drawn",
    );
    says(
        || {
            ch05_mend_answer::judge(|layers, p, x, _| {
                (1.0 - p) * sigmoid_pass(layers, x).output()
            })
        },
        "nothing is left to be scaled",
    );
    let include = |running: &mut ch06_welford::Running, a: f64| {
        running.t += 1;
        let before = a - running.mean;
        running.mean += before / running.t as f64;
        running.squares += before * (a - running.mean);
    };
    says(
        || ch06_welford::judge(include, |it| (it.squares / it.t as f64).sqrt()),
        "Divide by t − 1",
    );
}

/// Two judges of one's own that look right, and are not.
#[test]
fn a_judge_with_a_fixed_bound_or_a_blind_eye_is_told() {
    let slopes = |theta: &[f64], cost: &dyn Fn(&[f64]) -> f64| -> Vec<f64> {
        let moved = |i: usize, by: f64| {
            let mut theta = theta.to_vec();
            theta[i] += by;
            cost(&theta)
        };
        let all = 0..theta.len();
        all.map(|i| (moved(i, 1e-5) - moved(i, -1e-5)) / 2e-5).collect()
    };
    says(
        || {
            ch05_central_differences::judge(|theta, gradient, cost| {
                let slow = slopes(theta, cost);
                let pairs = slow.iter().zip(gradient);
                gradient.len() == slow.len()
                    && pairs.map(|(a, b)| (a - b).abs()).all(|off| off < 1e-6)
            })
        },
        "small beside the gradient",
    );
    says(
        || {
            ch05_central_differences::judge(|theta, gradient, cost| {
                let slow = slopes(theta, cost);
                let largest =
                    |v: &[f64]| v.iter().fold(0.0_f64, |m, g| m.max(g.abs()));
                let off: Vec<f64> =
                    slow.iter().zip(gradient).map(|(a, b)| a - b).collect();
                // A NaN is never the largest.
                gradient.len() == slow.len()
                    && largest(&off) < 1e-6 * largest(&slow)
            })
        },
        "NaN",
    );
}

/// Adam with one thing about it changed.
struct Wrong {
    betas: fn(Settings) -> (f64, f64),
    square: fn(f64) -> f64,
    /// m, v, and what they are divided by.
    hats: fn(f64, f64, [f64; 2]) -> (f64, f64),
    ratio: fn(f64, f64, f64) -> f64,
}

const ADAM: Wrong = Wrong {
    betas: |set| (set.beta1, set.beta2),
    square: |g| g * g,
    hats: |m, v, [by1, by2]| (m / by1, v / by2),
    ratio: |m, v, epsilon| m / (v.sqrt() + epsilon),
};

impl Wrong {
    fn verdict(&self) -> Verdict {
        ch08_adam::judge(|w, m, v, g, t, set| {
            let (beta1, beta2) = (self.betas)(set);
            *m = beta1 * *m + (1.0 - beta1) * g;
            *v = beta2 * *v + (1.0 - beta2) * (self.square)(g);
            let by = [1.0 - set.beta1.powi(t), 1.0 - set.beta2.powi(t)];
            let (m_hat, v_hat) = (self.hats)(*m, *v, by);
            *w -= set.eta * (self.ratio)(m_hat, v_hat, set.epsilon);
        })
    }
}

#[test]
fn mistakes_in_adam_are_told() {
    assert!(ADAM.verdict().is_ok());
    let hats = |hats| Wrong { hats, ..ADAM };
    let ratio = |ratio| Wrong { ratio, ..ADAM };
    let cases = [
        (
            Wrong { betas: |set| (set.beta2, set.beta1), ..ADAM },
            "Are β₁ and β₂ exchanged?",
        ),
        (
            Wrong { betas: |set| (1.0 - set.beta1, set.beta2), ..ADAM },
            "β₁ is the share that m keeps",
        ),
        (
            Wrong { betas: |set| (set.beta1, 1.0 - set.beta2), ..ADAM },
            "β₂ is the share that v keeps",
        ),
        (Wrong { square: |g| g, ..ADAM }, "g is not squared"),
        (hats(|m, v, _| (m, v)), "The bias correction is missing"),
        (hats(|m, v, by| (m, v / by[1])), "The bias correction of m"),
        (hats(|m, v, by| (m / by[0], v)), "The bias correction of v"),
        (
            hats(|m, v, by| (m / by[1], v / by[0])),
            "exchanged in the bias correction",
        ),
        (ratio(|m, v, epsilon| m / (v + epsilon)), "The square root"),
        (ratio(|m, v, epsilon| m / (v + epsilon).sqrt()), "inside the root"),
        (ratio(|m, v, _| m / v.sqrt()), "ε is missing"),
        (ratio(|m, v, e| -m / (v.sqrt() + e)), "That is uphill"),
        (ratio(|_, _, _| 0.0), "w has not moved"),
    ];
    for (wrong, what) in cases {
        says(|| wrong.verdict(), what);
    }
}

#[test]
fn what_adam_forgets_or_keeps_too_much_of_is_told() {
    let right = |w: &mut f64, m: f64, v: f64, t: i32, set: Settings| {
        let m_hat = m / (1.0 - set.beta1.powi(t));
        let v_hat = v / (1.0 - set.beta2.powi(t));
        *w -= set.eta * m_hat / (v_hat.sqrt() + set.epsilon);
    };
    let means = |m: f64, v: f64, g: f64, set: Settings| {
        let Settings { beta1, beta2, .. } = set;
        (beta1 * m + (1.0 - beta1) * g, beta2 * v + (1.0 - beta2) * g * g)
    };
    says(
        || {
            ch08_adam::judge(|w, m, v, g, t, set| {
                (*m, *v) = means(0.0, *v, g, set);
                right(w, *m, *v, t, set);
            })
        },
        "Is m forgotten",
    );
    says(
        || {
            ch08_adam::judge(|w, m, v, g, t, set| {
                (*m, *v) = means(*m, 0.0, g, set);
                right(w, *m, *v, t, set);
            })
        },
        "Is v forgotten",
    );
    says(
        || {
            ch08_adam::judge(|w, m, v, g, _, set| {
                (*m, *v) = means(*m, *v, g, set);
                right(w, *m, *v, 1, set);
            })
        },
        "βᵗ shrinks with t",
    );
    says(
        || {
            ch08_adam::judge(|w, m, v, g, t, set| {
                (*m, *v) = means(*m, *v, g, set);
                right(w, *m, *v, t - 1, set);
            })
        },
        "t counts from 1",
    );
    says(
        || {
            ch08_adam::judge(|_, m, _, g, _, set| {
                *m = set.beta1 * *m + g;
            })
        },
        "g is taken whole",
    );
    says(
        || {
            ch08_adam::judge(|_, m, v, g, t, set| {
                (*m, *v) = means(*m, *v, g, set);
                *v /= 1.0 - set.beta2.powi(t);
            })
        },
        "this is v̂",
    );
    says(|| ch08_adam::judge(|_, _, _, _, _, _| ()), "m has not changed");
}

/// A program with its sums in another order is right, and not to the last digit.
#[test]
fn another_order_of_a_sum_is_told_as_that() {
    says(
        || {
            ch07_own_program::judge(|mut layers, x, y, steps, learning_rate| {
                let backwards = |m: &Matrix| {
                    let columns = (0..m.ncols()).rev().collect::<Vec<_>>();
                    m.select(ndarray::Axis(1), &columns)
                };
                let (x, y) = (backwards(x), backwards(y));
                let mut losses = vec![];
                for _ in 0..=steps {
                    let pass = sigmoid_pass(&layers, &x);
                    losses.push(mse(pass.output(), &y));
                    let found = backward(&layers, SIGMOID, &[], &pass, &y);
                    update(&mut layers, &found, learning_rate);
                }
                losses
            })
        },
        "The mathematics is right; a sum has another order",
    );
}
