//! How the program starts itself under mpirun, and what it makes of the end.

use std::env;
use std::ffi::OsString;
use std::io;
use std::process::{Command, Output};

use chapters::cli::Failure;

use crate::args::Args;

/// Whether mpirun has started this process.
pub fn is_rank() -> bool {
    let told = ["OMPI_COMM_WORLD_RANK", "PMI_RANK", "PMIX_RANK"];
    told.iter().any(|name| env::var_os(name).is_some())
}

/// Settings of Open MPI, by their environment variables.
pub type Settings = Vec<(&'static str, String)>;

/// The algorithm of this number for MPI_Allreduce.
pub fn algorithm(number: u32) -> Settings {
    vec![
        ("OMPI_MCA_coll_tuned_use_dynamic_rules", "1".to_owned()),
        ("OMPI_MCA_coll_tuned_allreduce_algorithm", number.to_string()),
    ]
}

/// The one line that so many ranks print, with the flags of this process.
///
/// # Errors
/// What the ranks could not do, or that one of them was lost.
pub fn row(
    args: &Args,
    ranks: usize,
    settings: &[(&'static str, String)],
) -> Result<String, Failure> {
    args.fits(ranks).map_err(Failure::Refused)?;
    let words: Vec<OsString> = env::args_os().skip(1).collect();
    let printed = start(ranks, &words, settings, &after_a_loss(args))?;
    Ok(printed.trim_end().to_owned())
}

/// What so many ranks print, with these flags.
///
/// # Errors
/// As [`row`]; `advice` is what to do after a loss.
pub fn start(
    ranks: usize,
    words: &[OsString],
    settings: &[(&'static str, String)],
    advice: &str,
) -> Result<String, Failure> {
    refuse_root()?;
    let program = env::current_exe()?;
    let mut mpirun = Command::new("mpirun");
    // More ranks than processors are meant here: what counts is the result.
    mpirun.args(["--quiet", "--oversubscribe", "-n", &ranks.to_string()]);
    mpirun.arg(program).args(words).envs(settings.iter().cloned());
    let ended = mpirun.output().map_err(|error| missing(&error))?;
    if ended.status.success() {
        return Ok(String::from_utf8_lossy(&ended.stdout).into_owned());
    }
    Err(lost(&ended, ranks, advice))
}

fn missing(error: &io::Error) -> Failure {
    let line = "mpirun cannot be started";
    let advice = "install Open MPI (Debian: openmpi-bin libopenmpi-dev)";
    Failure::Refused(format!("{line}: {error}; {advice}"))
}

/// mpirun tells in fourteen lines that it does not work for root.
fn refuse_root() -> Result<(), Failure> {
    let allowed = ["OMPI_ALLOW_RUN_AS_ROOT", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"];
    let is_root = rustix::process::geteuid().is_root();
    if !is_root || allowed.iter().all(|name| env::var_os(name).is_some()) {
        return Ok(());
    }
    let [one, other] = allowed;
    let line = "mpirun does not work for root";
    Err(Failure::Refused(format!(
        "{line}; if it must, set {one}=1 and {other}=1"
    )))
}

/// What the ranks said before they stopped; or, where none of them could say
/// anything, that one was lost.
fn lost(ended: &Output, ranks: usize, advice: &str) -> Failure {
    let said = String::from_utf8_lossy(&ended.stderr);
    let line = said.lines().find_map(|line| line.strip_prefix("error: "));
    let code = ended.status.code();
    match (line, code) {
        (Some(line), Some(2)) => Failure::Refused(line.to_owned()),
        (Some(line), Some(1)) => Failure::Lost(line.to_owned()),
        _ => Failure::Lost(format!(
            "one of {ranks} ranks was lost, and mpirun has ended the others{advice}"
        )),
    }
}

/// Where a run can go on from.
fn after_a_loss(args: &Args) -> String {
    match &args.checkpoint {
        Some(path) => format!("; --resume goes on from {}", path.display()),
        None => "; with --checkpoint it could be resumed".to_owned(),
    }
}
