//! Makes the JavaScript side of a compiled WebAssembly module. The library of `wasm-bindgen`'s own program does it, so
//! that `Cargo.lock` fixes its version and nobody has to install it.

use std::{fmt::Display, fs, path::Path};

use wasm_bindgen_cli_support::Bindgen;

/// Writes `NAME.js` and `NAME_bg.wasm` into `out`, for a browser that loads them as a module.
pub(crate) fn write(module: &Path, name: &str, keep_names: bool, out: &Path) -> Result<(), String> {
    let failed = |error: &dyn Display| format!("cannot make the glue of {}: {error:#}", module.display());
    let mut bindgen = Bindgen::new();
    bindgen.input_path(module).out_name(name).typescript(false).omit_default_module_path(true);
    bindgen.remove_name_section(!keep_names).remove_producers_section(!keep_names);
    bindgen.web(true).map_err(|error| failed(&error))?;
    let mut output = bindgen.generate_output().map_err(|error| failed(&error))?;

    // They would be imported by relative paths, which names with a hash would break.
    if !output.local_modules().is_empty() || output.snippets().values().any(|inline| !inline.is_empty()) {
        return Err(format!("{}: a dependency brings JavaScript of its own", module.display()));
    }
    fs::create_dir_all(out).map_err(|error| failed(&error))?;
    output.emit(out).map_err(|error| failed(&error))
}
