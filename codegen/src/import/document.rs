//! An OpenAPI 3 document and its parts, with references resolved.

use super::draft::class_name;
use super::json::Json;
use anyhow::{Context, Result, ensure};
use indexmap::IndexMap;

/// Deeper than references and parts nest, so that what refers to itself comes to an end.
const DEEP: usize = 16;

pub(super) struct Document {
    root: Json,
}

/// One operation of the document.
pub(super) struct Operation<'a> {
    pub(super) http_method: &'a str,
    pub(super) path: &'a str,
    pub(super) value: &'a Json,
    /// Parameters of all operations of the path.
    shared: &'a Json,
}

/// A property of an object: its name, its schema and whether it must be there.
pub(super) type Property<'a> = (&'a String, &'a Json, bool);

impl Document {
    pub(super) fn parse(text: &str) -> Result<Self> {
        let root: Json = serde_json::from_str(text).context(
            "the document is not JSON; convert it if it is YAML, and check the address if it is a page",
        )?;
        ensure!(
            root["openapi"].as_str().is_some_and(|version| version.starts_with("3.")),
            "this is not an OpenAPI 3 document: it has no `openapi` of 3.x; convert it if it is of Swagger 2"
        );
        ensure!(root["paths"].as_object().is_some(), "the document has no `paths`");
        Ok(Self { root })
    }

    /// The server's version.
    pub(super) fn version(&self) -> Option<&str> {
        self.root["info"]["version"].as_str()
    }

    /// The first server that is a whole URL without variables.
    pub(super) fn endpoint(&self) -> Option<&str> {
        let servers = self.root["servers"].elements().iter();
        let is_whole = |url: &&str| {
            ["http://", "https://"].iter().any(|scheme| url.starts_with(scheme))
                && !url.contains(|sign: char| {
                    "{}<>\"'`\\*".contains(sign) || sign.is_whitespace() || sign.is_control()
                })
        };
        servers.filter_map(|server| server["url"].as_str()).find(is_whole)
    }

    pub(super) fn schemas(&self) -> impl Iterator<Item = (&String, &Json)> {
        self.root["components"]["schemas"].members()
    }

    pub(super) fn operations(&self) -> impl Iterator<Item = Operation<'_>> {
        self.routes()
            .filter(|operation| ["get", "post", "put", "patch", "delete"].contains(&operation.http_method))
    }

    /// Routes with HTTP methods that no call has.
    pub(super) fn other_routes(&self) -> impl Iterator<Item = Operation<'_>> {
        self.routes().filter(|operation| ["head", "options", "trace"].contains(&operation.http_method))
    }

    fn routes(&self) -> impl Iterator<Item = Operation<'_>> {
        self.root["paths"].members().flat_map(|(path, http_methods)| {
            let shared = &http_methods["parameters"];
            http_methods.members().map(move |(http_method, value)| Operation {
                http_method,
                path,
                value,
                shared,
            })
        })
    }

    pub(super) fn tag_description(&self, tag: &str) -> &str {
        let tags = self.root["tags"].elements().iter();
        tags.filter(|entry| entry["name"] == *tag)
            .find_map(|entry| entry["description"].as_str())
            .unwrap_or_default()
    }

    /// The path parameter that stands for the project, if security puts the project there.
    pub(super) fn project_in_path(&self) -> Option<&str> {
        let schemes = self.root["components"]["securitySchemes"].members();
        schemes
            .map(|(_, scheme)| &scheme["x-appwrite"])
            .filter(|extra| extra["location"] == *"path")
            .find_map(|extra| extra["param"].as_str())
    }

    /// What a value stands for: itself, or what its `$ref` leads to.
    pub(super) fn resolved<'a>(&'a self, value: &'a Json) -> &'a Json {
        let mut value = value;
        for _ in 0..DEEP {
            let Some(path) = value["$ref"].as_str().and_then(|it| it.strip_prefix("#/")) else { break };
            value = path
                .split('/')
                .map(|step| step.replace("~1", "/").replace("~0", "~"))
                .fold(&self.root, |place, step| &place[step.as_str()]);
        }
        value
    }

    /// An operation's parameters outside of its body; what it says of one counts more than what its path says.
    pub(super) fn parameters<'a>(&'a self, operation: &Operation<'a>) -> Vec<&'a Json> {
        let mut all: IndexMap<(&str, &str), &Json> = IndexMap::new();
        for list in [operation.shared, &operation.value["parameters"]] {
            for param in list.elements().iter().map(|param| self.resolved(param)) {
                let text = |key: &str| param[key].as_str().unwrap_or_default();
                all.insert((text("in"), text("name")), param);
            }
        }
        all.into_values().collect()
    }

    /// The properties of an object, those of its parts (`allOf`) first.
    pub(super) fn properties<'a>(&'a self, schema: &'a Json) -> Vec<Property<'a>> {
        let mut all = IndexMap::new();
        self.gather(schema, &mut all, 0);
        all.into_iter().map(|(name, (property, required))| (name, property, required)).collect()
    }

    fn gather<'a>(
        &'a self,
        schema: &'a Json,
        all: &mut IndexMap<&'a String, (&'a Json, bool)>,
        depth: usize,
    ) {
        let schema = self.resolved(schema);
        if depth < DEEP {
            schema["allOf"].elements().iter().for_each(|part| self.gather(part, all, depth + 1));
        }
        for (name, property) in schema["properties"].members() {
            all.entry(name).or_insert((property, false)).0 = property;
        }
        for name in schema["required"].texts() {
            if let Some((_, required)) = all.get_mut(&name.to_owned()) {
                *required = true;
            }
        }
    }

    /// Whether objects of a schema hold what it doesn't name.
    pub(super) fn is_open(&self, schema: &Json) -> bool {
        let schema = self.resolved(schema);
        let more = &schema["additionalProperties"];
        more.is_true()
            || more.as_object().is_some()
            || schema["allOf"]
                .elements()
                .iter()
                .any(|part| self.resolved(part)["additionalProperties"].is_true())
    }
}

/// The model's name for a schema's: `rowList` → `RowList`.
pub(super) fn model_name(schema: &str) -> String {
    class_name(schema, "Model")
}

/// The name that a reference ends in.
pub(super) fn referred(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or_default()
}

/// Appwrite calls the schema of a response without a shape so.
pub(super) fn is_any(schema: &str) -> bool {
    schema == "any"
}
