//! Every helper, called by a function of the build script.

use polywrite::{Channel, Condition, Error, Id, Join, Number, Operator, Permission, Query, Role, Topic};
use polywrite_vector_support::Arguments;
use serde_json::{Value, json};

/// What a helper made, or its error.
type Made = Result<Value, String>;

include!(concat!(env!("OUT_DIR"), "/helpers.rs"));

/// The report on a helper.
pub(crate) fn line(name: &str, given: &Arguments) -> Value {
    let made = made(name, given);
    if !given.misfits().is_empty() {
        return json!({ "skipped": format!("the compiler rejects {}", given.misfits().join(", ")) });
    }
    match made {
        None => json!({ "skipped": "there is no such helper" }),
        Some(Ok(made)) => json!({ "made": made }),
        Some(Err(message)) => json!({ "refused": true, "message": message }),
    }
}

/// Anything that helpers return.
trait IntoMade {
    fn made(self) -> Made;
}

macro_rules! texts {
    ($($kind:ty)*) => {
        $(impl IntoMade for $kind {
            fn made(self) -> Made {
                Ok(self.to_string().into())
            }
        })*
    };
}

texts!(Channel Operator Permission Query Role String Topic);

impl IntoMade for [Query; 2] {
    fn made(self) -> Made {
        Ok(self.map(String::from).to_vec().into())
    }
}

impl<T: IntoMade> IntoMade for Result<T, Error> {
    fn made(self) -> Made {
        self.map_err(|error| error.to_string())?.made()
    }
}

fn queries(given: &Arguments) -> Vec<Query> {
    parsed(&given.take::<Vec<String>>("queries"))
}

fn parsed(texts: &[String]) -> Vec<Query> {
    texts.iter().filter_map(|text| text.parse().ok()).collect()
}

fn join(given: &Arguments) -> Join {
    let text = |name: &str| given.take::<String>(name);
    let rule = match given.given::<Vec<String>>("on") {
        Some(on) => Join::matching(parsed(&on)),
        None => Join::compare(
            text("left"),
            given.take_or::<String>("operator", json!("=")),
            given.take_or::<String>("right", json!("")),
        ),
    };
    rule.alias(given.take_or::<String>("alias", json!("")))
}

fn bound(given: &Arguments, name: &str) -> Option<Number> {
    given.given::<Value>(name).map(number)
}

/// Whole numbers stay whole.
fn number(value: Value) -> Number {
    value.as_i64().map_or_else(|| value.as_f64().unwrap_or_default().into(), Number::from)
}

const CONDITIONS: [Condition; 9] = [
    Condition::Equal,
    Condition::NotEqual,
    Condition::GreaterThan,
    Condition::GreaterThanEqual,
    Condition::LessThan,
    Condition::LessThanEqual,
    Condition::Contains,
    Condition::IsNull,
    Condition::IsNotNull,
];

pub(crate) fn is_condition(name: &str) -> bool {
    CONDITIONS.iter().any(|condition| condition.as_str() == name)
}

fn condition(name: &str) -> Condition {
    CONDITIONS.into_iter().find(|condition| condition.as_str() == name).unwrap_or(Condition::IsNull)
}
