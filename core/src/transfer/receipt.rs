//! What a response says about a file that arrives in chunks.

use serde::Deserialize;

use crate::response::Response;

/// The fields of a response that show the progress of an upload. Deployments have only the ID.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Receipt {
    #[serde(rename = "$id")]
    pub(crate) id: Option<String>,
    chunks_total: Option<u64>,
    chunks_uploaded: Option<u64>,
    signature: Option<String>,
    pub(crate) size_original: Option<u64>,
}

/// What a receipt says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// The file is complete and signed.
    Finished,
    /// Something is missing.
    Unfinished,
    /// This response does not say.
    Unknown,
}

impl Receipt {
    /// Reads a response; one that is not a receipt has no fields.
    pub(crate) fn of(response: &Response) -> Self {
        response.json().unwrap_or_default()
    }

    // Counts are not enough: responses that overtake each other can have the same count, and the last range need not be the
    // last to arrive. Only the finished file has a signature.
    pub(crate) fn state(&self) -> State {
        match (self.chunks_uploaded, self.chunks_total, self.signature.as_deref()) {
            (None, _, _) | (_, None, _) => State::Unknown,
            (Some(uploaded), Some(total), signature) if uploaded == total && signature != Some("") => {
                State::Finished
            }
            _ => State::Unfinished,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(json: &str) -> State {
        serde_json::from_str::<Receipt>(json).unwrap().state()
    }

    #[test]
    fn only_a_signed_file_is_finished() {
        assert_eq!(state(r#"{"chunksTotal":3,"chunksUploaded":3,"signature":"ab"}"#), State::Finished);
        assert_eq!(state(r#"{"chunksTotal":3,"chunksUploaded":3,"signature":""}"#), State::Unfinished);
        assert_eq!(state(r#"{"chunksTotal":3,"chunksUploaded":2,"signature":""}"#), State::Unfinished);
        assert_eq!(state(r#"{"$id":"d1","status":"waiting"}"#), State::Unknown);
    }
}
