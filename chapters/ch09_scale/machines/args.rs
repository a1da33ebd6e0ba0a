//! The flags of the chapter's program for many machines.

use std::path::PathBuf;
use std::str::FromStr;

use chapters::cli::{self, Figures, accept, whole};
use clap::Parser;
use shared::setting::{Setting, list};

const EXAMPLES: &str = "
  cargo run -p machines
      the same training on 1, 2, 3, 4 and 8 ranks, and in one process
  cargo run -p machines -- --ranks 1,6 --task spirals --shards 6 --samples 100
      another network, another cut
  cargo run -p machines -- --allreduce
      what MPI_Allreduce makes of it, under three algorithms
  cargo run -p machines -- --ranks 4 --checkpoint run.safetensors --fail-at 57
      a rank that is lost; the same with --resume in place of --fail-at goes on
  mpirun -n 4 ../../target/ch09_scale/debug/ch09_machines --steps 1000
      as one starts it on many machines, with a --hostfile for mpirun";

/// Data-parallel training over MPI, with the same bits for any number of ranks.
///
/// Started by mpirun it is one rank; started alone it calls mpirun itself.
#[derive(Clone, Debug, Parser)]
#[command(name = "ch09_machines", version, mut_args(cli::signed))]
#[command(after_help = cli::after_help(EXAMPLES))]
pub struct Args {
    /// Which training it is.
    #[command(flatten)]
    pub setting: Setting,

    /// How many ranks mpirun starts, one run after the other
    #[arg(long, default_value = "1,2,3,4,8")]
    pub ranks: Ranks,

    /// Sum by MPI_Allreduce, under three algorithms of Open MPI
    #[arg(long)]
    pub allreduce: bool,

    /// File for the weights, by the way and at the end; {rank} stands for the
    /// rank, where the machines share no disk
    #[arg(long, value_name = "FILE")]
    pub checkpoint: Option<PathBuf>,

    /// How many steps pass between two checkpoints
    #[arg(long, default_value_t = 20, value_parser = cli::steps)]
    #[arg(requires = "checkpoint")]
    pub every: usize,

    /// Go on from the checkpoint
    #[arg(long, requires = "checkpoint")]
    pub resume: bool,

    /// The step at which one rank ends itself, as `kill -9` would
    #[arg(long, value_parser = whole::<usize>(0..=u64::from(u32::MAX)))]
    pub fail_at: Option<usize>,

    /// Which rank does
    #[arg(long, default_value_t = 0, value_parser = whole::<usize>(0..=4095))]
    #[arg(requires = "fail_at")]
    pub fail_rank: usize,

    /// Time messages and steps, and print a record
    #[arg(long)]
    pub measure: bool,

    /// Measure less, for a look
    #[arg(long, requires = "measure")]
    pub quick: bool,

    /// Draw the model from the record of one day
    #[arg(long)]
    pub redraw: bool,

    /// What the ranks of a measurement are asked to time.
    #[arg(long, hide = true)]
    pub probe: Option<Probe>,

    /// Where the figures go.
    #[command(flatten)]
    pub figures: Figures,
}

/// What a rank times for a measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Probe {
    /// Messages between two ranks.
    Messages,
    /// The parts of a step.
    Steps,
}

/// `--ranks 1,2,4`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranks(pub Vec<usize>);

impl FromStr for Ranks {
    type Err = String;

    fn from_str(text: &str) -> Result<Ranks, String> {
        let counts = text.split(',').map(|count| count.trim().parse().ok());
        let counts = counts.collect::<Option<Vec<usize>>>();
        let fits =
            |all: &Vec<usize>| all.iter().all(|n| (1..=4096).contains(n));
        let allowed = "numbers from 1 to 4096, such as 1,2,4";
        accept(text, counts.filter(fits).map(Ranks), allowed)
    }
}

impl cli::Flags for Args {
    fn together(&self, given: &dyn Fn(&str) -> bool) -> Result<(), String> {
        let modes = [
            ("--allreduce", self.allreduce),
            ("--measure", self.measure),
            ("--redraw", self.redraw),
        ];
        let mut modes = modes.into_iter().filter(|mode| mode.1);
        if let (Some((one, _)), Some((other, _))) = (modes.next(), modes.next())
        {
            return Err(format!("{other}: not together with {one}"));
        }
        let training = [
            "task",
            "hidden",
            "samples",
            "shards",
            "seed",
            "drop_prob",
            "learning_rate",
            "steps",
            "ranks",
            "checkpoint",
            "fail_at",
        ];
        let idle = training.into_iter().find(|flag| given(flag));
        if let Some(idle) = idle
            && (self.measure || self.redraw)
            && self.probe.is_none()
        {
            let mode = if self.measure { "--measure" } else { "--redraw" };
            let idle = idle.replace('_', "-");
            return Err(format!("--{idle}: {mode} has a training of its own"));
        }
        if self.allreduce
            && (self.checkpoint.is_some() || self.fail_at.is_some())
        {
            return Err("--allreduce: it keeps no checkpoint".to_owned());
        }
        if given("figures") && !self.redraw {
            return Err(
                "--figures: nothing is drawn but by --redraw".to_owned()
            );
        }
        self.setting.together()?;
        let Ranks(ranks) = &self.ranks;
        if given("ranks") {
            ranks.iter().try_for_each(|&ranks| self.fits(ranks))?;
        }
        Ok(())
    }
}

impl Args {
    /// Refuses ranks that would have nothing to do.
    ///
    /// # Errors
    /// The line that does.
    pub fn fits(&self, ranks: usize) -> Result<(), String> {
        let shards = self.setting.shards;
        if ranks > shards {
            return Err(format!(
                "{ranks} ranks: at most one for each of the {shards} shards"
            ));
        }
        Ok(())
    }

    /// Refuses what mpirun has no part in.
    ///
    /// # Errors
    /// The line that does.
    pub fn is_for_ranks(&self) -> Result<(), String> {
        match self.redraw || self.measure {
            true => Err("--redraw and --measure: not under mpirun".to_owned()),
            false => Ok(()),
        }
    }

    /// The numbers of ranks that are asked for, and by default those that have
    /// something to do.
    pub fn ranks(&self) -> Vec<usize> {
        let Ranks(ranks) = &self.ranks;
        let busy = ranks.iter().copied().filter(|&n| self.fits(n).is_ok());
        busy.collect()
    }

    /// What is trained, in a line.
    pub fn headline(&self) -> String {
        let setting = &self.setting;
        format!(
            "{} [{}], {} samples in {} shards, p {}, learning rate {}, seed {}, {} steps",
            setting.task,
            list(&setting.sizes()),
            setting.samples,
            setting.shards,
            setting.drop_prob.drop_prob(),
            setting.learning_rate(),
            setting.seed,
            setting.steps,
        )
    }
}
