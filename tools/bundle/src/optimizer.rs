//! Has `wasm-opt` of Binaryen make a module about a tenth smaller, where it is installed.

use std::{fs, io::ErrorKind, path::Path, process::Command};

use walrus::{ExportItem, Module, RefType};

/// What the browsers of the last years understand, and what rustc and wasm-bindgen make use of.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Changes the file in place. Without `wasm-opt` it stays as it is.
pub(crate) fn run(module: &Path) -> Result<(), String> {
    let smaller = module.with_extension("smaller");
    let status = match Command::new("wasm-opt").arg("-Oz").args(FEATURES).arg(module).arg("-o").arg(&smaller).status() {
        Ok(status) => status,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(format!("cannot run wasm-opt: {error}")),
    };
    if !status.success() {
        return Err(format!("wasm-opt {} failed", module.display()));
    }
    fs::rename(&smaller, module).map_err(|error| format!("cannot replace {}: {error}", module.display()))?;
    repair_reference_table(module)
}

/// Binaryen 108, which Debian 12 has, exports the first table whatever table was meant. The glue needs the one that
/// holds references to the browser's objects.
fn repair_reference_table(path: &Path) -> Result<(), String> {
    let failed = |error| format!("cannot repair {}: {error:#}", path.display());
    let mut module = Module::from_file(path).map_err(failed)?;
    let meant = module.tables.iter().find(|table| table.element_ty == RefType::EXTERNREF).map(walrus::Table::id);
    let exported = module.exports.iter_mut().find(|export| export.name == "__wbindgen_externrefs");
    let (Some(meant), Some(exported)) = (meant, exported) else { return Ok(()) };
    if matches!(exported.item, ExportItem::Table(table) if table == meant) {
        return Ok(());
    }
    exported.item = ExportItem::Table(meant);
    module.emit_wasm_file(path).map_err(failed)
}
