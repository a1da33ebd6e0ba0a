//! book.toml: nothing in it may send the reader to another host, and it has to
//! load the bundles of the theme.

use crate::faults::{Fault, Refusal};
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

const FILE: &str = "book.toml";

/// What is wrong with the settings, given the bundles that they are to load and
/// the lists for them; a book without the file has none.
pub fn check(root: &Path, bundles: &[(&'static str, String)]) -> Vec<Fault> {
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
    for (list, bundle) in bundles {
        let loaded = html(&[list]).and_then(DeValue::as_array);
        let is_it =
            |it: &Spanned<DeValue<'_>>| it.get_ref().as_str() == Some(bundle);
        if !loaded.is_some_and(|all| all.iter().any(is_it)) {
            faults.push(fault(0, Refusal::Bundle(list, bundle.clone())));
        }
    }
    faults
}
