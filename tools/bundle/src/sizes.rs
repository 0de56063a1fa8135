//! What the browser's files weigh, and the weight they may not pass.

use std::{fmt::Write as _, fs, path::Path};

use crate::site::MANIFEST;

/// Bytes after brotli: a guest on a phone pays for these before the first page is alive.
const BUDGETS: [(&str, &[&str], u64); 2] = [
    ("the guest's script and WebAssembly", &["boot.js", "guest.js", "guest.wasm"], 120_000),
    ("the style sheet", &["site.css"], 12_000),
];

/// Scripts, WebAssembly and style sheets; the pictures in one line.
pub(crate) fn table(out: &Path) -> Result<String, String> {
    let mut table = format!("{:<28}{:>10}{:>10}\n", "file", "bytes", "brotli");
    let (mut pictures, mut raw_sum, mut brotli_sum) = (0, 0, 0);
    for (logical, hashed) in read_manifest(out)? {
        let (raw, brotli) = (size(out, &hashed)?, size(out, &format!("{hashed}.br")).or_else(|_| size(out, &hashed))?);
        if [".js", ".wasm", ".css"].iter().any(|kind| logical.ends_with(kind)) {
            let _ = writeln!(table, "{logical:<28}{raw:>10}{brotli:>10}");
        } else {
            pictures += 1;
            raw_sum += raw;
            brotli_sum += brotli;
        }
    }
    if pictures > 0 {
        let _ = writeln!(table, "{:<28}{raw_sum:>10}{brotli_sum:>10}", format!("{pictures} more files"));
    }
    Ok(table)
}

/// An error that names each budget that is broken. A file that was not built breaks it too.
pub(crate) fn check_budget(out: &Path) -> Result<(), String> {
    let manifest = read_manifest(out)?;
    let mut over = Vec::new();
    for (what, logicals, limit) in BUDGETS {
        let mut sum = 0;
        for logical in logicals {
            let found = manifest.iter().find(|(name, _)| name == logical);
            let (_, hashed) = found.ok_or_else(|| format!("{logical} has not been built"))?;
            sum += size(out, &format!("{hashed}.br"))?;
        }
        if sum > limit {
            over.push(format!("{what}: {sum} bytes after brotli, {limit} allowed"));
        }
    }
    if over.is_empty() { Ok(()) } else { Err(over.join("\n")) }
}

/// Reads what `site` wrote: one `"logical": "hashed"` a line.
fn read_manifest(out: &Path) -> Result<Vec<(String, String)>, String> {
    let path = out.join(MANIFEST);
    let text = fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    Ok(text
        .lines()
        .filter_map(|line| line.trim().trim_end_matches(',').split_once(": "))
        .map(|(logical, hashed)| (logical.trim_matches('"').to_owned(), hashed.trim_matches('"').to_owned()))
        .collect())
}

fn size(out: &Path, name: &str) -> Result<u64, String> {
    let path = out.join(name);
    fs::metadata(&path).map(|file| file.len()).map_err(|error| format!("cannot read {}: {error}", path.display()))
}
