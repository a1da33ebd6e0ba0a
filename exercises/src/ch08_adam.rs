//! Adam: every weight settles how far it goes.

use chapters::plain::{self, Layer, SIGMOID};

use crate::Verdict;
use crate::compare::{close, pair};
use crate::settings::{network, train, wave};

/// What Adam is told.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The step size η.
    pub eta: f64,
    /// The share β₁ that the mean of the slopes keeps.
    pub beta1: f64,
    /// The share β₂ that the mean of their squares keeps.
    pub beta2: f64,
    /// The ε beside the root.
    pub epsilon: f64,
}

/// An ε that can be seen, and two shares that are far apart.
const SETTINGS: Settings =
    Settings { eta: 0.5, beta1: 0.8, beta2: 0.95, epsilon: 0.125 };

/// A step: weight, both means, slope, t, settings.
type Step<'a> = &'a dyn Fn(&mut f64, &mut f64, &mut f64, f64, i32, Settings);

/// A weight with its two means.
#[derive(Clone, Copy)]
struct State {
    w: f64,
    m: f64,
    v: f64,
}

const START: State = State { w: 1.0, m: 0.0, v: 0.0 };

/// Holds four steps against the formula, then one without a slope, and then
/// trains.
pub fn judge(
    yours: impl Fn(&mut f64, &mut f64, &mut f64, f64, i32, Settings),
) -> Verdict {
    let mut before = START;
    for (g, t) in [2.0, -0.5, 1.5, -3.0].into_iter().zip(1..) {
        before = one(&yours, before, g, t)?;
    }
    one(&yours, START, 0.0, 1)?;
    let settings =
        Settings { eta: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
    let (first, last) = trained(&yours, settings);
    Ok(format!(
        "four steps are the formula's, and without a slope nothing moves. \
         1000 steps on a sine at η = 0.1 take the loss from {first:.0} to \
         {last:.1}."
    ))
}

/// Holds one step against the formula; returns where it leads.
fn one(
    yours: Step<'_>,
    before: State,
    g: f64,
    t: i32,
) -> Result<State, String> {
    let mut found = before;
    yours(&mut found.w, &mut found.m, &mut found.v, g, t, SETTINGS);
    let right = by_the_formula(before, g, t);
    let off = |name, yours, right, why: &str| {
        let (yours, right) = pair(yours, right);
        Err(format!(
            "after step {t}, with a slope of {g}, {name} is {yours}; the \
             formula says {right}{why}"
        )
        .replace(" -", " −"))
    };
    if !near(found.m, right.m) {
        return off("m", found.m, right.m, of_m(found.m, before, g, t));
    }
    if !near(found.v, right.v) {
        return off("v", found.v, right.v, of_v(found.v, before, g, t));
    }
    if !near(found.w, right.w) {
        return off("w", found.w, right.w, of_w(found.w, before, right, t));
    }
    Ok(found)
}

fn near(a: f64, b: f64) -> bool {
    close(a, b, 1e-9 * b.abs().max(1e-3))
}

fn by_the_formula(State { w, m, v }: State, g: f64, t: i32) -> State {
    let Settings { eta, beta1, beta2, epsilon } = SETTINGS;
    let m = mean(beta1, m, g);
    let v = mean(beta2, v, g * g);
    let step = without_fault(m, beta1, t)
        / (without_fault(v, beta2, t).sqrt() + epsilon);
    State { w: w - eta * step, m, v }
}

/// β·m + (1−β)·g.
fn mean(beta: f64, m: f64, g: f64) -> f64 {
    beta * m + (1.0 - beta) * g
}

/// m/(1−βᵗ).
fn without_fault(m: f64, beta: f64, t: i32) -> f64 {
    m / (1.0 - beta.powi(t))
}

/// Why m is off, where it can be seen.
fn of_m(m: f64, before: State, g: f64, t: i32) -> &'static str {
    let Settings { beta1, beta2, .. } = SETTINGS;
    let right = mean(beta1, before.m, g);
    match () {
        () if near(m, mean(beta2, before.m, g)) => ". Are β₁ and β₂ exchanged?",
        () if t == 1 && near(m, g) => {
            ". Either g is taken whole, where a mean takes it in by 1−β₁, or \
             this is m̂, which belongs in a variable"
        }
        () if near(m, beta1 * before.m + g) => {
            ". g is taken whole: a mean takes it in by 1−β₁"
        }
        () if near(m, without_fault(right, beta1, t)) => {
            ". That is m̂: keep m as it is for the next step, and m̂ in a \
             variable"
        }
        () if near(m, (1.0 - beta1) * g) => {
            ". Is m forgotten from step to step?"
        }
        () if near(m, (1.0 - beta1) * before.m + beta1 * g) => {
            ". β₁ is the share that m keeps; g comes in by 1−β₁"
        }
        () if near(m, before.m) => ". m has not changed",
        () => "",
    }
}

/// Why v is off, where it can be seen.
fn of_v(v: f64, before: State, g: f64, t: i32) -> &'static str {
    let Settings { beta1, beta2, .. } = SETTINGS;
    let right = mean(beta2, before.v, g * g);
    match () {
        () if near(v, mean(beta1, before.v, g * g)) => {
            ". Are β₁ and β₂ exchanged?"
        }
        () if near(v, mean(beta2, before.v, g)) => {
            ". v is the mean of the squares: g is not squared"
        }
        () if t == 1 && near(v, g * g) => {
            ". Either g² is taken whole, where a mean takes it in by 1−β₂, or \
             this is v̂, which belongs in a variable"
        }
        () if near(v, beta2 * before.v + g * g) => {
            ". g² is taken whole: a mean takes it in by 1−β₂"
        }
        () if near(v, without_fault(right, beta2, t)) => {
            ". That is v̂: keep v as it is for the next step, and v̂ in a \
             variable"
        }
        () if near(v, (1.0 - beta2) * g * g) => {
            ". Is v forgotten from step to step?"
        }
        () if near(v, (1.0 - beta2) * before.v + beta2 * g * g) => {
            ". β₂ is the share that v keeps; g² comes in by 1−β₂"
        }
        () if near(v, before.v) => ". v has not changed",
        () => "",
    }
}

/// Why w is off though both means are right, where it can be seen.
fn of_w(
    w: f64,
    before: State,
    State { m, v, .. }: State,
    t: i32,
) -> &'static str {
    let Settings { eta, beta1, beta2, epsilon } = SETTINGS;
    let at = |t| (without_fault(m, beta1, t), without_fault(v, beta2, t));
    let (m_hat, v_hat) = at(t);
    let is = |step: f64| near(w, before.w - eta * step);
    let rule = |(m, v): (f64, f64)| m / (v.sqrt() + epsilon);
    match () {
        () if is(rule((m, v))) => {
            ". The bias correction is missing: m and v began at 0 and are too \
             small, m̂ = m/(1−β₁ᵗ) and v̂ = v/(1−β₂ᵗ) are not"
        }
        () if is(rule((m, v_hat))) => {
            ". The bias correction of m is missing: m̂ = m/(1−β₁ᵗ)"
        }
        () if is(rule((m_hat, v))) => {
            ". The bias correction of v is missing: v̂ = v/(1−β₂ᵗ)"
        }
        () if is(m_hat / (v_hat + epsilon)) => {
            ". The square root is missing: v̂ is a mean of squares, and √v̂ is \
             as large as a slope"
        }
        () if is(m_hat / (v_hat + epsilon).sqrt()) => {
            ". ε is inside the root: it stands beside, √v̂ + ε"
        }
        () if is(m_hat / v_hat.sqrt()) => ". ε is missing",
        () if is(-rule((m_hat, v_hat))) => ". That is uphill",
        () if is(rule((m_hat, v_hat)) / eta) => ". η is missing",
        () if is(rule((
            without_fault(m, beta2, t),
            without_fault(v, beta1, t),
        ))) =>
        {
            ". Are β₁ and β₂ exchanged in the bias correction?"
        }
        () if t > 1 && is(rule(at(1))) => {
            ". The bias correction is that of step 1: βᵗ shrinks with t"
        }
        () if is(rule(at(t + 1))) || is(rule(at(t - 1))) => {
            ". t counts the steps from 1, and the first divides by 1−β¹"
        }
        () if w.is_nan() && v == 0.0 => {
            ". Without a slope √v̂ is 0, and 0/0 is no number: ε is what \
             prevents that"
        }
        () if w.is_nan() && t == 1 => {
            ". Is something divided by 1−β⁰, which is 0? t counts from 1"
        }
        () if near(w, before.w) => ". w has not moved",
        () => "",
    }
}

/// The first loss and the last of 1000 steps on a sine.
fn trained(step: Step<'_>, settings: Settings) -> (f64, f64) {
    let (x, y) = wave(20);
    let mut layers = network(&[1, 6, 1], 5);
    let mut means = vec![[0.0; 2]; values(&mut layers).count()];
    let mut t = 0;
    train(&mut layers, 1000, |layers| {
        let pass = plain::forward(layers, SIGMOID, &[], &x);
        let mut slopes = plain::backward(layers, SIGMOID, &[], &pass, &y);
        t += 1;
        let slopes = values(&mut slopes);
        for ((w, g), [m, v]) in values(layers).zip(slopes).zip(&mut means) {
            step(w, m, v, *g, t, settings);
        }
        plain::mse(pass.output(), &y)
    })
}

/// Every number of these layers.
fn values(layers: &mut [Layer]) -> impl Iterator<Item = &mut f64> {
    layers.iter_mut().flat_map(|l| l.w.iter_mut().chain(&mut l.b))
}
