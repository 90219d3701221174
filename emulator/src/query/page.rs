//! Filtering, ordering and cutting a list.

use std::cmp::Ordering;

use serde_json::Value;

use super::{Cursor, Plan, compare, matches, matching::look_up};

/// One page of a list.
#[derive(Debug, Clone, Default)]
pub(crate) struct Page {
    /// How many documents meet the filters.
    pub(crate) total: usize,
    /// The documents of this page.
    pub(crate) documents: Vec<Value>,
}

/// How many documents a page has when no limit is asked for.
pub(crate) const DEFAULT_LIMIT: usize = 25;

/// Carries out a plan over `documents`, which come in creation order.
///
/// # Errors
/// The cursor's ID, when no document has it.
pub(crate) fn run(plan: &Plan, mut documents: Vec<Value>) -> Result<Page, String> {
    let is_anchor = |document: &Value| plan.is_anchor(document);
    // The anchor need not fit: it keeps its place until the others are in order.
    let mut total = 0;
    let mut is_anchor_fit = true;
    documents.retain(|document| {
        let fits = plan.fits(document);
        total += usize::from(fits);
        let is_anchor = is_anchor(document);
        if is_anchor {
            is_anchor_fit = fits;
        }
        fits || is_anchor
    });
    if plan.random {
        documents.sort_by_cached_key(|_| crate::random::hex(8));
    } else if !plan.orders.is_empty() {
        documents.sort_by(|left, right| by(plan, left, right));
    }
    let limit = plan.limit.unwrap_or(DEFAULT_LIMIT);
    let Some(Cursor::After(id) | Cursor::Before(id)) = &plan.cursor else {
        let documents = documents.into_iter().skip(plan.offset).take(limit).collect();
        return Ok(Page { total, documents });
    };
    let position = documents.iter().position(is_anchor).ok_or_else(|| id.to_owned())?;
    if !is_anchor_fit {
        documents.remove(position);
    }
    let documents = if matches!(plan.cursor, Some(Cursor::After(_))) {
        let start = position + usize::from(is_anchor_fit);
        documents.into_iter().skip(start + plan.offset).take(limit).collect()
    } else {
        let end = position.saturating_sub(plan.offset);
        let start = end.saturating_sub(limit);
        documents.into_iter().skip(start).take(end - start).collect()
    };
    Ok(Page { total, documents })
}

impl Plan {
    /// Whether a document has a part in the page: it meets the filters, or the page begins or ends at it.
    pub(crate) fn needs(&self, document: &Value) -> bool {
        self.is_anchor(document) || self.fits(document)
    }

    fn fits(&self, document: &Value) -> bool {
        self.filters.iter().all(|filter| matches(filter, document))
    }

    fn is_anchor(&self, document: &Value) -> bool {
        match &self.cursor {
            Some(Cursor::After(id) | Cursor::Before(id)) => document["$id"] == id.as_str(),
            None => false,
        }
    }
}

fn by(plan: &Plan, left: &Value, right: &Value) -> Ordering {
    for (attribute, downwards) in &plan.orders {
        let (left, right) = (look_up(left, attribute), look_up(right, attribute));
        let order = match attribute.as_str() {
            "$sequence" => sequence(left).cmp(&sequence(right)),
            _ => compare::sorting(left, right),
        };
        let order = if *downwards { order.reverse() } else { order };
        if order.is_ne() {
            return order;
        }
    }
    Ordering::Equal
}

/// Sequences are texts that count.
fn sequence(value: &Value) -> i64 {
    value.as_str().and_then(|text| text.parse().ok()).or_else(|| value.as_i64()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn ids(plan: &Plan) -> Vec<String> {
        let documents = ["a", "b", "c", "d"].map(|id| json!({"$id": id, "n": id.len()})).to_vec();
        let page = run(plan, documents).unwrap();
        page.documents.iter().map(|document| document["$id"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn cursors_go_both_ways() {
        let plan = |cursor, downwards| Plan {
            cursor: Some(cursor),
            orders: vec![("$id".into(), downwards)],
            limit: Some(2),
            ..Plan::default()
        };
        assert_eq!(ids(&plan(Cursor::After("a".into()), false)), ["b", "c"]);
        assert_eq!(ids(&plan(Cursor::Before("d".into()), false)), ["b", "c"]);
        assert_eq!(ids(&plan(Cursor::After("c".into()), true)), ["b", "a"]);
    }

    #[test]
    fn a_cursor_need_not_fit_the_filter() {
        let query = json!({"method": "notEqual", "attribute": "$id", "values": ["b"]}).to_string();
        let filters =
            super::super::plan(&[json!(query)], &|_| Some(super::super::AttributeKind::Any)).unwrap().filters;
        let plan = |cursor| Plan { cursor: Some(cursor), filters: filters.clone(), ..Plan::default() };
        assert_eq!(ids(&plan(Cursor::After("b".into()))), ["c", "d"]);
        assert_eq!(ids(&plan(Cursor::Before("b".into()))), ["a"]);
    }

    #[test]
    fn anything_can_be_sorted() {
        let kinds =
            [json!(2), json!("1"), json!(1), json!(null), json!([1]), json!(true), json!("a"), json!({})];
        let documents = (0..200).map(|index| json!({"$id": index, "x": kinds[index * 7 % 8]})).collect();
        let plan = Plan { orders: vec![("x".into(), false)], limit: Some(200), ..Plan::default() };
        let page = run(&plan, documents).unwrap();
        assert_eq!((&page.documents[0]["x"], &page.documents[199]["x"]), (&json!(null), &json!({})));
    }

    #[test]
    fn an_order_may_be_by_what_is_inside_of_a_value() {
        let documents = [2, 1, 3].map(|n| json!({"$id": n.to_string(), "place": {"n": n}})).to_vec();
        let plan = Plan { orders: vec![("place.n".into(), false)], ..Plan::default() };
        let page = run(&plan, documents).unwrap();
        assert_eq!(page.documents.iter().map(|it| &it["$id"]).collect::<Vec<_>>(), ["1", "2", "3"]);
    }

    #[test]
    fn an_unknown_cursor_is_an_error() {
        let plan = Plan { cursor: Some(Cursor::After("z".into())), ..Plan::default() };
        assert_eq!(run(&plan, Vec::new()).unwrap_err(), "z");
    }
}
