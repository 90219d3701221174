//! Which methods of the definition a request may mean.

use std::collections::HashMap;

use percent_encoding::percent_decode_str;
use polywrite_api::Method;
use serde_json::{Map, Value};

use crate::schema::Schema;

/// All routes, by HTTP method and number of segments.
#[derive(Debug, Default)]
pub(crate) struct Router {
    routes: HashMap<(String, usize), Vec<Route>>,
}

/// A path template and the IDs of the methods that share it.
#[derive(Debug)]
struct Route {
    segments: Vec<Segment>,
    methods: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    Fixed(String),
    Place(String),
}

/// What a path matched: methods and the values of the path's places.
#[derive(Debug)]
pub(crate) struct Match {
    /// IDs of the methods on this route.
    pub(crate) methods: Vec<String>,
    /// Path values by name, decoded.
    pub(crate) values: Map<String, Value>,
}

impl Router {
    /// The routes of every method, self-hosted spellings included.
    pub(crate) fn new(schema: &Schema) -> Self {
        let mut router = Self::default();
        for method in schema.routed() {
            router.add(method, &method.path);
            if let Some(path) = &method.self_hosted_path {
                router.add(method, path);
            }
        }
        for routes in router.routes.values_mut() {
            // A fixed segment beats a place, from the left.
            routes.sort_by_key(|route| {
                let is_place = |segment: &Segment| matches!(segment, Segment::Place(_));
                route.segments.iter().map(is_place).collect::<Vec<_>>()
            });
        }
        router
    }

    fn add(&mut self, method: &Method, path: &str) {
        let segments: Vec<Segment> = split(path)
            .map(|segment| match segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
                Some(name) => Segment::Place(name.to_owned()),
                None => Segment::Fixed(segment.to_owned()),
            })
            .collect();
        let routes = self.routes.entry((method.http_method.as_str().to_owned(), segments.len())).or_default();
        match routes.iter_mut().find(|route| route.segments == segments) {
            Some(route) => route.methods.push(method.id.clone()),
            None => routes.push(Route { segments, methods: vec![method.id.clone()] }),
        }
    }

    /// Finds the route of a path below `/v1`; a slash at its end is ignored.
    pub(crate) fn find(&self, http_method: &str, path: &str) -> Option<Match> {
        let parts: Vec<&str> = split(path).collect();
        let routes = self.routes.get(&(http_method.to_owned(), parts.len()))?;
        routes.iter().find_map(|route| {
            let mut values = Map::new();
            for (segment, part) in route.segments.iter().zip(&parts) {
                match segment {
                    Segment::Fixed(text) if text == part => {}
                    Segment::Fixed(_) => return None,
                    Segment::Place(name) => {
                        let value = percent_decode_str(part).decode_utf8_lossy().into_owned();
                        values.insert(name.clone(), Value::String(value));
                    }
                }
            }
            Some(Match { methods: route.methods.clone(), values })
        })
    }
}

fn split(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

/// Of the methods that share a route, the one the body was written for: `rows` makes it `createRows`.
pub(crate) fn choose<'a>(schema: &'a Schema, found: &Match, body: &Map<String, Value>) -> Option<&'a Method> {
    let mut best: Option<(usize, &Method)> = None;
    for method in found.methods.iter().filter_map(|id| schema.method(id)) {
        if method.alias_of.is_some() && found.methods.len() > 1 {
            continue;
        }
        let named = method.params.keys().filter(|name| body.contains_key(*name)).count();
        if best.is_none_or(|(most, _)| named > most) {
            best = Some((named, method));
        }
    }
    best.map(|(_, method)| method).or_else(|| found.methods.first().and_then(|id| schema.method(id)))
}
