//! The Debian package as `Cargo.toml` describes it and `.ci/deb` builds it: no file is missing, and nothing is specified twice.
use std::path::Path;
use toml::{Table, Value};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn package() -> Table {
    let manifest: Table = read("Cargo.toml").parse().expect("TOML");
    manifest["package"].as_table().expect("a table").clone()
}

/// Returns the source paths of the files in the package.
fn assets(deb: &Value) -> Vec<String> {
    let rows = deb["assets"].as_array().expect("assets");
    rows.iter().map(|row| row[0].as_str().expect("a path").to_owned()).collect()
}

#[test]
fn whatever_goes_into_the_package_is_here_or_is_made_by_its_command() {
    let package = package();
    let deb = &package["metadata"]["deb"];
    let command = read(".ci/deb");
    let mut made = 0;
    for path in assets(deb) {
        let Some(path) = path.strip_prefix("target/") else {
            assert!(root().join(&path).is_file(), "{path} does not exist");
            continue;
        };
        made += 1;
        // The name under which the build script makes it: the folder, then what it writes there.
        let name = path.trim_start_matches("deb/").trim_end_matches("/*.1");
        let told = match path {
            "release/last-resort" => "program=target/$target/release/last-resort".to_owned(),
            "deb/man/*.1" => "man --into \"$made/man\"".to_owned(),
            _ => format!("> \"$made/{name}\""),
        };
        assert!(command.contains(&told), "nothing builds {path}: {told}");
    }
    assert!(made > 3, "{made}");
    assert!(command.contains("made=target/deb\n"));
    let license = deb["license-file"][0].as_str().expect("a path");
    let holder = deb["copyright"].as_str().and_then(|words| words.split_once(", ")).expect("a year and a holder").1;
    assert!(read(license).contains(holder), "{license} must name {holder}");
    assert_eq!(deb["maintainer"].as_str(), Some(holder));
}

#[test]
fn name_and_version_are_the_programs() {
    let package = package();
    let deb = package["metadata"]["deb"].as_table().expect("a table");
    assert_eq!(deb["name"].as_str(), package["name"].as_str());
    assert_eq!(package["version"].as_str(), Some(env!("CARGO_PKG_VERSION")));
    // cargo-deb takes the version from the package; a second one here could differ.
    assert!(!deb.contains_key("version") && !deb.contains_key("revision"));
}

#[test]
fn the_readme_names_the_commands_that_are_there() {
    let readme = read("README.md");
    for words in [".ci/deb", "--target x86_64-unknown-linux-musl", "--mouse", "last-resort man"] {
        assert!(readme.contains(words), "{words}");
    }
    for (code, _) in last_resort::failure::EXIT_CODES.into_iter().filter(|(code, _)| *code <= 4 || *code == 130) {
        assert!(readme.contains(&format!("{code} ")), "{code}");
    }
}
