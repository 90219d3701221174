//! The JSON texts that helpers such as [`Query`](crate::Query) write.

use serde::{Serialize, Serializer};

use crate::lossless::{Refusal, written};

/// JSON text, unless a value in it cannot be written: then the text is not JSON, and sending it fails.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Written {
    pub(crate) text: String,
    refused: Option<Box<Refusal>>,
}

/// Stands for what cannot be written. No server reads it as something else.
const UNWRITTEN: &str = "?";

impl Written {
    /// A text that is JSON already.
    pub(crate) fn json(text: String) -> Self {
        Self { text, refused: None }
    }

    /// The `index`-th of a helper's values.
    pub(crate) fn value(index: usize, value: &(impl Serialize + ?Sized)) -> Self {
        Self::try_of(value).unwrap_or_else(|refusal| Self::refused(&format!("values[{index}]"), refusal))
    }

    /// A list of values: the value itself if it is one, else a list of one.
    pub(crate) fn spread(value: &(impl Serialize + ?Sized)) -> Self {
        match Self::try_of(value) {
            Ok(written) if written.text.trim_start().starts_with('[') => written,
            Ok(written) => Self::list([written]),
            Err(refusal) if refusal.place.starts_with('[') => Self::refused("values", refusal),
            Err(refusal) => Self::refused("values[0]", refusal),
        }
    }

    /// A list of these values.
    pub(crate) fn each<T: Serialize>(values: impl IntoIterator<Item = T>) -> Self {
        Self::list(values.into_iter().enumerate().map(|(index, value)| Self::value(index, &value)))
    }

    /// A list of what is written already.
    pub(crate) fn list(items: impl IntoIterator<Item = Self>) -> Self {
        let mut list = Self::json("[".to_owned());
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                list.text.push(',');
            }
            list.push(item);
        }
        list.text.push(']');
        list
    }

    /// As [`list`](Self::list), of the texts of other helpers.
    pub(crate) fn nested(items: impl IntoIterator<Item = Self>) -> Self {
        Self::list(items.into_iter().enumerate().map(|(index, mut item)| {
            if let Some(refusal) = &mut item.refused {
                refusal.place = format!("values[{index}].{}", refusal.place);
            }
            item
        }))
    }

    /// Adds a text behind this one.
    pub(crate) fn push(&mut self, other: Self) {
        self.text.push_str(&other.text);
        self.refused = self.refused.take().or(other.refused);
    }

    fn try_of(value: &(impl Serialize + ?Sized)) -> Result<Self, Refusal> {
        Ok(Self::json(String::from(Box::<str>::from(written(value)?))))
    }

    fn refused(name: &str, mut refusal: Refusal) -> Self {
        refusal.place.insert_str(0, name);
        Self { text: UNWRITTEN.to_owned(), refused: Some(Box::new(refusal)) }
    }
}

/// A text that holds the JSON.
impl Serialize for Written {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.refused {
            None => serializer.serialize_str(&self.text),
            Some(refusal) => Err(serde::ser::Error::custom(refusal.of(""))),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{Condition, Join, Operator, Params, Query};

    fn refused(value: &impl serde::Serialize) -> String {
        let mut params = Params::new();
        params.set("queries", &[json!("first")]);
        params.set("second", &[value]);
        params.check().unwrap_err().message().to_owned()
    }

    #[test]
    fn what_json_cannot_write_is_refused_with_its_place_in_queries_and_operators() {
        let nan = f64::NAN;
        let cases = [
            (refused(&Query::equal("year", nan)), "values[0]` is NaN"),
            (refused(&Query::equal("year", vec![1.0, nan])), "values[1]` is NaN"),
            (refused(&Query::less_than("year", f32::INFINITY)), "values[0]` is inf"),
            (refused(&Query::between("year", 1, f64::NEG_INFINITY)), "values[1]` is -inf"),
            (refused(&Query::distance_less_than("at", [[1.0, nan]], 5, true)), "values[0][0][0][1]` is NaN"),
            (refused(&Query::distance_less_than("at", [[1.0, 2.0]], nan, true)), "values[0][1]` is NaN"),
            (refused(&Query::vector_dot("at", [nan])), "values[0][0]` is NaN"),
            (refused(&Query::or([Query::limit(1), Query::equal("a", nan)])), "values[1].values[0]` is NaN"),
            (
                refused(&Query::join("t", Join::matching([Query::equal("a", nan)]).alias("o"))),
                "values[1].values[0]` is NaN",
            ),
            (refused(&Operator::array_append([1.0, nan])), "values[1]` is NaN"),
            (refused(&Operator::array_insert(2, nan)), "values[1]` is NaN"),
            (refused(&Operator::array_filter(Condition::Equal, nan)), "values[1]` is NaN"),
            (refused(&Operator::string_concat(nan)), "values[0]` is NaN"),
        ];
        for (message, expected) in cases {
            assert!(message.starts_with("`second[0]` cannot be written as JSON: `"), "{message}");
            assert!(message.ends_with(&format!("{expected}, which JSON cannot write")), "{message}");
        }
        let large = refused(&Query::equal("year", u64::MAX));
        assert!(large.contains("`values[0]` is a whole number beyond 64 bits"), "{large}");
        // Nothing takes it for null.
        assert!(serde_json::from_str::<serde_json::Value>(Query::equal("year", nan).as_str()).is_err());
        assert!(Query::equal("year", None::<f64>).as_str().ends_with(r#""values":[null]}"#));
    }
}
