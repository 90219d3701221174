//! Functions with a `schedule`: one execution when a minute comes that it names, by the clock of the project.

use std::{collections::HashMap, sync::Arc, time::Duration};

use croner::{Cron, Weekday};
use time::OffsetDateTime;

use super::{is_runnable, queue::Beginning};
use crate::{clock, state::State};

/// How often the clocks are looked at.
const GLANCE: Duration = Duration::from_millis(200);

/// Minutes that are looked at where a clock has jumped: those of a year.
const MOST: i64 = 366 * 24 * 60;

/// Starts functions at their times, as long as the emulator does. A clock that jumps starts each of them once.
pub(crate) async fn keep(state: Arc<State>) {
    if state.functions.is_empty() {
        return;
    }
    let mut seen: HashMap<String, i64> = HashMap::new();
    loop {
        let projects = state.projects.ids();
        seen.retain(|project, _| projects.contains(project));
        for project in projects {
            let Some(own) = state.projects.find(&project) else { continue };
            let now = own.serve(clock::moment).unix_timestamp().div_euclid(60);
            let last = seen.insert(project.clone(), now).unwrap_or(now);
            if last < now {
                own.serve(|| start(&state, &project, last.max(now - MOST), now));
            }
        }
        tokio::time::sleep(GLANCE).await;
    }
}

/// Starts the functions of a project that name a minute after `last`, up to `now`.
fn start(state: &State, project: &str, last: i64, now: i64) {
    let functions = state.store.all(&format!("{project}/resources/functions")).unwrap_or_default();
    for function in functions.iter().filter(|it| is_runnable(it) && it["enabled"] != false) {
        let Ok(schedule) = function["schedule"].as_str().unwrap_or_default().parse::<Cron>() else {
            continue;
        };
        if (last + 1..=now).any(|minute| names(&schedule, minute)) {
            let beginning = Beginning {
                project,
                function,
                trigger: "schedule",
                user: None,
                headers: &[],
                body: String::new(),
            };
            // Nothing is started of a function that was deleted meanwhile.
            let _ = state.executions.begin(state, beginning);
        }
    }
}

/// Whether a schedule names a minute since 1970, in UTC.
fn names(schedule: &Cron, minute: i64) -> bool {
    let Ok(moment) = OffsetDateTime::from_unix_timestamp(minute * 60) else { return false };
    let (year, month, day) = (moment.year(), u32::from(u8::from(moment.month())), u32::from(moment.day()));
    let weekday = Weekday::from_days_from_sunday(u32::from(moment.weekday().number_days_from_sunday()));
    let pattern = &schedule.pattern;
    let fits = || {
        Ok::<_, croner::errors::CronError>(
            pattern.minute_match(u32::from(moment.minute()))?
                && pattern.hour_match(u32::from(moment.hour()))?
                && pattern.month_match(month)?
                && pattern.day_match(year, month, day, weekday)?,
        )
    };
    fits().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_schedule_names_minutes() {
        // 2026-01-01T03:15Z, a Thursday.
        let minute = 1_767_237_300 / 60;
        for (schedule, is_named) in [
            ("* * * * *", true),
            ("15 3 * * *", true),
            ("*/5 0-6 1 JAN THU", true),
            ("16 3 * * *", false),
            ("15 3 * * 1", false),
            ("15 3 2 * *", false),
        ] {
            assert_eq!(names(&schedule.parse().unwrap(), minute), is_named, "{schedule}");
        }
    }
}
