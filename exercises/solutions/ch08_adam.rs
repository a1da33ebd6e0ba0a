//! An answer to ch08_adam: Adam: every weight settles how far it goes.

use exercises::ch08_adam::Settings;

fn step(w: &mut f64, m: &mut f64, v: &mut f64, g: f64, t: i32, set: Settings) {
    let Settings { eta, beta1, beta2, epsilon } = set;
    *m = beta1 * *m + (1.0 - beta1) * g;
    *v = beta2 * *v + (1.0 - beta2) * g * g;
    let m_hat = *m / (1.0 - beta1.powi(t));
    let v_hat = *v / (1.0 - beta2.powi(t));
    *w -= eta * m_hat / (v_hat.sqrt() + epsilon);
}

fn main() -> std::process::ExitCode {
    exercises::answer(|| exercises::ch08_adam::judge(step))
}
