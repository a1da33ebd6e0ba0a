//! Figure *inside*: every number of every pass, by the name it has there.

use chainrule::tasks::paper::{
    Example, Numbers, example, numbers, two_outputs,
};
use chainrule::{Result, update};
use serde_json::{Map, Value, json};

/// One run for each thing that a test does, by its outputs and learning rates.
const RUNS: [(&str, usize, &[f64]); 4] = [
    ("chapter", 1, &[0.3, 0.3]),
    ("bold", 1, &[1.0]),
    ("wild", 1, &[2.0, 2.0]),
    ("two", 2, &[0.3]),
];

pub fn expected() -> Result<Value> {
    let runs = RUNS.iter().map(|&(name, outputs, rates)| {
        let start = if outputs == 1 { example() } else { two_outputs() };
        Ok((name.to_owned(), run(start?, rates)?))
    });
    Ok(Value::Object(runs.collect::<Result<_>>()?))
}

/// Entry n holds the numbers of the pass after n steps.
fn run(mut example: Example, rates: &[f64]) -> Result<Value> {
    let mut passes = Vec::new();
    for &rate in rates {
        let n = numbers(&example)?;
        passes.push(named(&example, &n));
        update(&mut example.parameters, &n.gradients, rate)?;
    }
    passes.push(named(&example, &numbers(&example)?));
    Ok(Value::Array(passes))
}

fn named(example: &Example, n: &Numbers) -> Value {
    let mut all = Map::new();
    let mut put = |name: String, value: f64| all.insert(name, json!(value));
    let layers = example.parameters.layers();
    let gradients = n.gradients.layers();
    put("J".into(), n.cost);
    let outputs = example.y.nrows();
    for k in 0..outputs {
        // Outputs have numbers where there are two.
        let (end, to) = match outputs {
            1 => (String::new(), String::new()),
            _ => (format!("[{}]", k + 1), format!("{},", k + 1)),
        };
        put(format!("y{end}"), example.y[[k, 0]]);
        put(format!("b2{end}"), layers[1].bias[[k, 0]]);
        put(format!("z2{end}"), n.z2[[k, 0]]);
        put(format!("dz2{end}"), n.dz2[[k, 0]]);
        put(format!("db2{end}"), gradients[1].db[[k, 0]]);
        for i in 0..2 {
            let u = i + 1;
            put(format!("w2[{to}{u}]"), layers[1].weights[[k, i]]);
            put(format!("dw2[{to}{u}]"), gradients[1].dw[[k, i]]);
        }
    }
    for i in 0..2 {
        let u = i + 1;
        put(format!("x[{u}]"), example.x[[i, 0]]);
        for j in 0..2 {
            put(format!("w1[{u},{}]", j + 1), layers[0].weights[[i, j]]);
            put(format!("dw1[{u},{}]", j + 1), gradients[0].dw[[i, j]]);
        }
        put(format!("b1[{u}]"), layers[0].bias[[i, 0]]);
        put(format!("z1[{u}]"), n.z1[[i, 0]]);
        put(format!("a1[{u}]"), n.a1[[i, 0]]);
        put(format!("da1[{u}]"), n.da1[[i, 0]]);
        put(format!("dz1[{u}]"), n.dz1[[i, 0]]);
        put(format!("db1[{u}]"), gradients[0].db[[i, 0]]);
    }
    Value::Object(all)
}
