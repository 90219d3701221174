//! What the server says about a file that arrives in chunks.

use serde::Deserialize;

use crate::response::Response;

/// The parts of an answer that tell how far an upload is. Deployments have none but the ID.
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
    /// The file is whole and signed.
    Finished,
    /// Something is missing.
    Unfinished,
    /// This kind of answer doesn't tell.
    Unknown,
}

impl Receipt {
    /// Reads an answer; one that is no receipt tells nothing.
    pub(crate) fn of(response: &Response) -> Self {
        response.json().unwrap_or_default()
    }

    // Counts alone don't tell: answers that cross on their way can carry the same count, and the last range need not
    // be the last to arrive. Only the finished file has a signature.
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
