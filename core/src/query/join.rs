//! Rows of several tables in one result.

use super::Query;
use crate::written::Written;

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

    pub(super) fn into_query(self, method: &str, table: &str) -> Query {
        let alias = Some(self.alias).filter(|alias| !alias.is_empty());
        let literal = |part: String| Written::value(0, &part);
        let values = match self.rule {
            Rule::Columns { left, operator, right } => {
                Written::list([left, operator, right].into_iter().chain(alias).map(literal))
            }
            Rule::Queries(queries) => Written::nested(
                alias.into_iter().map(literal).chain(queries.into_iter().map(|query| query.0)),
            ),
        };
        Query::new(method, Some(table), Some(values))
    }
}
