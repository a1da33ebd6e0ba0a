//! Chapter 2's bowl with two weights, and three ways down.

use std::io::Write;

use chainrule::figures::{Chart, Colour, Figure};
use chainrule::{
    Activation, Adam, Error, Layer, Momentum, Network, Optimiser, Parameters,
    seeded,
};
use chapters::cli::{Failure, Folder, Outcome};
use ndarray::{Array2, array};

/// How curved the bowl is along w₁; along w₂ it is flatter.
const STEEP: f64 = 4.0;

/// How flat three bowls are along w₂: the first is chapter 2's.
const FLAT: [f64; 3] = [0.2, 0.02, 0.002];

/// Where every way begins.
const START: [f64; 2] = [1.0, 4.0];

/// The step sizes that each of them is given the choice of.
const RATES: [f64; 6] = [0.01, 0.02, 0.05, 0.1, 0.2, 0.45];

/// The steps after which it is over.
const STEPS: usize = 2000;

/// How many steps of a way are drawn.
const DRAWN: usize = 40;

/// Ways down. Descent is momentum with β = 0, bit by bit.
#[derive(Clone, Copy)]
enum Way {
    Momentum(f64),
    Adam,
}

impl Way {
    const ALL: [Way; 4] =
        [Way::Momentum(0.0), Way::Momentum(0.4), Way::Momentum(0.9), Way::Adam];

    fn name(self) -> String {
        match self {
            Way::Momentum(0.0) => "descent".to_owned(),
            Way::Momentum(beta) => format!("momentum, β = {beta}"),
            Way::Adam => "Adam".to_owned(),
        }
    }

    fn down(self, flat: f64, rate: f64, steps: usize) -> Result<Path, Error> {
        match self {
            Way::Momentum(beta) => {
                roll(&mut Momentum::new(rate, beta)?, flat, steps)
            }
            Way::Adam => roll(&mut Adam::new(rate)?, flat, steps),
        }
    }
}

/// Both weights before the first step and after each.
type Path = Vec<[f64; 2]>;

/// ½·(4·w₁² + flat·w₂²).
fn height([w1, w2]: [f64; 2], flat: f64) -> f64 {
    0.5 * (STEEP * w1 * w1 + flat * w2 * w2)
}

/// The bowl as the cost of a network: two weights, and four samples that should
/// all be answered by 0. They lie in pairs on both sides of 0, so that the bias
/// never has a slope.
fn samples(flat: f64) -> (Array2<f64>, Array2<f64>) {
    let [s, r] = [STEEP, flat].map(|curvature| (2.0 * curvature).sqrt());
    (array![[s, -s, 0.0, 0.0], [0.0, 0.0, r, -r]], Array2::zeros((1, 4)))
}

// ANCHOR: roll
fn roll(
    optimiser: &mut impl Optimiser,
    flat: f64,
    steps: usize,
) -> Result<Path, Error> {
    let (x, y) = samples(flat);
    let mut network = two_weights()?;
    let mut path = vec![START];
    for _ in 0..steps {
        network.train_step(x.view(), y.view(), optimiser, &mut seeded(0))?;
        let w = &network.parameters().layers()[0].weights;
        path.push([w[[0, 0]], w[[0, 1]]]);
    }
    Ok(path)
}
// ANCHOR_END: roll

/// The network of the bowl: one output, which is not bent.
fn two_weights() -> Result<Network, Error> {
    let [w1, w2] = START;
    let layer = Layer { weights: array![[w1, w2]], bias: array![[0.0]] };
    let parameters = Parameters::from_layers(vec![layer])?;
    Ok(Network::new(parameters, Activation::Relu))
}

/// The first steps of Adam, number by number, and how soon each way is down.
///
/// # Errors
/// Whatever writing to `out` and to the folder meets.
pub fn print(out: &mut dyn Write, folder: &Folder) -> Outcome {
    first_steps(out)?;
    writeln!(
        out,
        "\nsteps until J stays below a thousandth of where it began\n"
    )?;
    let heads = FLAT.map(|flat| format!("{:>15}", format!("λ = 4, {flat}")));
    writeln!(out, "{:<18}{}", "", heads.concat())?;
    for way in Way::ALL {
        let cells: Result<Vec<_>, Failure> = FLAT
            .into_iter()
            .map(|flat| {
                Ok(match best(way, flat)? {
                    Some((steps, rate)) => format!("{steps} (η {rate})"),
                    None => format!("above {STEPS}"),
                })
            })
            .collect();
        let cells: String =
            cells?.iter().map(|cell| format!("{cell:>15}")).collect();
        writeln!(out, "{:<18}{cells}", way.name())?;
    }
    folder.save_all(out, [("ch08_digits_bowl", paths()?)])
}

/// Three steps of Adam at η = 0.1.
fn first_steps(out: &mut dyn Write) -> Outcome {
    let (rate, [beta1, beta2]) = (0.1, [0.9, 0.999]);
    writeln!(out, "J = ½·(4·w[1]² + 0.2·w[2]²), Adam at η = {rate}\n")?;
    writeln!(
        out,
        "step  weight       g       m         v      m̂        v̂  m̂/√v̂       w"
    )?;
    let path = Way::Adam.down(FLAT[0], rate, 3)?;
    let curvatures = [STEEP, FLAT[0]];
    let mut means = [[0.0; 2]; 2];
    let (mut beta1_t, mut beta2_t) = (1.0, 1.0);
    for (t, ends) in path.windows(2).enumerate() {
        beta1_t *= beta1;
        beta2_t *= beta2;
        for (k, [m, v]) in means.iter_mut().enumerate() {
            let g = curvatures[k] * ends[0][k];
            *m = beta1 * *m + (1.0 - beta1) * g;
            *v = beta2 * *v + (1.0 - beta2) * g * g;
            let (m_hat, v_hat) = (*m / (1.0 - beta1_t), *v / (1.0 - beta2_t));
            let step = m_hat / v_hat.sqrt();
            writeln!(
                out,
                "{:>4}  w[{}]   {g:>7.4} {m:>7.4} {v:>9.6} {m_hat:>7.4} \
                 {v_hat:>8.4} {step:>6.3} {:>7.4}",
                t + 1,
                k + 1,
                ends[1][k]
            )?;
        }
    }
    Ok(())
}

/// The fewest steps until it stays down, of all step sizes, and that one.
fn best(way: Way, flat: f64) -> Result<Option<(usize, f64)>, Failure> {
    let mut best = None;
    for rate in RATES {
        let path = way.down(flat, rate, STEPS)?;
        let bound = 1e-3 * height(START, flat);
        let above = path.iter().rposition(|w| height(*w, flat) >= bound);
        let steps = above.map_or(0, |last| last + 1);
        let fewer = best.is_none_or(|(fewest, _)| steps < fewest);
        if steps <= STEPS && fewer {
            best = Some((steps, rate));
        }
    }
    Ok(best)
}

/// Chapter 2's bowl from above, and three ways down it, each with the step size
/// that is best for it.
fn paths() -> Result<Figure, Failure> {
    let mut chart = Chart::new("w[2]", "w[1]").height(300);
    for level in [0.1, 0.4, 0.9, 1.6, 2.5, 3.6] {
        let [high, wide] =
            [STEEP, FLAT[0]].map(|curvature| (2.0 * level / curvature).sqrt());
        let ring = (0..=180).map(|i| {
            let angle = std::f64::consts::TAU * f64::from(i) / 180.0;
            (
                wide * chainrule::libm::cos(angle),
                high * chainrule::libm::sin(angle),
            )
        });
        chart = chart.thin("", Colour::Ink, ring);
    }
    let drawn = [
        ("descent", Way::Momentum(0.0)),
        ("momentum", Way::Momentum(0.9)),
        ("Adam", Way::Adam),
    ];
    for (name, way) in drawn {
        let rate = best(way, FLAT[0])?.map_or(RATES[0], |(_, rate)| rate);
        let path = way.down(FLAT[0], rate, DRAWN)?;
        let path: Vec<_> = path.into_iter().map(|[w1, w2]| (w2, w1)).collect();
        chart = chart.joined(name, Colour::W, path);
    }
    Ok(chart.figure())
}
