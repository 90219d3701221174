//! Totals over many rows. `alias` names the result; `None` or an empty text leaves that to the server.

use super::Query;

impl Query {
    /// How many rows have the attribute; `*` counts all of them.
    pub fn count<'a>(attribute: &str, alias: impl Into<Option<&'a str>>) -> Self {
        Query::total("count", attribute, alias)
    }

    /// How many different values there are.
    pub fn count_distinct<'a>(attribute: &str, alias: impl Into<Option<&'a str>>) -> Self {
        Query::total("countDistinct", attribute, alias)
    }

    /// The sum.
    pub fn sum<'a>(attribute: &str, alias: impl Into<Option<&'a str>>) -> Self {
        Query::total("sum", attribute, alias)
    }

    /// The mean.
    pub fn avg<'a>(attribute: &str, alias: impl Into<Option<&'a str>>) -> Self {
        Query::total("avg", attribute, alias)
    }

    /// The smallest value.
    pub fn min<'a>(attribute: &str, alias: impl Into<Option<&'a str>>) -> Self {
        Query::total("min", attribute, alias)
    }

    /// The largest value.
    pub fn max<'a>(attribute: &str, alias: impl Into<Option<&'a str>>) -> Self {
        Query::total("max", attribute, alias)
    }

    /// The standard deviation, as the database defines it.
    pub fn stddev<'a>(attribute: &str, alias: impl Into<Option<&'a str>>) -> Self {
        Query::total("stddev", attribute, alias)
    }

    /// The standard deviation of a whole population.
    pub fn stddev_pop<'a>(attribute: &str, alias: impl Into<Option<&'a str>>) -> Self {
        Query::total("stddevPop", attribute, alias)
    }

    /// The standard deviation estimated from a sample.
    pub fn stddev_samp<'a>(attribute: &str, alias: impl Into<Option<&'a str>>) -> Self {
        Query::total("stddevSamp", attribute, alias)
    }

    /// The variance, as the database defines it.
    pub fn variance<'a>(attribute: &str, alias: impl Into<Option<&'a str>>) -> Self {
        Query::total("variance", attribute, alias)
    }

    /// The variance of a whole population.
    pub fn var_pop<'a>(attribute: &str, alias: impl Into<Option<&'a str>>) -> Self {
        Query::total("varPop", attribute, alias)
    }

    /// The variance estimated from a sample.
    pub fn var_samp<'a>(attribute: &str, alias: impl Into<Option<&'a str>>) -> Self {
        Query::total("varSamp", attribute, alias)
    }

    /// All values joined by bitwise AND.
    pub fn bit_and<'a>(attribute: &str, alias: impl Into<Option<&'a str>>) -> Self {
        Query::total("bitAnd", attribute, alias)
    }

    /// All values joined by bitwise OR.
    pub fn bit_or<'a>(attribute: &str, alias: impl Into<Option<&'a str>>) -> Self {
        Query::total("bitOr", attribute, alias)
    }

    /// All values joined by bitwise XOR.
    pub fn bit_xor<'a>(attribute: &str, alias: impl Into<Option<&'a str>>) -> Self {
        Query::total("bitXor", attribute, alias)
    }

    /// One result for each combination of these attributes' values.
    pub fn group_by<T: Into<String>>(attributes: impl IntoIterator<Item = T>) -> Self {
        Query::names("groupBy", attributes)
    }

    /// Keeps only the groups for which all of the queries hold; they speak of aliases.
    pub fn having(queries: impl IntoIterator<Item = Query>) -> Self {
        Query::nested("having", None, queries)
    }

    /// Drops results that are there already.
    pub fn distinct() -> Self {
        Query::new("distinct", None, None)
    }

    fn total<'a>(method: &str, attribute: &str, alias: impl Into<Option<&'a str>>) -> Self {
        match alias.into() {
            Some(alias) if !alias.is_empty() => Query::spread(method, attribute, alias),
            _ => Query::new(method, Some(attribute), None),
        }
    }
}
