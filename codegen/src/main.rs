//! `codegen`: the command line of the generator.

use anyhow::Result;
use clap::{Parser, Subcommand};
use polywrite_codegen::commands::{Build, Generate, Import, Verify};
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
    Generate(Generate),
    /// Compares the definition with a table of facts; exit code 1 when they differ.
    Verify(Verify),
    /// Reads an OpenAPI document of an Appwrite server into a definition.
    Import(Import),
    /// Makes a complete SDK from any definition.
    Build(Build),
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
