//! Which Appwrite has something: the cloud, a self-hosted server, and of which versions.

use std::cmp::Ordering;
use std::fmt;

/// Which Appwrite has something. The default: every one that the definition is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Availability {
    /// Versions of Appwrite Cloud, as response formats; none: the cloud lacks it.
    pub cloud: Option<Versions>,
    /// Versions of a self-hosted Appwrite; none: it lacks it.
    pub self_hosted: Option<Versions>,
    /// Appwrite's own SDK for self-hosted servers has it although no such server does.
    pub in_sdk: bool,
}

/// Versions from one to another, both included. `until` 1.9 includes 1.9.6.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Versions {
    /// The first that has it; none: every one up to `until`.
    pub since: Option<String>,
    /// The last that has it; none: every one since `since`.
    pub until: Option<String>,
}

impl Default for Availability {
    fn default() -> Self {
        Self { cloud: Some(Versions::default()), self_hosted: Some(Versions::default()), in_sdk: false }
    }
}

impl Availability {
    /// Reads `cloud`, `self-hosted until 1.9` or `cloud since 2.6, self-hosted since 1.9.6`. Nothing is everywhere.
    pub(crate) fn parse(text: Option<&str>) -> Result<Self, String> {
        let Some(text) = text else { return Ok(Self::default()) };
        let mut read = Self { cloud: None, self_hosted: None, in_sdk: false };
        for part in text.split(", ") {
            let mut words = part.split(' ');
            let kind = words.next().unwrap_or_default();
            let versions = Versions::parse(words);
            match (kind, versions) {
                ("cloud", Some(versions)) => read.cloud = Some(versions),
                ("self-hosted", Some(versions)) => read.self_hosted = Some(versions),
                ("self-hosted", None) if part == "self-hosted SDK" => read.in_sdk = true,
                _ => {
                    return Err(format!(
                        "`{part}` is not an availability; write cloud or self-hosted, each with `since VERSION` \
                         and `until VERSION` where that is known, and a comma between the two"
                    ));
                }
            }
        }
        Ok(read)
    }

    /// Whether every server of every version has it.
    pub fn is_everywhere(&self) -> bool {
        *self == Self::default()
    }

    /// Whether Appwrite Cloud has it when it speaks this response format.
    pub fn on_cloud(&self, version: &str) -> bool {
        self.cloud.as_ref().is_some_and(|versions| versions.include(version))
    }

    /// Whether a self-hosted Appwrite of this version has it.
    pub fn on_self_hosted(&self, version: &str) -> bool {
        self.self_hosted.as_ref().is_some_and(|versions| versions.include(version))
    }

    /// Whether Appwrite's own SDK has it for self-hosted servers of this version.
    pub fn in_self_hosted_sdk(&self, version: &str) -> bool {
        self.in_sdk || self.on_self_hosted(version)
    }

    /// Where a thing is that two others need.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            cloud: either(self.cloud, other.cloud),
            self_hosted: either(self.self_hosted, other.self_hosted),
            in_sdk: self.in_sdk || other.in_sdk,
        }
    }
}

fn either(one: Option<Versions>, other: Option<Versions>) -> Option<Versions> {
    match (one, other) {
        (Some(one), Some(other)) => Some(Versions {
            since: one
                .since
                .zip(other.since)
                .map(|(one, other)| if compare(&one, &other) == Ordering::Greater { other } else { one }),
            until: one
                .until
                .zip(other.until)
                .map(|(one, other)| if compare(&one, &other) == Ordering::Less { other } else { one }),
        }),
        (one, other) => one.or(other),
    }
}

impl Versions {
    fn parse<'a>(mut words: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut versions = Self::default();
        while let Some(word) = words.next() {
            let version =
                words.next().filter(|version| version.starts_with(|it: char| it.is_ascii_digit()))?;
            match word {
                "since" => versions.since = Some(version.to_owned()),
                "until" => versions.until = Some(version.to_owned()),
                _ => return None,
            }
        }
        Some(versions)
    }

    /// Whether a version is one of them.
    pub fn include(&self, version: &str) -> bool {
        let begun = self.since.as_deref().is_none_or(|since| compare(version, since) != Ordering::Less);
        let ended = self.until.as_deref().is_some_and(|until| {
            // The whole series of the last version has it: of 1.9.6, as many numbers count as 1.9 has.
            let parts = numbers(until).len();
            numbers(version).into_iter().take(parts).collect::<Vec<u32>>() > numbers(until)
        });
        begun && !ended
    }
}

fn compare(one: &str, other: &str) -> Ordering {
    numbers(one).cmp(&numbers(other))
}

fn numbers(version: &str) -> Vec<u32> {
    version.split('.').map(|part| part.parse().unwrap_or_default()).collect()
}

impl fmt::Display for Availability {
    /// Writes it as the definition does.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = [("cloud", &self.cloud), ("self-hosted", &self.self_hosted)];
        let mut parts: Vec<String> = kinds
            .into_iter()
            .filter_map(|(kind, versions)| Some(format!("{kind}{}", versions.as_ref()?)))
            .collect();
        parts.extend(self.in_sdk.then(|| "self-hosted SDK".to_owned()));
        formatter.write_str(&parts.join(", "))
    }
}

impl fmt::Display for Versions {
    /// Writes ` since 1.9.6 until 2.0`, with what is known of it.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (word, version) in [("since", &self.since), ("until", &self.until)] {
            if let Some(version) = version {
                write!(formatter, " {word} {version}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Availability;

    fn read(text: &str) -> Availability {
        Availability::parse(Some(text)).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn kinds_and_versions_are_read_and_written_alike() {
        for text in [
            "cloud",
            "self-hosted",
            "cloud, self-hosted",
            "cloud since 2.6",
            "self-hosted until 1.9",
            "cloud since 2.6, self-hosted since 1.9.6 until 2.0",
            "cloud, self-hosted SDK",
        ] {
            assert_eq!(read(text).to_string(), text);
        }
        assert!(Availability::parse(None).is_ok_and(|it| it.is_everywhere()));
        for text in ["mars", "cloud since", "cloud since ever", "cloud after 2.6", "cloud SDK", ""] {
            let error = Availability::parse(Some(text)).expect_err(text);
            assert!(error.contains("not an availability"), "{error}");
        }
    }

    #[test]
    fn the_last_version_includes_its_whole_series() {
        let logs = read("self-hosted until 1.9");
        assert!(
            logs.on_self_hosted("1.8.1") && logs.on_self_hosted("1.9.6") && !logs.on_self_hosted("2.0.0")
        );
        assert!(!logs.on_cloud("2.6.2"));
        let photo = read("cloud, self-hosted since 1.9.6");
        assert!(
            !photo.on_self_hosted("1.9.5") && photo.on_self_hosted("1.9.6") && photo.on_self_hosted("1.10")
        );
    }

    #[test]
    fn what_two_things_need_is_where_either_is() {
        let or = |one: &str, other: &str| read(one).or(read(other)).to_string();
        assert_eq!(or("cloud", "self-hosted until 1.9"), "cloud, self-hosted until 1.9");
        assert_eq!(or("cloud since 2.6", "cloud since 2.10"), "cloud since 2.6");
        assert_eq!(or("self-hosted until 1.9", "self-hosted"), "self-hosted");
        assert_eq!(or("self-hosted since 2.0", "self-hosted until 1.9"), "self-hosted");
    }
}
