//! An answer to ch05_central_differences: write the judge.

fn agrees(
    theta: &[f64],
    gradient: &[f64],
    cost: &dyn Fn(&[f64]) -> f64,
) -> bool {
    let h = 1e-5;
    let slope = |i: usize| {
        let moved = |by: f64| {
            let mut theta = theta.to_vec();
            theta[i] += by;
            cost(&theta)
        };
        (moved(h) - moved(-h)) / (2.0 * h)
    };
    let slow: Vec<f64> = (0..theta.len()).map(slope).collect();
    let size = slow.iter().fold(0.0_f64, |size, g| size.max(g.abs()));
    let close = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-6 * size;
    gradient.len() == slow.len() && gradient.iter().zip(&slow).all(close)
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch05_central_differences::judge(agrees))
}
