//! Cargo's manifests for a part of this repository.

use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::path::Path;

/// Tables about tests and benchmarks, which are not copied.
const NOT_COPIED: [&str; 4] = ["[dev-dependencies]", "[[bench]]", "[[example]]", "[[test]]"];

/// Copies a package's manifest without what its tests need.
pub(super) fn package(from: &Path, to: &Path) -> Result<()> {
    let text = std::fs::read_to_string(from).with_context(|| from.display().to_string())?;
    let mut kept = Vec::new();
    let mut keep = true;
    for line in text.lines() {
        if line.starts_with('[') {
            keep = !NOT_COPIED.contains(&line.trim());
        }
        if keep {
            kept.push(line);
        }
    }
    std::fs::write(to, kept.join("\n").trim_end().to_owned() + "\n").with_context(|| to.display().to_string())
}

/// Writes the workspace's manifest for these members only.
pub(super) fn workspace(root: &Path, out: &Path, members: &BTreeSet<&str>) -> Result<()> {
    let from = root.join("Cargo.toml");
    let text = std::fs::read_to_string(&from).with_context(|| from.display().to_string())?;
    let members: Vec<String> = members.iter().map(|member| format!("{member:?}")).collect();
    let mut lines = Vec::new();
    let mut in_list = false;
    for line in text.lines() {
        if line.starts_with("members = [") || line.starts_with("default-members = [") {
            let key = line.split(' ').next().unwrap_or_default();
            lines.push(format!("{key} = [{}]", members.join(", ")));
            in_list = !line.ends_with(']');
        } else if in_list {
            in_list = !line.trim_end().ends_with(']');
        } else {
            lines.push(line.to_owned());
        }
    }
    let to = out.join("Cargo.toml");
    std::fs::write(&to, lines.join("\n") + "\n").with_context(|| to.display().to_string())
}
