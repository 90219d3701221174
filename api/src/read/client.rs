//! The client's part.

use super::{Files, Problems, raw, service};
use crate::availability::Availability;
use crate::client::{
    CallOption, Client, Environment, Limit, OwnOption, Plain, Replaced, ResponseFormat, SERVICE, Setting,
};
use crate::names;
use indexmap::IndexMap;

const FILE: &str = "client.toml";

pub(super) fn read(files: &Files, glossary: &IndexMap<String, String>, problems: &mut Problems) -> Client {
    let raw: raw::Client = match files.parse(FILE) {
        Ok(raw) => raw,
        Err(error) => {
            problems.add(FILE, error);
            return nothing();
        }
    };
    let settings = raw
        .settings
        .into_iter()
        .map(|(name, setting)| {
            let place = format!("{FILE}: {name}");
            let available = problems.or_default(&place, Availability::parse(setting.available.as_deref()));
            let setter = setting.setter.unwrap_or_else(|| setter_of(&name));
            let setting = Setting {
                name: name.clone(),
                setter,
                header: setting.header,
                prefix: setting.prefix,
                secret: setting.secret,
                credential: setting.credential.unwrap_or(setting.secret),
                about: setting.about,
                available,
            };
            (name, setting)
        })
        .collect();
    let plain = raw.plain.into_iter().map(|(name, raw)| {
        let raw::Plain { setter, r#type: kind, secret, connection, default, about } = raw;
        let setter = setter.unwrap_or_else(|| setter_of(&name));
        (name.clone(), Plain { name, setter, kind, secret, connection, default, about })
    });
    let environment = raw
        .environment
        .into_iter()
        .map(|(name, setting)| (name.clone(), Environment { name, setting }))
        .collect();
    let own = raw.own.into_iter().map(|(name, raw)| {
        let raw::OwnOption { r#type: kind, about } = raw;
        (name.clone(), OwnOption { name, kind, about })
    });
    let mut client = Client {
        default_endpoint: raw.default_endpoint,
        chunk_size: raw.chunk_size,
        upload_concurrency: raw.upload_concurrency,
        identity_headers: raw.identity_headers,
        response_format: raw.response_format,
        methods: service::methods(FILE, SERVICE, raw.methods, glossary, problems),
        settings,
        plain: plain.collect(),
        limits: limits("limits", raw.limits, problems),
        retries: limits("retries", raw.retries, problems),
        options: IndexMap::new(),
        own: own.collect(),
        environment,
    };
    for (name, place) in raw.options {
        match replaced(&client, &place) {
            Ok(of) => drop(client.options.insert(name.clone(), CallOption { name, of })),
            Err(problem) => problems.add(format!("{FILE}: options.{name}"), problem),
        }
    }
    client
}

/// The setting that an option replaces, by its place such as `limits.timeout`.
fn replaced(client: &Client, place: &str) -> Result<Replaced, String> {
    let found = match place.split_once('.') {
        Some(("limits", name)) => client.limits.get(name).cloned().map(Replaced::Limit),
        Some(("retries", name)) => client.retries.get(name).cloned().map(Replaced::Limit),
        Some(("settings", name)) => client.settings.get(name).cloned().map(Replaced::Header),
        _ => None,
    };
    match found {
        Some(Replaced::Header(setting)) if setting.credential || setting.secret => {
            Err(format!("`{place}` is a credential: another one needs another client"))
        }
        Some(found) => Ok(found),
        None => Err(format!("`{place}` is not an entry of limits, retries or settings")),
    }
}

fn setter_of(name: &str) -> String {
    format!("set{}", names::pascal(name))
}

fn limits(
    table: &str,
    raw: IndexMap<String, raw::Limit>,
    problems: &mut Problems,
) -> IndexMap<String, Limit> {
    let read = raw.into_iter().map(|(name, limit)| {
        if limit.default == Some(0) {
            problems.add(format!("{FILE}: {table}.{name}"), "the default must be more than 0");
        }
        let raw::Limit { unit, default, connection, about } = limit;
        (name.clone(), Limit { name, unit, default, connection, about })
    });
    read.collect()
}

/// Stands in for an unreadable file, so that the problems of the others are found as well.
fn nothing() -> Client {
    Client {
        default_endpoint: String::new(),
        chunk_size: 0,
        upload_concurrency: 0,
        identity_headers: Vec::new(),
        response_format: ResponseFormat {
            header: String::new(),
            about: String::new(),
            cloud: String::new(),
            self_hosted: String::new(),
        },
        methods: IndexMap::new(),
        settings: IndexMap::new(),
        plain: IndexMap::new(),
        limits: IndexMap::new(),
        retries: IndexMap::new(),
        options: IndexMap::new(),
        own: IndexMap::new(),
        environment: IndexMap::new(),
    }
}
