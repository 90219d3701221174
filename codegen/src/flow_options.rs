//! The options of lists, waits, bulk writes and transactions: what each means, once for every language.

use polywrite_api::Api;

/// An option.
pub struct FlowOption {
    /// Its name: `pageSize`. Each language writes it in its own way.
    pub name: &'static str,
    /// What happens unless it is given.
    pub default: Option<String>,
    about: String,
}

impl FlowOption {
    fn new(name: &'static str, default: Option<String>, about: &str) -> Self {
        Self { name, default, about: about.to_owned() }
    }

    /// What it means, as a sentence. `unit` stands behind a time: `, in seconds`.
    pub fn about(&self, unit: &str) -> String {
        self.about.replace("{unit}", unit)
    }

    /// What it means and what happens unless it is given.
    pub fn sentences(&self, unit: &str) -> String {
        let default =
            self.default.as_ref().map(|default| format!(" Default: {default}.")).unwrap_or_default();
        self.about(unit) + &default
    }
}

/// What is said of one of these options.
///
/// # Panics
/// When there is no such option: a target names the options that it writes.
#[expect(clippy::panic, reason = "a defect of a target, which every run of the generator shows")]
pub fn sentences(options: &[FlowOption], name: &str, unit: &str) -> String {
    let option = options.iter().find(|option| option.name == name);
    option.unwrap_or_else(|| panic!("no option `{name}`")).sentences(unit)
}

/// The options of reading a whole list.
pub fn of_lists(api: &Api) -> Vec<FlowOption> {
    let size = Some(api.page_size.to_string());
    vec![FlowOption::new("pageSize", size, "How many items one call asks for, at least 1.")]
}

/// The options of waits; `timeout` is the default time limit.
pub fn of_waits(timeout: String) -> Vec<FlowOption> {
    let listener = "Called with the first status and each time that it has changed.";
    vec![
        FlowOption::new("timeout", Some(timeout), "How long to wait in all{unit}, more than 0."),
        FlowOption::new("onStatus", None, listener),
    ]
}

/// The options of bulk writes.
pub fn of_bulk(api: &Api) -> Vec<FlowOption> {
    let limit = api.bulk.limit.to_string();
    let about_limit = format!("How many a call takes, where the server is known to take more than {limit}.");
    let concurrency = Some(api.bulk.concurrency.to_string());
    let no = Some("no".to_owned());
    vec![
        FlowOption::new("transactionId", None, "Stages the writes in a transaction."),
        FlowOption::new("onProgress", None, "Called after each call with how far the write is."),
        FlowOption::new("limit", Some(limit), &about_limit),
        FlowOption::new("concurrency", concurrency, "How many calls are on their way at the same time."),
        FlowOption::new("stopOnError", no, "Whether the first that fails ends the write."),
    ]
}

/// The options of transactions.
pub fn of_transactions(api: &Api) -> Vec<FlowOption> {
    let ttl = "Seconds until the server ends the transaction by itself, 60 to 3600.";
    let attempts = Some(api.transactions.attempts.to_string());
    vec![
        FlowOption::new("attempts", attempts, "How often the work is begun at most."),
        FlowOption::new("ttl", Some(api.transactions.ttl.to_string()), ttl),
    ]
}
