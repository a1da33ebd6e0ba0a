//! Why a chapter stopped before its end.

use std::io;
use std::process::ExitCode;

use chainrule::Error;

use super::folder::FolderError;

/// Why a chapter stopped before its end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// A value that makes no sense. Exit code 2.
    #[error(transparent)]
    Input(#[from] Error),

    /// Figures cannot be written where they were asked for. Exit code 2.
    #[error(transparent)]
    Folder(#[from] FolderError),

    /// A file that was asked for cannot be read, or is not what it should
    /// be. Exit code 2.
    #[error("{path}: {reason}")]
    File {
        /// The file.
        path: String,
        /// What is wrong with it.
        reason: String,
    },

    /// Training left the finite numbers. Exit code 1.
    #[error("diverged at step {step}: {source}; try a smaller --learning-rate")]
    Diverged {
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
    pub fn at(step: usize) -> impl Fn(Error) -> Failure {
        move |error| match error {
            Error::NotFinite { .. } => {
                Failure::Diverged { step, source: error }
            }
            other => Failure::Input(other),
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
        match self {
            Failure::Input(_) | Failure::Folder(_) | Failure::File { .. } => {
                ExitCode::from(2)
            }
            Failure::Diverged { .. } | Failure::Output(_) => ExitCode::from(1),
        }
    }
}
