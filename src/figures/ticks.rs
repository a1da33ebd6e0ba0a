//! Where the marks of an axis stand.

use std::ops::Range;

/// Round values inside `range`, a step of 1, 2 or 5 times a power of ten
/// apart; `about` so many of them.
pub(super) fn linear(range: &Range<f64>, about: usize) -> Vec<f64> {
    let rough = (range.end - range.start) / about.max(1) as f64;
    let power = 10.0_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power);
    let step = step
        .into_iter()
        .find(|step| *step >= rough * 0.999)
        .unwrap_or(10.0 * power);
    let first = (range.start / step - 1e-9).ceil() as i64;
    let last = (range.end / step + 1e-9).floor() as i64;
    (first..=last).map(|k| k as f64 * step).collect()
}

/// Whole powers of ten inside `range`, as their logarithms: each one, or every
/// third or sixth where there would be more than `most`. Where there is at
/// most one, twice and five times a power of ten as well.
pub(super) fn decades(range: &Range<f64>, most: usize) -> Vec<f64> {
    let (first, last) = (range.start.ceil() as i64, range.end.floor() as i64);
    if last <= first {
        return within_a_decade(range);
    }
    let step = [1, 2, 3, 6, 30]
        .into_iter()
        .find(|step| last - first < most.max(2) as i64 * step)
        .unwrap_or(60);
    (first..=last).filter(|k| k % step == 0).map(|k| k as f64).collect()
}

fn within_a_decade(range: &Range<f64>) -> Vec<f64> {
    let power = range.start.floor();
    let parts = [0.0, 1.0].into_iter().flat_map(|decade| {
        [1.0_f64, 2.0, 5.0].map(|part| power + decade + libm::log10(part))
    });
    parts.filter(|it| range.contains(it)).collect()
}

/// A value as its axis shows it: no more digits than it has, and thousands
/// apart where there are ten of them.
pub(super) fn label(value: f64) -> String {
    let rounded = (value * 1e6).round() / 1e6;
    // A zero is written without a sign.
    let text = format!("{}", if rounded == 0.0 { 0.0 } else { rounded });
    let whole = rounded.fract() == 0.0 && (1e4..1e15).contains(&rounded.abs());
    let text = if whole { thousands(&text) } else { text };
    text.replace('-', "−")
}

/// A comma before every third digit from the end.
fn thousands(text: &str) -> String {
    let digits = text.trim_start_matches('-');
    let mut out = text[..text.len() - digits.len()].to_owned();
    for (k, digit) in digits.chars().enumerate() {
        if k > 0 && (digits.len() - k).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The labels of a logarithmic axis, from the logarithms of its ticks: written
/// out while all of them are short, or else as powers of ten.
pub(super) fn power_labels(ticks: &[f64]) -> Vec<String> {
    let short = ticks.iter().all(|tick| (-3.1..4.1).contains(tick));
    let label_of = |&tick: &f64| {
        if short {
            let value = 10.0_f64.powf(tick);
            // Not 0.20000000000000001.
            let digits = 10.0_f64.powi(2 - tick.floor() as i32);
            label((value * digits).round() / digits)
        } else {
            power(tick.round() as i64)
        }
    };
    ticks.iter().map(label_of).collect()
}

/// 10 to a whole power.
fn power(exponent: i64) -> String {
    let raised = exponent.to_string().chars().map(raised).collect::<String>();
    format!("10{raised}")
}

fn raised(digit: char) -> char {
    let digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    let place = digit.to_digit(10).map(|place| place as usize);
    place.and_then(|place| digits.chars().nth(place)).unwrap_or('⁻')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        let fifth = [0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0];
        assert_eq!(linear(&(0.0..1.0), 5), fifth);
        let tens = [-20.0, -10.0, 0.0, 10.0, 20.0];
        assert_eq!(linear(&(-22.0..22.0), 5), tens);
        assert_eq!(linear(&(0.0..4000.0), 3), [0.0, 2000.0, 4000.0]);
        assert_eq!(decades(&(-1.4..2.3), 8), [-1.0, 0.0, 1.0, 2.0]);
        let thirds = [-15.0, -12.0, -9.0, -6.0, -3.0, 0.0];
        assert_eq!(decades(&(-16.4..1.1), 8), thirds);
        let between = decades(&(0.2..1.1), 8);
        assert_eq!(power_labels(&between), ["2", "5", "10"]);
    }

    #[test]
    fn labels_are_short() {
        assert_eq!(label(0.6000000000000001), "0.6");
        assert_eq!(label(-20.0), "−20");
        assert_eq!(label(-1e-12), "0");
        assert_eq!(label(4000.0), "4000");
        assert_eq!(label(-1_234_567.0), "−1,234,567");
        assert_eq!(power_labels(&[-2.0, 0.0, 4.0]), ["0.01", "1", "10,000"]);
        assert_eq!(power_labels(&[-15.0, 0.0]), ["10⁻¹⁵", "10⁰"]);
    }
}
