//! Rows of several tables in one result.

use serde_json::Value;

use super::{Query, text};

/// How the rows of two tables belong together.
///
/// ```
/// use polywrite::{Join, Query};
///
/// Query::left_join("orders", Join::on("$id", "customerId").alias("o"));
/// Query::join("orders", Join::matching([Query::on("$id", "customerId", "="), Query::equal("paid", true)]));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    rule: Rule,
    alias: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Rule {
    Columns { left: String, operator: String, right: String },
    Queries(Vec<Query>),
}

impl Join {
    /// The column `left` of this table equals `right` of the joined one.
    pub fn on(left: impl Into<String>, right: impl Into<String>) -> Self {
        Join::compare(left, "=", right)
    }

    /// The column `left` compares to `right` as the operator says: `=`, `!=`, `<`, `<=`, `>`, `>=`.
    pub fn compare(left: impl Into<String>, operator: impl Into<String>, right: impl Into<String>) -> Self {
        let rule = Rule::Columns { left: left.into(), operator: operator.into(), right: right.into() };
        Join { rule, alias: String::new() }
    }

    /// All of the queries hold, [`Query::on`] among them.
    pub fn matching(queries: impl IntoIterator<Item = Query>) -> Self {
        Join { rule: Rule::Queries(queries.into_iter().collect()), alias: String::new() }
    }

    /// Another name for the joined table in this call.
    pub fn alias(mut self, alias: impl Into<String>) -> Self {
        self.alias = alias.into();
        self
    }

    fn into_query(self, method: &str, table: &str) -> Query {
        let literal = |part: &str| Value::from(part).to_string();
        let alias = (!self.alias.is_empty()).then(|| literal(&self.alias));
        let values: Vec<String> = match &self.rule {
            Rule::Columns { left, operator, right } => {
                [left, operator, right].into_iter().map(|part| literal(part)).chain(alias).collect()
            }
            Rule::Queries(queries) => {
                alias.into_iter().chain(queries.iter().map(|query| query.0.clone())).collect()
            }
        };
        Query(text(method, Some(table), Some(values.into_iter())))
    }
}

impl Query {
    /// Compares columns of two tables: a condition of [`Join::matching`].
    pub fn on(left: &str, right: &str, operator: &str) -> Self {
        Query::new("on", None, Some(&[left.into(), operator.into(), right.into()]))
    }

    /// Only pairs that belong together.
    pub fn join(table: &str, join: Join) -> Self {
        join.into_query("join", table)
    }

    /// All rows of this table, with the other's where they belong together.
    pub fn left_join(table: &str, join: Join) -> Self {
        join.into_query("leftJoin", table)
    }

    /// All rows of the joined table, with this one's where they belong together.
    pub fn right_join(table: &str, join: Join) -> Self {
        join.into_query("rightJoin", table)
    }

    /// All rows of both tables, paired where they belong together.
    pub fn full_outer_join(table: &str, join: Join) -> Self {
        join.into_query("fullOuterJoin", table)
    }

    /// Every row of this table with every row of the other.
    pub fn cross_join<'a>(table: &str, alias: impl Into<Option<&'a str>>) -> Self {
        match alias.into() {
            Some(alias) if !alias.is_empty() => Query::new("crossJoin", Some(table), Some(&[alias.into()])),
            _ => Query::new("crossJoin", Some(table), None),
        }
    }
}
