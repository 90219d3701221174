//! How much there is.

use serde_json::Value;

/// Numbers of things, in the facts or in the definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Methods, old spellings included, the client's own not.
    pub methods: usize,
    /// Of these, old spellings.
    pub aliases: usize,
    /// Parameters.
    pub params: usize,
    /// Models.
    pub models: usize,
    /// Fields of models.
    pub fields: usize,
    /// Unions.
    pub unions: usize,
    /// Enums.
    pub enums: usize,
    /// Members of enums.
    pub members: usize,
    /// Helper functions.
    pub helpers: usize,
}

/// Counts a table in the facts' shape.
pub fn count(table: &Value) -> Counts {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let methods: Vec<Value> =
        list(&table["services"]).iter().flat_map(|service| list(&service["methods"])).collect();
    let inner =
        |owners: &str, parts: &str| list(&table[owners]).iter().map(|it| list(&it[parts]).len()).sum();
    Counts {
        methods: methods.len(),
        aliases: methods.iter().filter(|method| method.get("alias_of").is_some()).count(),
        params: methods.iter().map(|method| list(&method["params"]).len()).sum(),
        models: list(&table["models"]).len(),
        fields: inner("models", "fields"),
        unions: list(&table["unions"]).len(),
        enums: list(&table["enums"]).len(),
        members: inner("enums", "values"),
        helpers: table["helpers"].as_object().into_iter().flatten().map(|(_, group)| list(group).len()).sum(),
    }
}

impl Counts {
    /// The numbers with their names.
    pub fn rows(&self) -> [(&'static str, usize); 9] {
        [
            ("methods", self.methods),
            ("  aliases", self.aliases),
            ("parameters", self.params),
            ("models", self.models),
            ("fields", self.fields),
            ("unions", self.unions),
            ("enums", self.enums),
            ("members", self.members),
            ("helpers", self.helpers),
        ]
    }
}
