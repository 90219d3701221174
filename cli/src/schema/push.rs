//! `polywrite schema push`: brings a server to what the file says.

use std::{
    io::{IsTerminal, Write},
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use anyhow::Result;
use clap::Args;
use polywrite_schema::{Plan, PushOptions, Step, plan, push};

use super::{diff::print_json, differ, show, source::Place};

/// What to push, and how.
#[derive(Args)]
pub(crate) struct Push {
    #[command(flatten)]
    place: Place,
    /// A column that has a new key, as `TABLE.OLD=NEW` or `DATABASE.TABLE.OLD=NEW`: its values stay. Also as `previousKey`
    /// in the file.
    #[arg(long, value_name = "RENAME")]
    rename: Vec<String>,
    /// Takes steps that lose data: tables and columns that are dropped or made anew.
    #[arg(long)]
    allow_destroy: bool,
    /// Does not ask. It asks only where it reads from a terminal.
    #[arg(long, short)]
    yes: bool,
    /// How many seconds to wait for the columns and indexes of a table.
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..))]
    timeout: u64,
    /// Prints the plan, and whether it was done, as JSON; it does not ask.
    #[arg(long)]
    json: bool,
}

impl Push {
    pub(super) async fn run(self) -> Result<ExitCode> {
        let source = self.place.read()?;
        let client = self.place.client(&source)?;
        let wanted = source.wanted(&self.rename)?;
        let plan = plan(&client, &wanted).await?;
        if !self.json {
            show::plan(&client, &plan);
        }
        if !plan.is_empty() && !self.may(&plan)? {
            if self.json {
                print_json(&plan, Some(false))?;
            }
            return Ok(differ());
        }
        let quiet = self.json;
        let options = PushOptions {
            allow_destroy: self.allow_destroy,
            agreed: Some(plan.clone()),
            timeout: Some(Duration::from_secs(self.timeout)),
            listener: Some(Arc::new(move |step| report(quiet, step))),
        };
        push(&client, &wanted, &options).await?;
        if self.json {
            print_json(&plan, Some(true))?;
        } else if !plan.is_empty() {
            say("Done: server and file are equal.");
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Whether the plan may be done.
    fn may(&self, plan: &Plan) -> Result<bool> {
        if plan.destroying().next().is_some() && !self.allow_destroy {
            eprintln!(
                "Nothing was done: some steps lose data. Push with --allow-destroy if that is what you want."
            );
            return Ok(false);
        }
        if self.yes || self.json || !std::io::stdin().is_terminal() {
            return Ok(true);
        }
        eprint!("Do it? [y/N] ");
        std::io::stderr().flush()?;
        let mut line = String::new();
        std::io::stdin().read_line(&mut line)?;
        let is_yes = matches!(line.trim(), "y" | "Y" | "yes");
        if !is_yes {
            eprintln!("Nothing was done.");
        }
        Ok(is_yes)
    }
}

fn report(quiet: bool, step: &Step) {
    if !quiet {
        say(&format!("done: {} {} {}", step.action.verb(), step.target.noun(), step.target));
    }
}

#[allow(clippy::print_stdout, reason = "what the command is for")]
fn say(line: &str) {
    println!("{line}");
}
