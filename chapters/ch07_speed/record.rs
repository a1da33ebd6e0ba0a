//! Measurements as a text file: written whole, with the day and the machine,
//! and read back for the figures.

use std::fs;
use std::process::Command;

use chainrule::kernels::Instructions;

use chapters::ch07_speed::args::Args;
use chapters::ch07_speed::date::today;

/// The first lines of a record: the command, the day, the machine.
pub fn head(args: &Args) -> String {
    format!(
        "{}\nmeasured on {}, {}, {} processors, {}, {}\n",
        command(args),
        today(),
        processor(),
        std::thread::available_parallelism().map_or(1, usize::from),
        instructions(),
        compiler(),
    )
}

/// The command as a reader types it, without the paths of this machine.
fn command(args: &Args) -> String {
    let flags = [
        (args.ladder, "--ladder"),
        (args.instructions, "--instructions"),
        (args.quick, "--quick"),
    ];
    let given = flags.into_iter().filter(|flag| flag.0);
    let given: String = given.map(|flag| format!(" {}", flag.1)).collect();
    let level = "CARGO_PROFILE_DEV_OPT_LEVEL";
    let setting = std::env::var(level).map(|to| format!("{level}={to} "));
    let release = if cfg!(debug_assertions) { "" } else { " --release" };
    let separator = if given.is_empty() { "" } else { " --" };
    format!(
        "$ {}cargo run{release} --bin ch07_speed{separator}{given}",
        setting.unwrap_or_default(),
    )
}

/// Its name, and family and model, which tell two of one name apart.
fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let field = |name: &str| {
        let mut fields = text.lines().filter_map(|line| line.split_once(':'));
        let found = fields.find(|(found, _)| found.trim() == name)?;
        Some(found.1.trim())
    };
    match ["model name", "cpu family", "model"].map(field) {
        [Some(name), Some(family), Some(model)] => {
            format!("{name} (family {family}, model {model})")
        }
        [Some(name), ..] => name.to_owned(),
        _ => format!("a processor of {}", std::env::consts::ARCH),
    }
}

/// The widest vectors the loops can use here.
fn instructions() -> String {
    format!("{:?}", Instructions::best().level())
}

fn compiler() -> String {
    let asked = Command::new("rustc").arg("--version").output();
    let said = asked.ok().and_then(|said| String::from_utf8(said.stdout).ok());
    let said = said.unwrap_or_default();
    said.split(" (").next().unwrap_or_default().trim().to_owned()
}

/// The numbers of a record.
pub struct Record<'a> {
    text: &'a str,
}

impl<'a> Record<'a> {
    pub fn new(text: &'a str) -> Record<'a> {
        Record { text }
    }

    /// The number at the end of the first line that begins with `label`.
    pub fn number(&self, label: &str) -> Option<f64> {
        self.rows(label, 1).next()?.last().copied()
    }

    /// Microseconds a step, × literal, and the ends of its middle half, for a
    /// rung with so many hidden units.
    pub fn rung(&self, hidden: usize, name: &str) -> Option<Vec<f64>> {
        self.rows(&format!("{hidden:>2} {name} "), 4).next()
    }

    /// The numbers of every line that begins with `label` and has so many of
    /// them or more; a word that is no number is passed over.
    pub fn rows(
        &self,
        label: &str,
        numbers: usize,
    ) -> impl Iterator<Item = Vec<f64>> {
        let label = label.to_owned();
        let after = self
            .text
            .lines()
            .filter_map(move |l| l.strip_prefix(label.as_str()));
        let rows = after.map(|rest| {
            let words = rest.split_whitespace();
            words.filter_map(|word| word.parse().ok()).collect::<Vec<f64>>()
        });
        rows.filter(move |row| row.len() >= numbers)
    }
}
