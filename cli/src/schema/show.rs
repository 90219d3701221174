//! A plan as people see it: with colours where they read it on a terminal.

use anstyle::{AnsiColor, Style};
use polywrite::Client;
use polywrite_schema::Plan;

/// How many characters of a line are the sign and the verb of a step.
const HEAD: usize = 8;
/// What stands behind a step that loses data.
const LOST: &str = "(its data is lost)";

/// Prints which project a plan is about, the plan, and how much it is.
pub(super) fn plan(client: &Client, plan: &Plan) {
    anstream::println!("Project {} at {}", client.project().unwrap_or("without an ID"), client.endpoint());
    for line in plan.to_string().lines() {
        anstream::println!("{}", coloured(line));
    }
    if plan.is_empty() {
        anstream::println!("Server and file are equal.");
        return;
    }
    let (all, lost) = (plan.steps.len(), plan.destroying().count());
    let steps = if all == 1 { "step" } else { "steps" };
    anstream::println!("{all} {steps}, of which {lost} lose data.");
}

fn coloured(line: &str) -> String {
    let style = match line.bytes().next() {
        Some(b'+') => AnsiColor::Green.on_default(),
        Some(b'~') => AnsiColor::Yellow.on_default(),
        Some(b'!') => AnsiColor::Magenta.on_default(),
        Some(b'-') => AnsiColor::Red.on_default(),
        _ => Style::new().dimmed(),
    };
    let (head, rest) = line.split_at_checked(HEAD).unwrap_or((line, ""));
    let alarm = AnsiColor::Red.on_default().bold();
    let rest = match rest.strip_suffix(LOST) {
        Some(rest) => format!("{rest}{alarm}{LOST}{alarm:#}"),
        None => rest.to_owned(),
    };
    format!("{style}{head}{style:#}{rest}")
}
