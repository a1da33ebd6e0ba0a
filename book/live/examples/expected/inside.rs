//! Figure *inside*: every number of every pass, by the name it has there.

use chainrule::tasks::paper::{example, numbers};
use chainrule::{Result, update};
use serde_json::{Map, Value, json};

/// One run for each thing that a test does, by its learning rates.
const RUNS: [(&str, &[f64]); 3] =
    [("chapter", &[0.3, 0.3]), ("bold", &[1.0]), ("wild", &[2.0, 2.0])];

pub fn expected() -> Result<Value> {
    let runs =
        RUNS.iter().map(|&(name, rates)| Ok((name.to_owned(), run(rates)?)));
    Ok(Value::Object(runs.collect::<Result<_>>()?))
}

/// Entry n holds the numbers of the pass after n steps.
fn run(rates: &[f64]) -> Result<Value> {
    let mut example = example()?;
    let mut passes = Vec::new();
    for &rate in rates {
        let n = numbers(&example)?;
        passes.push(named(&example, &n));
        update(&mut example.parameters, &n.gradients, rate)?;
    }
    passes.push(named(&example, &numbers(&example)?));
    Ok(Value::Array(passes))
}

fn named(
    example: &chainrule::tasks::paper::Example,
    n: &chainrule::tasks::paper::Numbers,
) -> Value {
    let mut all = Map::new();
    let mut put = |name: String, value: f64| all.insert(name, json!(value));
    let layers = example.parameters.layers();
    let gradients = n.gradients.layers();
    put("y".into(), example.y[[0, 0]]);
    put("b2".into(), layers[1].bias[[0, 0]]);
    put("z2".into(), n.z2[[0, 0]]);
    put("J".into(), n.cost);
    put("dz2".into(), n.dz2[[0, 0]]);
    put("db2".into(), gradients[1].db[[0, 0]]);
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
        put(format!("w2[{u}]"), layers[1].weights[[0, i]]);
        put(format!("dw2[{u}]"), gradients[1].dw[[0, i]]);
        put(format!("da1[{u}]"), n.da1[[i, 0]]);
        put(format!("dz1[{u}]"), n.dz1[[i, 0]]);
        put(format!("db1[{u}]"), gradients[0].db[[i, 0]]);
    }
    Value::Object(all)
}
