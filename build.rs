//! Makes sure the folder of browser files that the server embeds exists, and rebuilds when it changes.

use std::{env, fs, path::Path};

/// Written by `tools/bundle`; empty when nobody has built the browser's part yet.
const SITE_FOLDER: &str = "target/site/pkg";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if env::var_os("CARGO_FEATURE_SSR").is_none() {
        return;
    }
    println!("cargo::rerun-if-changed={SITE_FOLDER}");
    let made = fs::create_dir_all(Path::new(SITE_FOLDER));
    if let Err(error) = made {
        println!("cargo::error=cannot create {SITE_FOLDER}: {error}");
    }
}
