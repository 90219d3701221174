//! The shapes of Query, Operator, Permission, Role, ID and Topic.

use crate::availability::Availability;
use crate::types::Type;
use indexmap::IndexMap;
use serde_json::Value as Json;

/// A function that makes a text: a query, an operator, a permission, a role, an ID or a topic.
#[derive(Debug, Clone)]
pub struct Helper {
    /// Name in camelCase.
    pub name: String,
    /// Name in Python, where it is not the usual one.
    pub python: Option<String>,
    /// What it makes, in sentences.
    pub about: String,
    /// Arguments by name, in order.
    pub arguments: IndexMap<String, Argument>,
    /// `method` in the JSON that it makes.
    pub method: String,
    /// The argument that becomes `attribute` in the JSON.
    pub attribute: Option<String>,
    /// What `attribute` is, where it is always the same.
    pub on: Option<String>,
    /// What becomes `values` in the JSON; none leaves it out.
    pub values: Option<Value>,
    /// `values` of the form that joins by queries.
    pub values_on: Option<Value>,
    /// The calls of its group whose list it returns; empty for a helper that makes one text.
    pub returns: Vec<Part>,
    /// Whether its text only stands inside of another one: builders do not collect it.
    pub is_inner: bool,
    /// The longest ID that it makes, in characters.
    pub longest: Option<u32>,
    /// The rest of its entry: formats, and what IDs and topics are made of.
    pub rest: IndexMap<String, Json>,
    /// Where it is available.
    pub available: Availability,
}

impl Helper {
    /// What its arguments must be, rule by rule, as far as a program may only find out when it runs.
    pub fn checks(&self) -> impl Iterator<Item = (Rule, &str)> {
        Rule::CHECKED.into_iter().flat_map(|rule| self.must_be(rule).map(move |name| (rule, name)))
    }

    /// The arguments that a rule is about.
    pub fn must_be(&self, rule: Rule) -> impl Iterator<Item = &str> {
        self.arguments
            .iter()
            .filter(move |(_, argument)| argument.rules.contains(&rule))
            .map(|(name, _)| name.as_str())
    }

    /// Whether an argument takes queries, as a list of their texts.
    pub fn takes_queries(&self, argument: &str) -> bool {
        self.values == Some(Value::Parse(argument.to_owned()))
    }

    /// The text that it makes of its arguments, such as `user:{id}`.
    pub fn format(&self) -> Option<&str> {
        self.text("format")
    }

    /// The text that it makes when this argument is given, such as `user:{id}/{status}`.
    pub fn format_with(&self, argument: &str) -> Option<&str> {
        self.text(&format!("format_with_{argument}"))
    }

    /// The texts that it makes when arguments are given, each with its argument: the first that is given counts.
    pub fn formats_with(&self) -> impl Iterator<Item = (&str, &str)> {
        self.arguments.keys().rev().filter_map(|name| Some((name.as_str(), self.format_with(name)?)))
    }

    /// A format whose arguments have the names of a language.
    pub fn filled(&self, format: &str, name: impl Fn(&str) -> String) -> String {
        self.arguments.keys().fold(format.to_owned(), |format, argument| {
            format.replace(&format!("{{{argument}}}"), &format!("{{{}}}", name(argument)))
        })
    }

    /// The argument that it returns as it is.
    pub fn unchanged(&self) -> Option<&str> {
        let name = self.format()?.strip_prefix('{')?.strip_suffix('}')?;
        self.arguments.get_key_value(name).map(|(name, _)| name.as_str())
    }

    /// The ID of the time and random digits that it makes.
    pub fn new_id(&self) -> Option<NewId<'_>> {
        let (time_digits, padding) = self.text("length")?.split_once(" + ")?;
        let (padding, argument) = self.arguments.get_key_value(padding)?;
        Some(NewId {
            time_digits: time_digits.parse().ok()?,
            padding,
            usual: argument.default.as_ref()?.as_u64()?,
            longest: self.longest?.into(),
        })
    }

    /// What the levels are of which it makes a topic.
    pub fn levels(&self) -> Option<Levels<'_>> {
        let forbidden = self.rest.get("forbidden")?.as_array()?;
        Some(Levels {
            separator: self.text("join")?,
            least: self.rest.get("min_levels")?.as_u64()?,
            forbidden: forbidden.iter().filter_map(Json::as_str).filter(|text| !text.is_empty()).collect(),
        })
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.rest.get(key).and_then(Json::as_str)
    }
}

/// What an ID of the time and random digits is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewId<'helper> {
    /// How many digits say the time.
    pub time_digits: u64,
    /// The argument that says how many random ones follow.
    pub padding: &'helper str,
    /// How many these are when the argument is not given.
    pub usual: u64,
    /// How many digits there may be in all.
    pub longest: u64,
}

/// What the levels of a topic are; none is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Levels<'helper> {
    /// What stands between them.
    pub separator: &'helper str,
    /// How many there are at least.
    pub least: u64,
    /// What none of them has.
    pub forbidden: Vec<&'helper str>,
}

/// An argument of a helper.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// Its type; none is a number, whole or not.
    pub kind: Option<Type>,
    /// Its value when it is not given.
    pub default: Option<Json>,
    /// What it must be beyond its type.
    pub rules: Vec<Rule>,
    /// Whether Swift's callers write no label before it. They never do before the first argument.
    pub unlabeled: bool,
}

/// What an argument must be beyond its type. Some languages have a type for a rule, others check it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// `finite`: neither infinite nor NaN.
    Finite,
    /// `nonzero`: not 0.
    Nonzero,
    /// `at_least_1`: 1 or more.
    AtLeast1,
    /// `unsigned`: 0 or more.
    Unsigned,
    /// `text`: a text, where Appwrite's own SDKs take any value.
    Text,
}

impl Rule {
    /// Those that every language checks when a helper is called, in this order.
    pub const CHECKED: [Self; 3] = [Self::Nonzero, Self::Finite, Self::AtLeast1];

    /// What the definition calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Finite => "finite",
            Self::Nonzero => "nonzero",
            Self::AtLeast1 => "at_least_1",
            Self::Unsigned => "unsigned",
            Self::Text => "text",
        }
    }
}

/// How arguments become the `values` of a query or operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// `name`: the argument.
    Argument(String),
    /// `...name`: the argument if it is a list, else a list of it.
    Spread(String),
    /// `json name`: every element of the list, parsed as JSON.
    Parse(String),
    /// `name?`: the argument when it is not empty.
    Optional(String),
    /// A list of these.
    List(Vec<Value>),
}

impl Value {
    /// The arguments that it is made of.
    pub(crate) fn names(&self) -> Vec<&str> {
        match self {
            Self::Argument(name) | Self::Spread(name) | Self::Parse(name) | Self::Optional(name) => {
                vec![name]
            }
            Self::List(items) => items.iter().flat_map(Self::names).collect(),
        }
    }
}

/// A call of another helper of the group, one of several that a helper makes its list of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The helper's name.
    pub helper: String,
    /// What it is called with.
    pub argument: Given,
}

/// What a helper calls another one with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// `name`: the argument.
    Argument(String),
    /// `(page - 1) * perPage`: how many come before.
    Before {
        /// The argument that counts from 1.
        page: String,
        /// The argument that says how many there are of each.
        size: String,
    },
}

impl Given {
    /// The arguments that it is made of.
    pub(crate) fn names(&self) -> Vec<&str> {
        match self {
            Self::Argument(name) => vec![name],
            Self::Before { page, size } => vec![page, size],
        }
    }

    /// Reads what the definition says between the parentheses of a call.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let is_name = |name: &str| !name.is_empty() && name.chars().all(|it| it.is_ascii_alphanumeric());
        match text.strip_prefix('(').and_then(|rest| rest.split_once(" - 1) * ")) {
            Some((page, size)) if is_name(page) && is_name(size) => {
                Some(Self::Before { page: page.to_owned(), size: size.to_owned() })
            }
            None if is_name(text) => Some(Self::Argument(text.to_owned())),
            _ => None,
        }
    }
}
