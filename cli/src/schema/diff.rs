//! `polywrite schema diff`: what a push would do.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use polywrite_schema::{Plan, plan};

use super::{differ, show, source::Place};

/// What to compare.
#[derive(Args)]
pub(crate) struct Diff {
    #[command(flatten)]
    place: Place,
    /// A column that has a new key, as `TABLE.OLD=NEW` or `DATABASE.TABLE.OLD=NEW`: its values stay. Also as `previousKey`
    /// in the file.
    #[arg(long, value_name = "RENAME")]
    rename: Vec<String>,
    /// Prints the plan as JSON.
    #[arg(long)]
    json: bool,
}

impl Diff {
    pub(super) async fn run(self) -> Result<ExitCode> {
        let source = self.place.read()?;
        let client = self.place.client(&source)?;
        let plan = plan(&client, &source.wanted(&self.rename)?).await?;
        if self.json {
            print_json(&plan, None)?;
        } else {
            show::plan(&client, &plan);
        }
        Ok(if plan.is_empty() { ExitCode::SUCCESS } else { differ() })
    }
}

/// Prints a plan for programs; of a push, also whether it was done.
#[allow(clippy::print_stdout, reason = "what the command is for")]
pub(super) fn print_json(plan: &Plan, pushed: Option<bool>) -> Result<()> {
    let mut fields = serde_json::to_value(plan)?;
    if let Some(pushed) = pushed {
        fields["pushed"] = pushed.into();
    }
    println!("{}", serde_json::to_string_pretty(&fields)?);
    Ok(())
}
