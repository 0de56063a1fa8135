//! Reads the folders to publish: logical name (path below the folder, `/` between parts) to content.

use std::{collections::BTreeMap, fs, path::Path};

use crate::script;

/// Logical name to content.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// Every file of every folder that exists. Two files of one logical name are a mistake.
pub(crate) fn collect(folders: &[impl AsRef<Path>]) -> Result<Files, String> {
    let mut files = Files::new();
    for folder in folders.iter().map(AsRef::as_ref).filter(|folder| folder.is_dir()) {
        read_folder(folder, "", &mut files)?;
    }
    Ok(files)
}

fn read_folder(folder: &Path, prefix: &str, files: &mut Files) -> Result<(), String> {
    let failed = |error| format!("cannot read {}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().into_string().map_err(|name| format!("{} is not text", name.display()))?;
        if name.starts_with('.') {
            continue;
        }
        let path = entry.path();
        if path.is_dir() {
            read_folder(&path, &format!("{prefix}{name}/"), files)?;
            continue;
        }
        let content = fs::read(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        // `guest_bg.wasm` is wasm-bindgen's name for the module that belongs to `guest.js`.
        let logical = format!("{prefix}{}", name.replace("_bg.wasm", ".wasm"));
        let content = if path.extension().is_some_and(|kind| kind == "js") { script::trim(content) } else { content };
        if files.insert(logical.clone(), content).is_some() {
            return Err(format!("two files want the name {logical}"));
        }
    }
    Ok(())
}
