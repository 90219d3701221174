//! Recorded exchanges, read from their files.

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::{Value, json};

/// One exchange.
#[derive(Debug)]
pub(crate) struct Recording {
    /// `service/name`.
    pub(crate) name: String,
    /// What was sent.
    pub(crate) request: Value,
    /// The response.
    pub(crate) response: Value,
}

impl Recording {
    /// The values of a header of the response.
    pub(crate) fn header(&self, name: &str) -> Vec<String> {
        let headers = self.response["headers"].as_array().into_iter().flatten();
        headers
            .filter(|pair| pair[0].as_str().is_some_and(|other| other.eq_ignore_ascii_case(name)))
            .filter_map(|pair| pair[1].as_str().map(str::to_owned))
            .collect()
    }

    /// The headers of the request.
    pub(crate) fn request_headers(&self) -> Vec<(String, String)> {
        let headers = self.request["headers"].as_object().into_iter().flatten();
        headers
            .map(|(name, value)| (name.to_lowercase(), value.as_str().unwrap_or_default().to_owned()))
            .collect()
    }
}

/// All exchanges below a folder, by name. Of a request that was repeated until something was done, the last response
/// counts; its headers were not recorded.
pub(crate) fn load(folder: &Path) -> BTreeMap<String, Recording> {
    let mut recordings = BTreeMap::new();
    let services = fs::read_dir(folder).expect("the folder can be read").flatten();
    for service in services.filter(|entry| entry.path().is_dir()) {
        for file in fs::read_dir(service.path()).expect("the folder can be read").flatten() {
            let text = fs::read_to_string(file.path()).expect("the file can be read");
            let mut exchange: Value = text.parse().expect("a recording is JSON");
            let path = file.path();
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let name = format!("{}/{stem}", service.file_name().to_string_lossy());
            if let Some(last) = exchange["answers"].as_array().and_then(|answers| answers.last()).cloned() {
                exchange["request"]["headers"] =
                    json!({"x-appwrite-project": "proj1", "x-appwrite-key": "API_KEY_001"});
                exchange["response"] = json!({"status": last["code"].as_u64().unwrap_or(200), "body": last});
            }
            let (request, response) = (exchange["request"].take(), exchange["response"].take());
            recordings.insert(name.clone(), Recording { name, request, response });
        }
    }
    recordings
}
