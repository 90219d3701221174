//! `polywrite`: the tools of Polywrite in one program.

mod webhook;

use std::{ffi::OsString, process::ExitCode};

use clap::{Args, Parser, Subcommand};
use polywrite_codegen::commands::{Build, Import};

/// The tools of Polywrite, the server SDK for Appwrite.
#[derive(Parser)]
#[command(name = "polywrite", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs a local Appwrite to develop and test against.
    #[command(disable_help_flag = true)]
    Emulator(Emulator),
    /// Reads an OpenAPI document of an Appwrite server into a definition.
    Import(Import),
    /// Makes a complete SDK from any definition.
    Build(Build),
    /// Receives webhooks while a program is written, and sends some to it.
    #[command(subcommand)]
    Webhook(webhook::Command),
}

#[derive(Args)]
struct Emulator {
    /// Its options, which `polywrite emulator --help` lists.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    options: Vec<OsString>,
}

fn main() -> anyhow::Result<ExitCode> {
    let fine = match Arguments::parse().command {
        Command::Emulator(emulator) => {
            return Ok(polywrite_emulator::program::run("polywrite emulator", emulator.options));
        }
        Command::Import(import) => import.run()?,
        Command::Build(build) => build.run()?,
        Command::Webhook(webhook) => webhook.run()?,
    };
    Ok(if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
