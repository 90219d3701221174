//! Another Appwrite may have a model called `Error` or a service called `Client`: names that a language or its package
//! needs for itself get a suffix.

use polywrite_api::{Api, Returns, Type};
use std::collections::{BTreeMap, BTreeSet};

/// Names that are not free in a language.
pub(super) struct Taken {
    /// Not for models and unions.
    pub(super) models: &'static [&'static str],
    /// Not for enums.
    pub(super) enums: &'static [&'static str],
    /// Not for services; lists, because some names are taken from enums, too.
    pub(super) classes: &'static [&'static [&'static str]],
    /// Whether an enum may be called like a service.
    pub(super) apart: bool,
}

impl Taken {
    /// The definition with names that are free.
    pub(super) fn renamed(&self, api: &Api) -> Api {
        let classes: BTreeSet<&str> = api.services.values().map(|service| service.class.as_str()).collect();
        let models =
            free(api.models.keys().chain(api.unions.keys()), "Model", |name| self.models.contains(&name));
        let enums = free(api.enums.keys(), "Enum", |name| {
            self.enums.contains(&name) || (!self.apart && classes.contains(name))
        });
        let services =
            free(classes, "Service", |name| self.classes.iter().any(|taken| taken.contains(&name)));
        let names = Names { models: &models, enums: &enums };
        let mut api = api.clone();
        api.models = std::mem::take(&mut api.models)
            .into_values()
            .map(|mut model| {
                names.model(&mut model.name);
                model.fields.values_mut().for_each(|field| names.kind(&mut field.kind));
                (model.name.clone(), model)
            })
            .collect();
        api.unions = std::mem::take(&mut api.unions)
            .into_values()
            .map(|mut union| {
                names.model(&mut union.name);
                union.variants.iter_mut().for_each(|variant| names.model(&mut variant.model));
                (union.name.clone(), union)
            })
            .collect();
        api.enums = std::mem::take(&mut api.enums)
            .into_values()
            .map(|mut item| {
                rename(&enums, &mut item.name);
                (item.name.clone(), item)
            })
            .collect();
        for service in api.services.values_mut() {
            rename(&services, &mut service.class);
            for method in service.methods.values_mut() {
                method.params.values_mut().for_each(|param| names.kind(&mut param.kind));
                if let Returns::Model(name) | Returns::Union(name) = &mut method.returns {
                    names.model(name);
                }
            }
        }
        api
    }
}

/// What the names that are taken become.
fn free<'a, T: AsRef<str> + ?Sized + 'a>(
    names: impl IntoIterator<Item = &'a T>,
    suffix: &str,
    is_taken: impl Fn(&str) -> bool,
) -> BTreeMap<String, String> {
    let names: BTreeSet<&str> = names.into_iter().map(AsRef::as_ref).collect();
    let renamed = names.iter().filter(|name| is_taken(name)).map(|name| {
        let mut free = format!("{name}{suffix}");
        while names.contains(free.as_str()) || is_taken(&free) {
            free.push_str(suffix);
        }
        ((*name).to_owned(), free)
    });
    renamed.collect()
}

/// What is renamed.
struct Names<'a> {
    models: &'a BTreeMap<String, String>,
    enums: &'a BTreeMap<String, String>,
}

impl Names<'_> {
    fn model(&self, name: &mut String) {
        rename(self.models, name);
    }

    fn kind(&self, kind: &mut Type) {
        match kind {
            Type::Array(inner) => self.kind(inner),
            Type::Enum(name) => rename(self.enums, name),
            Type::Model(name) | Type::Union(name) => self.model(name),
            _ => {}
        }
    }
}

fn rename(names: &BTreeMap<String, String>, name: &mut String) {
    if let Some(free) = names.get(name) {
        name.clone_from(free);
    }
}

#[cfg(test)]
mod tests {
    use super::Taken;
    use polywrite_api::{Api, Returns, Type};

    const NAMES: Taken =
        Taken { models: &["Error"], enums: &["Task"], classes: &[&["Client", "Data"]], apart: false };

    #[test]
    fn what_is_taken_is_renamed_wherever_it_stands() {
        let mut texts: Vec<(&str, String)> =
            ["client.toml"].iter().filter_map(|path| Some((*path, Api::embedded_text(path)?))).collect();
        let service = "name = \"data\"\nclass = \"Data\"\n[methods.get]\nget = \"/data/{kind}\"\nreturns = \"Error\"\n\
                       [methods.get.params]\nkind = \"enum:Task!\"\n";
        texts.push(("services/data.toml", service.into()));
        texts.push(("services/clients.toml", "name = \"clients\"\nclass = \"Client\"\n".into()));
        texts.push(("enums.toml", "[Client]\nmembers = [\"a\"]\n[Task]\nmembers = [\"a\"]\n".into()));
        texts.push((
            "models/data.toml",
            "[Error.fields]\nmore = \"[Error]!\"\n[ErrorModel.fields]\nkey = \"string!\"\n".into(),
        ));
        let api = NAMES.renamed(&Api::from_texts(texts).unwrap());
        let method = &api.services["data"].methods["get"];
        assert_eq!(api.services["data"].class, "DataService");
        assert_eq!(api.services["clients"].class, "ClientService");
        assert_eq!(method.returns, Returns::Model("ErrorModelModel".into()));
        assert_eq!(method.params["kind"].kind, Type::Enum("TaskEnum".into()));
        assert_eq!(
            api.models["ErrorModelModel"].fields["more"].kind.innermost(),
            &Type::Model("ErrorModelModel".into())
        );
        assert!(api.models.contains_key("ErrorModel") && api.enums.contains_key("ClientEnum"));
    }
}
