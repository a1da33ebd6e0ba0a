//! Why a chapter stopped before its end.

use std::io;
use std::process::ExitCode;

use chainrule::Error;

use super::whole::Unwritable;

/// Why a chapter stopped before its end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// A value that makes no sense. Exit code 2.
    #[error(transparent)]
    Input(#[from] Error),

    /// What was asked for cannot be written there. Exit code 2.
    #[error(transparent)]
    Unwritable(#[from] Unwritable),

    /// A file that was asked for cannot be read, or is not what it should
    /// be. Exit code 2.
    #[error("{path}: {reason}")]
    File {
        /// The file.
        path: String,
        /// What is wrong with it.
        reason: String,
    },

    /// Something else that makes no sense here, in a line. Exit code 2.
    #[error("{0}")]
    Refused(String),

    /// A process that took part is gone. Exit code 1.
    #[error("{0}")]
    Lost(String),

    /// Training left the finite numbers. Exit code 1.
    #[error("diverged at step {step}: {source}; try a smaller --learning-rate")]
    Diverged {
        /// The first step, counted from 0, whose result was not finite.
        step: usize,
        /// What was not finite.
        source: Error,
    },

    /// One run among many left the finite numbers. The table of all of them
    /// was printed; a script learns from this that it has a gap. Exit code 1.
    #[error("diverged at step {step} with {run}: {source}")]
    OneDiverged {
        /// What sets the run apart from the others: `seed 3`.
        run: String,
        /// The first step, counted from 0, whose result was not finite.
        step: usize,
        /// What was not finite.
        source: Error,
    },

    /// Stdout failed. Exit code 1; a closed pipe (`| head`) is no failure.
    #[error("the result could not be printed: {0}")]
    Output(#[from] io::Error),
}

impl Failure {
    /// For `map_err` in a training loop: an infinite result is a divergence.
    /// So is a weight decay that turns weights around: the decays are the
    /// chapters' own, and what is too large is the learning rate.
    pub fn at(step: usize) -> impl Fn(Error) -> Failure {
        move |error| match error {
            Error::NotFinite { .. } | Error::WeightDecay(_) => {
                Failure::Diverged { step, source: error }
            }
            other => Failure::Input(other),
        }
    }

    /// A divergence of a run that went on from this step.
    pub fn after(self, steps: usize) -> Failure {
        match self {
            Failure::Diverged { step, source } => {
                Failure::Diverged { step: steps + step, source }
            }
            other => other,
        }
    }

    /// A divergence of this run among many.
    pub fn of(self, run: String) -> Failure {
        match self {
            Failure::Diverged { step, source } => {
                Failure::OneDiverged { run, step, source }
            }
            other => other,
        }
    }

    /// Prints the one line, and says how to exit.
    pub(super) fn report(&self) -> ExitCode {
        if let Failure::Output(error) = self
            && error.kind() == io::ErrorKind::BrokenPipe
        {
            return ExitCode::SUCCESS;
        }
        super::tell(&format!("error: {self}"));
        ExitCode::from(self.code())
    }

    /// The exit code.
    pub fn code(&self) -> u8 {
        match self {
            Failure::Input(_)
            | Failure::Unwritable(_)
            | Failure::File { .. }
            | Failure::Refused(_) => 2,
            Failure::Lost(_)
            | Failure::Diverged { .. }
            | Failure::OneDiverged { .. }
            | Failure::Output(_) => 1,
        }
    }
}
