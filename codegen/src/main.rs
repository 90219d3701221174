//! `codegen`: the command line of the generator.

#![expect(clippy::print_stdout, reason = "a command line prints what it does")]

mod commands;

use anyhow::Result;
use clap::{Parser, Subcommand};
use commands::{build, generate, import, verify};
use std::process::ExitCode;

/// Writes every Polywrite facade from the API definition.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes the generated files of the repository, or compares them.
    Generate(generate::Generate),
    /// Compares the definition with a table of facts; exit code 1 when they differ.
    Verify(verify::Verify),
    /// Reads an OpenAPI document of an Appwrite server into a definition.
    Import(import::Import),
    /// Makes a complete SDK from any definition.
    Build(build::Build),
}

fn main() -> Result<ExitCode> {
    let fine = match Arguments::parse().command {
        Command::Generate(generate) => generate.run()?,
        Command::Verify(verify) => verify.run()?,
        Command::Import(import) => import.run()?,
        Command::Build(build) => build.run()?,
    };
    Ok(if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
