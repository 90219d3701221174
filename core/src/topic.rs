//! Names of topics, level by level.

mod generated;

use std::fmt;

use serde::{Serialize, Serializer};

use crate::Error;
use generated::{FORBIDDEN, LEAST, SEPARATOR};

/// A topic of one or more levels.
///
/// ```
/// use polywrite::Topic;
///
/// let topic = Topic::path(["home", "kitchen"])?.then(["light"])?;
/// assert_eq!(topic.as_str(), "home/kitchen/light");
/// # Ok::<(), polywrite::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Topic(String);

impl Topic {
    /// Joins the levels.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`](crate::ErrorKind::Argument) when no level is given, or a level is empty or contains
    /// `/`, `+`, `#` or NUL.
    pub fn path<T: AsRef<str>>(levels: impl IntoIterator<Item = T>) -> Result<Self, Error> {
        Topic(String::new()).then(levels)
    }

    /// Goes further down by these levels.
    ///
    /// # Errors
    /// See [`Topic::path`].
    pub fn then<T: AsRef<str>>(mut self, levels: impl IntoIterator<Item = T>) -> Result<Self, Error> {
        let mut count = 0;
        for level in levels {
            let level = level.as_ref();
            if level.is_empty() || FORBIDDEN.iter().any(|text| level.contains(text)) {
                return Err(Error::argument(format!(
                    "Topic::path: the level {level:?} is empty or contains one of / + # or NUL"
                )));
            }
            if !self.0.is_empty() {
                self.0.push_str(SEPARATOR);
            }
            self.0.push_str(level);
            count += 1;
        }
        if count < LEAST {
            return Err(Error::argument("Topic::path: at least one level is needed"));
        }
        Ok(self)
    }

    /// The levels joined by `/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<Topic> for String {
    fn from(topic: Topic) -> Self {
        topic.0
    }
}

impl Serialize for Topic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
