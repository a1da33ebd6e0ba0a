//! A record of one day, and the numbers in it.

use std::fs;
use std::process::Command;
use std::thread::available_parallelism;

use chapters::ch07_speed::date::today;

/// The record that the page shows.
pub const COMMITTED: &str =
    include_str!("../../../book/measurements/ch09_scale.txt");

/// The first lines: the command, the day, the machine.
pub fn head(quick: bool) -> String {
    let quick = if quick { " --quick" } else { "" };
    let processors = available_parallelism().map_or(1, usize::from);
    format!(
        "$ cargo run -p machines -- --measure{quick}\n\
         measured on {}, {}, {processors} processors, {}\n",
        today(),
        processor(),
        mpi_version(),
    )
}

fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let mut fields = text.lines().filter_map(|line| line.split_once(':'));
    let name = fields.find(|(name, _)| name.trim() == "model name");
    let other = format!("a processor of {}", std::env::consts::ARCH);
    name.map_or(other, |(_, name)| name.trim().to_owned())
}

/// `Open MPI 4.1.4`.
fn mpi_version() -> String {
    let asked = Command::new("mpirun").arg("--version").output();
    let said = asked.ok().and_then(|said| String::from_utf8(said.stdout).ok());
    let said = said.unwrap_or_default();
    let first = said.lines().next().unwrap_or_default();
    first.replace("mpirun (", "").replace(')', "")
}

/// The numbers of a record.
pub struct Record<'a> {
    text: &'a str,
}

impl<'a> Record<'a> {
    /// Of this text.
    pub fn new(text: &'a str) -> Record<'a> {
        Record { text }
    }

    /// The numbers of each line that begins with `label`; a word that is no
    /// number is passed over.
    pub fn rows(&self, label: &str) -> Vec<Vec<f64>> {
        let rest = self.text.lines().filter_map(|l| l.strip_prefix(label));
        let numbers = |rest: &str| {
            let words = rest.split_whitespace();
            words.filter_map(|word| word.parse().ok()).collect()
        };
        rest.map(numbers).collect()
    }
}
