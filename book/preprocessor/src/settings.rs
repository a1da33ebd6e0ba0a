//! book.toml: nothing in it may send the reader to another host, and it has to
//! load the scripts of the live figures.

use crate::faults::{Fault, Refusal};
use crate::paths;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};

const FILE: &str = "book.toml";

/// What is wrong with the settings, given the scripts that they are to load; a
/// book without the file has none.
pub fn check(root: &Path, scripts: &[PathBuf]) -> Vec<Fault> {
    let Ok(text) = std::fs::read_to_string(root.join(FILE)) else {
        return Vec::new();
    };
    let fault = |at, refusal| Fault::at(FILE, &text, at, refusal);
    let settings = match DeTable::parse(&text) {
        Ok(table) => DeValue::Table(table.into_inner()),
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            let problem = format!("{FILE}: {}", error.message());
            return vec![fault(at, Refusal::Unreadable(problem))];
        }
    };
    let html = |path: &[&str]| {
        let mut keys = ["output", "html"].iter().chain(path);
        keys.try_fold(&settings, |table, key| Some(table.get(key)?.get_ref()))
    };
    let mut faults = Vec::new();
    if html(&["mathjax-support"]).is_some_and(|it| it.as_bool() != Some(false))
    {
        let at = text.find("mathjax-support").unwrap_or_default();
        faults.push(fault(at, Refusal::Setting("mathjax-support = false")));
    }
    let runnable = html(&["playground", "runnable"]).and_then(DeValue::as_bool);
    if runnable != Some(false) {
        let needed = "runnable = false under [output.html.playground]";
        faults.push(fault(0, Refusal::Setting(needed)));
    }
    let loaded = html(&["additional-js"]).and_then(DeValue::as_array);
    for script in scripts {
        let url = Some(paths::url(script));
        let is_it = |it: &DeValue<'_>| it.as_str() == url.as_deref();
        if !loaded.is_some_and(|all| all.iter().any(|it| is_it(it.get_ref()))) {
            let needed = Refusal::Setting("it under additional-js");
            faults.push(Fault::new(script, 1, needed));
        }
    }
    faults
}
