//! `polywrite schema`: the schema of a project as a file.

mod diff;
mod pull;
mod push;
mod show;
mod source;

use std::process::ExitCode;

use anyhow::Result;
use clap::Subcommand;

/// The command's own commands.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Writes what a server has into polywrite.toml; its comments stay.
    Pull(pull::Pull),
    /// Shows what a push would do.
    ///
    /// Exit codes: 0 when server and file are equal, 2 when they differ, 1 for an error.
    Diff(diff::Diff),
    /// Brings a server to what the file says, after it has shown the plan.
    ///
    /// It waits until columns and indexes can be used. Whatever interrupts it, another push goes on from there. Exit codes:
    /// 0 when server and file are equal now, 2 when it did nothing because data would be lost or you said no, 1 for an
    /// error.
    Push(push::Push),
}

impl Command {
    /// Does it.
    pub(crate) fn run(self) -> Result<ExitCode> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        match self {
            Self::Pull(pull) => runtime.block_on(pull.run()),
            Self::Diff(diff) => runtime.block_on(diff.run()),
            Self::Push(push) => runtime.block_on(push.run()),
        }
    }
}

/// Server and file differ, and this command leaves it so.
fn differ() -> ExitCode {
    ExitCode::from(2)
}
