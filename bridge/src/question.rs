//! Questions: what a language asks beside commands, in one form. Their answers need no call.

use polywrite::{Error, RAW_CALL, Response, Result, integer_mark};
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;

use crate::error::{malformed, misfit, record, refused};
use crate::given::{describe, number_of, operation};
use crate::webhook::webhook;

/// What is asked, as its record says it in JSON: `{"number":"users.get"}`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
enum Question<'record> {
    /// The number of an operation.
    Number(String),
    /// The number of an operation that an SDK of another definition has by this name; the text is its row.
    Describe(String),
    /// What the request of a webhook says whose body is the text, or the signature of such a body.
    #[serde(borrow)]
    Webhook(&'record RawValue),
    /// Whether the server reads the text, which is JSON of a value of this name, as it is.
    Lossless(String),
    /// The record of the error for an operation's argument that a facade refuses.
    Refused {
        operation: String,
        message: String,
        #[serde(default)]
        in_snake_case: bool,
    },
    /// The record of the error for an operation's response that should be JSON, which is the text.
    Malformed(String),
    /// The record of the error for a row of an operation's response that is not what its type says.
    Misfit { operation: String, message: String },
    /// What an integer of a response begins with that a floating-point number does not hold exactly.
    Mark,
}

/// The answer to the question of a record and a text, as JSON.
///
/// # Errors
/// `Argument` for a record of no known question, which is not shown, and as what is asked about has them.
pub fn ask(question: &str, text: &[u8]) -> Result<Response> {
    let unknown = |_| Error::argument("unknown question");
    let answer = match serde_json::from_str(question).map_err(unknown)? {
        Question::Number(id) => number_of(&id)?.to_string(),
        other => answer_to(other, text)?,
    };
    Ok(Response::of_json(&RAW_CALL, answer))
}

// In wasm a function is compiled when it is called first: the first call has to wait for the numbers of operations alone.
#[inline(never)]
fn answer_to(question: Question<'_>, text: &[u8]) -> Result<String> {
    Ok(match question {
        Question::Number(id) => number_of(&id)?.to_string(),
        Question::Describe(name) => describe(&name, text)?.to_string(),
        Question::Webhook(asked) => webhook(asked.get(), text)?,
        Question::Lossless(name) => {
            let value: &RawValue = serde_json::from_slice(text)
                .map_err(|cause| Error::argument(format!("this is not JSON: {cause}")))?;
            polywrite::json(&name, value)?;
            "null".to_owned()
        }
        Question::Refused { operation, message, in_snake_case } => {
            let error = refused(operation, message);
            record(&if in_snake_case { error.in_snake_case() } else { error })
        }
        Question::Misfit { operation, message } => record(&misfit(operation, message)),
        Question::Mark => json!(integer_mark()).to_string(),
        Question::Malformed(id) => record(&malformed(operation(&id).unwrap_or(&RAW_CALL), text)),
    })
}

#[cfg(test)]
mod tests {
    use polywrite::integer_mark;

    use super::ask;

    fn answer(question: &str, text: &str) -> String {
        ask(question, text.as_bytes()).unwrap().text().unwrap().to_owned()
    }

    #[test]
    fn each_question_has_an_answer_in_json() {
        assert_eq!(answer(r#"{"lossless":"values"}"#, r#"[9223372036854775807,"a"]"#), "null");
        assert!(answer(r#"{"number":"users.get"}"#, "").parse::<u32>().is_ok());
        let row = r#"{"id":"a.get","method":"GET","path":"/a","content":"none","returns":"empty"}"#;
        let described = answer(r#"{"describe":"acme#a.get"}"#, row);
        assert_eq!(answer(r#"{"number":"acme#a.get"}"#, ""), described);
        assert!(answer(r#"{"webhook":{"url":"u","secret":"s"}}"#, "{}").starts_with('"'));
        assert_eq!(answer(r#""mark""#, ""), serde_json::to_string(integer_mark()).unwrap());
        let refused = r#"{"refused":{"operation":"users.get","message":"`userId`","inSnakeCase":true}}"#;
        assert!(answer(refused, "").contains(r#""line":"users.get: `user_id`""#));
        assert!(answer(r#"{"malformed":"users.get"}"#, "{").contains(r#""kind":"decode""#));
        let misfit = r#"{"misfit":{"operation":"tablesDB.getRow","message":"the row `r`"}}"#;
        assert!(answer(misfit, "").contains(r#""line":"tablesDB.getRow: the row `r`;"#));
    }

    #[test]
    fn what_is_asked_otherwise_is_refused_and_not_shown() {
        let beyond = "`values[1]` is a whole number beyond 64 bits; send it as a text";
        for (question, text, line) in [
            (r#"{"s3cret":1}"#, "", "unknown question"),
            (r#"{"number":"users.nothing"}"#, "", "users.nothing: unknown operation `users.nothing`"),
            (r#"{"lossless":"values"}"#, "[1,18446744073709551617]", beyond),
            (
                r#"{"lossless":"values"}"#,
                "[",
                "this is not JSON: EOF while parsing a list at line 1 column 1",
            ),
        ] {
            assert_eq!(ask(question, text.as_bytes()).unwrap_err().to_string(), line);
        }
    }
}
