use std::fs::File;
use std::io::{BufWriter, Write};

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::Failure;
use crate::arguments::exact;

/// The plan, and the report that it becomes.
pub struct Plan {
    tasks: Vec<Task>,
    report: BufWriter<File>,
}

/// One line of the plan.
#[derive(Debug, Clone, Deserialize)]
pub struct Task {
    /// The line's name in the report.
    pub id: String,
    /// What to do.
    #[serde(flatten)]
    pub what: Do,
}

/// What there is to do.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "do", rename_all = "lowercase", rename_all_fields = "camelCase")]
pub enum Do {
    /// Make a call.
    Call {
        /// Service and method.
        operation: String,
        /// Arguments by wire name.
        arguments: Map<String, Value>,
        /// Whether the client takes the server for self-hosted.
        self_hosted: bool,
        /// What the recorder sends.
        response: Response,
    },
    /// Call a helper.
    Helper {
        /// Group and name.
        helper: String,
        /// Arguments by name, in order.
        arguments: Map<String, Value>,
    },
    /// Read the request of a webhook.
    Webhook {
        /// Its headers, body and URL, and the secret.
        given: Map<String, Value>,
    },
    /// Make a client and a call.
    Client {
        /// What the client and its call are configured with.
        given: Value,
        /// What the recorder sends.
        response: Response,
    },
    /// List an enum's values.
    Enum {
        /// Its name.
        r#enum: String,
    },
}

/// A response of the recorder.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// Base64.
    pub body: String,
    /// Whether nothing is sent.
    #[serde(default)]
    pub hang: bool,
}

impl Plan {
    /// Opens the plan and the report that the program was given.
    ///
    /// # Errors
    /// When a file cannot be read or written, or is not a plan.
    pub fn from_arguments() -> Result<Self, Failure> {
        let mut names = std::env::args().skip(1);
        let (Some(plan), Some(report)) = (names.next(), names.next()) else {
            return Err("give the plan and the report".into());
        };
        let text = std::fs::read_to_string(plan)?;
        let tasks = text
            .lines()
            .map(|line| Ok(serde_json::from_value(exact(serde_json::from_str(line)?))?))
            .collect::<Result<_, Failure>>()?;
        Ok(Self { tasks, report: BufWriter::new(File::create(report)?) })
    }

    /// The tasks, once.
    pub fn take_tasks(&mut self) -> Vec<Task> {
        std::mem::take(&mut self.tasks)
    }

    /// Writes a line of the report.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn report(&mut self, id: &str, mut line: Map<String, Value>) -> Result<(), Failure> {
        line.insert("id".into(), id.into());
        serde_json::to_writer(&mut self.report, &line)?;
        self.report.write_all(b"\n")?;
        Ok(())
    }
}
