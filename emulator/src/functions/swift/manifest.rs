//! The manifest of the package around a function in Swift, with the packages that the function asks for in its own.

use std::{collections::BTreeSet, fs, path::Path, sync::Arc};

use serde_json::Value;

use super::super::{compiler, program::Programs};

/// The file that describes a package.
pub(super) const NAME: &str = "Package.swift";

const AROUND: &str = include_str!("Package.swift.in");

/// The manifest of the package around a function, below which SwiftPM may work.
pub(super) async fn around(
    programs: &Arc<Programs>,
    version: &str,
    folder: &Path,
    around: &Path,
) -> Result<String, String> {
    // The server builds functions for 5.x in Swift 5's mode, later ones in Swift 6's.
    let tools = if version.starts_with("5.") { "5.8" } else { "6.0" };
    let (packages, products) = match fs::read(folder.join(NAME)) {
        Ok(own) => dependencies(&described(programs, &own, &around.join("own")).await?)?,
        Err(_) => Default::default(),
    };
    Ok(AROUND.replace("TOOLS", tools).replace("PACKAGES", &packages).replace("PRODUCTS", &products))
}

/// What SwiftPM reads in a manifest. It takes a second, so what it has read stays in `scratch`.
async fn described(programs: &Arc<Programs>, manifest: &[u8], scratch: &Path) -> Result<Value, String> {
    let (copy, read) = (scratch.join(NAME), scratch.join("package.json"));
    if fs::read(&copy).is_ok_and(|known| known == manifest)
        && let Ok(known) = fs::read(&read)
        && let Ok(known) = serde_json::from_slice(&known)
    {
        return Ok(known);
    }
    let unwritten = |problem| compiler::unwritten(scratch, &problem);
    drop(fs::remove_file(&read));
    compiler::write(&copy, manifest).map_err(unwritten)?;
    let printed = super::run(programs, scratch, &["package", "dump-package"]).await?;
    let described = serde_json::from_str(&printed).map_err(|problem| {
        format!("The emulator does not understand what swift says of Package.swift: {problem}")
    })?;
    fs::write(read, printed).map_err(unwritten)?;
    Ok(described)
}

/// The packages and the products of them that a manifest names, as far as the server's runtime takes them over.
fn dependencies(manifest: &Value) -> Result<(String, String), String> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let (mut packages, mut products) = (BTreeSet::new(), BTreeSet::new());
    for dependency in list(&manifest["dependencies"]) {
        packages.insert(package(&dependency).ok_or_else(|| {
            format!(
                "The server's runtime takes packages from a URL in a range of versions, as `.package(url: \"…\", from: \
                 \"1.0.0\")` says it. Package.swift names another one: {dependency}"
            )
        })?);
    }
    for target in list(&manifest["targets"]) {
        for dependency in list(&target["dependencies"]) {
            products.insert(product(&dependency).ok_or_else(|| {
                format!(
                    "The server's runtime takes what targets depend on as `.product(name: \"…\", package: \"…\")` says it. \
                     Package.swift names it in another way: {dependency}"
                )
            })?);
        }
    }
    let joined = |texts: BTreeSet<String>| texts.into_iter().collect::<Vec<_>>().join(", ");
    Ok((joined(packages), joined(products)))
}

fn package(dependency: &Value) -> Option<String> {
    let source = &dependency["sourceControl"][0];
    let remote = &source["location"]["remote"][0];
    // Swift 5.8 has the URL itself there.
    let url = remote["urlString"].as_str().or(remote.as_str())?;
    let least = source["requirement"]["range"][0]["lowerBound"].as_str()?;
    Some(format!(".package(url: {url:?}, from: {least:?})"))
}

fn product(dependency: &Value) -> Option<String> {
    let (name, package) = (dependency["product"][0].as_str()?, dependency["product"][1].as_str()?);
    Some(format!(".product(name: {name:?}, package: {package:?})"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(packages: Value, products: Value) -> Result<(String, String), String> {
        dependencies(&json!({"dependencies": packages, "targets": [{"dependencies": products}]}))
    }

    #[test]
    fn packages_and_products_are_taken_over() {
        let range = json!({"range": [{"lowerBound": "1.9.0", "upperBound": "2.0.0"}]});
        for remote in [json!([{"urlString": "https://example.com/p"}]), json!(["https://example.com/p"])] {
            let package = json!({"sourceControl": [{"location": {"remote": remote}, "requirement": range}]});
            let found = of(json!([package]), json!([{"product": ["P", "p", null, null]}])).unwrap();
            assert_eq!(found.0, ".package(url: \"https://example.com/p\", from: \"1.9.0\")");
            assert_eq!(found.1, ".product(name: \"P\", package: \"p\")");
        }
        let branch = json!({"sourceControl": [{
            "location": {"remote": [{"urlString": "https://example.com/p"}]}, "requirement": {"branch": ["main"]},
        }]});
        assert!(of(json!([branch]), json!([])).unwrap_err().contains("from: \"1.0.0\""));
        assert!(of(json!([]), json!([{"byName": ["P", null]}])).unwrap_err().contains("package: \"…\""));
    }
}
