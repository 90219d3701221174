//! `polywrite`: the tools of Polywrite in one program.

mod build;
mod document;
mod schema;
mod types;
mod webhook;

use std::{ffi::OsString, process::ExitCode};

use clap::{Args, Parser, Subcommand};
use polywrite_codegen::commands::Import;

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
    /// Makes packages for a server of your own, from an OpenAPI document or a definition.
    Build(build::Build),
    /// Keeps the schema of a project as a file: shows what differs, brings a server to it.
    #[command(subcommand)]
    Schema(schema::Command),
    /// Writes types of the rows of a project's tables, for TypeScript, Python, Swift or Rust.
    Types(types::Types),
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

fn main() -> ExitCode {
    run().unwrap_or_else(|error| {
        eprintln!("Error: {}", words(&error));
        ExitCode::FAILURE
    })
}

/// What an error and its causes say. Where it came from helps us alone, also where RUST_BACKTRACE is set.
fn words(error: &anyhow::Error) -> String {
    let mut words = Vec::new();
    for cause in error.chain() {
        words.push(cause.to_string());
        // These say what their causes said.
        if cause.is::<polywrite::Error>() || cause.is::<polywrite_schema::Error>() {
            break;
        }
    }
    words.join(": ")
}

fn run() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::try_parse().unwrap_or_else(|error| refuse(&error));
    let fine = match arguments.command {
        Command::Emulator(emulator) => {
            return Ok(polywrite_emulator::program::run("polywrite emulator", emulator.options));
        }
        Command::Import(import) => import.run_with(document::read)?,
        Command::Build(build) => build.run()?,
        Command::Schema(schema) => return schema.run(),
        Command::Types(types) => types.run()?,
        Command::Webhook(webhook) => webhook.run()?,
    };
    Ok(if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints help, or why the arguments are wrong. For most programs 2 says that; for CI 2 says that schemas differ.
fn refuse(error: &clap::Error) -> ! {
    let is_schema = std::env::args_os().nth(1).is_some_and(|command| command == "schema");
    if error.exit_code() == 2 && is_schema {
        let _ = error.print();
        std::process::exit(1);
    }
    error.exit()
}
