//! Models, unions and enums: the shapes of responses.

use crate::availability::Availability;
use crate::types::Type;
use indexmap::IndexMap;
use serde_json::Value;

/// An object in a response.
#[derive(Debug, Clone)]
pub struct Model {
    /// Name, unique among models and unions.
    pub name: String,
    /// What it is, one sentence.
    pub about: String,
    /// The file that it stands in: a service's name, or `shared`.
    pub group: String,
    /// Keys outside of `fields` are the user's own data.
    pub open: bool,
    /// It, or a model in it, is open, so that callers may give the data a type.
    pub generic: bool,
    /// Fields by wire name, in order.
    pub fields: IndexMap<String, Field>,
    /// Where it is available.
    pub available: Availability,
}

/// A field of a model.
#[derive(Debug, Clone)]
pub struct Field {
    /// Name on the wire.
    pub name: String,
    /// Its type.
    pub kind: Type,
    /// The type that a self-hosted Appwrite sends, where it differs.
    pub self_hosted_kind: Option<Type>,
    /// The server always sends it; other versions may not, so decoders are lenient.
    pub required: bool,
    /// Always sent, but without a default: decoded as optional.
    pub nullable: bool,
    /// Its default when it is missing; none for optional fields, enums and models.
    pub default: Option<Value>,
    /// Where it is available; narrower than its model's only.
    pub available: Availability,
    /// Whether its value is a credential, which nothing prints.
    pub secret: bool,
    /// What it means: from its own entry, else from the glossary.
    pub about: String,
}

/// One of several models.
#[derive(Debug, Clone)]
pub struct Union {
    /// Name, unique among models and unions.
    pub name: String,
    /// What it is, one sentence.
    pub about: String,
    /// Variants in the order to try them.
    pub variants: Vec<Variant>,
}

/// A model of a union, and how to recognize it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// The model.
    pub model: String,
    /// Alternatives: it is this model when all conditions of any of them hold; an empty one always holds.
    pub when: Vec<Vec<Condition>>,
}

/// A condition on a field of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The field's wire name.
    pub field: String,
    /// The value that it must have; none: it must only be there.
    pub value: Option<String>,
}

/// A set of known values; servers add members.
#[derive(Debug, Clone)]
pub struct Enum {
    /// Name, unique among enums.
    pub name: String,
    /// What it says, one sentence.
    pub about: String,
    /// Members in order.
    pub members: Vec<Member>,
    /// Where it is available.
    pub available: Availability,
}

/// A member of an enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Value on the wire.
    pub value: String,
    /// Its label where the value says little: `Google Chrome` for `ch`. Names are made of it.
    pub label: Option<String>,
    /// Where it is available; narrower than its enum's only.
    pub available: Availability,
}

impl Member {
    /// The words that the member's name is made of: the label, else the value.
    pub fn title(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.value)
    }
}
