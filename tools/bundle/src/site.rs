//! Writes the finished folder: `NAME.HASH.EXT`, its `.br` and `.gz`, and `manifest.json`. What is already right is left
//! untouched, so that nothing that embeds the folder is rebuilt for nothing; what is no longer named is removed.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    io::Write as _,
    path::Path,
};

use flate2::{Compression, write::GzEncoder};
use sha2::{Digest as _, Sha256};

use crate::sources::Files;

pub(crate) const MANIFEST: &str = "manifest.json";

/// Already compressed by their own format.
const COMPRESSED_KINDS: [&str; 5] = ["png", "jpg", "webp", "woff2", "mp3"];

pub(crate) fn write(mut files: Files, out: &Path) -> Result<(), String> {
    let sheet = files.remove("site.css");
    let mut names: BTreeMap<String, String> =
        files.iter().map(|(logical, content)| (logical.clone(), hashed_name(logical, content))).collect();
    if let Some(sheet) = sheet {
        let sheet = with_hashed_names(&String::from_utf8_lossy(&sheet), &names).into_bytes();
        names.insert("site.css".to_owned(), hashed_name("site.css", &sheet));
        files.insert("site.css".to_owned(), sheet);
    }

    let mut wanted = BTreeSet::from([MANIFEST.to_owned()]);
    for (logical, content) in &files {
        let name = &names[logical];
        wanted.insert(name.clone());
        write_changed(&out.join(name), content)?;
        let kind = name.rsplit_once('.').map_or("", |(_, kind)| kind);
        if COMPRESSED_KINDS.contains(&kind) {
            continue;
        }
        for (ending, compress) in [("br", brotli as fn(&[u8]) -> Vec<u8>), ("gz", gzip)] {
            let twin = format!("{name}.{ending}");
            // The name says what is in it, so a twin that is there is right.
            if !out.join(&twin).exists() {
                write_changed(&out.join(&twin), &compress(content))?;
            }
            wanted.insert(twin);
        }
    }
    write_changed(&out.join(MANIFEST), manifest(&names).as_bytes())?;
    remove_others(out, out, &wanted)
}

/// `rooms/double.svg` becomes `rooms/double.0123456789.svg`.
fn hashed_name(logical: &str, content: &[u8]) -> String {
    let hash = Sha256::digest(content);
    let short = hash[..5].iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    match logical.rsplit_once('.') {
        Some((stem, kind)) => format!("{stem}.{short}.{kind}"),
        None => format!("{logical}.{short}"),
    }
}

/// `url("icons.svg")` in the sheet names a file by its logical name; the sheet lies beside the files.
fn with_hashed_names(sheet: &str, names: &BTreeMap<String, String>) -> String {
    let mut sheet = sheet.to_owned();
    for (logical, hashed) in names {
        for quote in ["\"", "'", ""] {
            for end in [")", "#"] {
                let end = if end == ")" { format!("{quote})") } else { end.to_owned() };
                sheet = sheet.replace(&format!("url({quote}{logical}{end}"), &format!("url({quote}{hashed}{end}"));
            }
        }
    }
    sheet
}

fn manifest(names: &BTreeMap<String, String>) -> String {
    let lines: Vec<String> = names.iter().map(|(logical, hashed)| format!("  {logical:?}: {hashed:?}")).collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

fn brotli(content: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    {
        let mut encoder = brotli::CompressorWriter::new(&mut out, 64 * 1024, 11, 22);
        encoder.write_all(content).expect("writing to memory does not fail");
    }
    out
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).expect("writing to memory does not fail");
    encoder.finish().expect("writing to memory does not fail")
}

/// Through a file beside it, so that a reader sees the old content or the new.
fn write_changed(path: &Path, content: &[u8]) -> Result<(), String> {
    if fs::read(path).is_ok_and(|present| present == content) {
        return Ok(());
    }
    let failed = |error| format!("cannot write {}: {error}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let half_done = path.with_extension("part");
    fs::write(&half_done, content).map_err(failed)?;
    fs::rename(&half_done, path).map_err(failed)
}

fn remove_others(folder: &Path, out: &Path, wanted: &BTreeSet<String>) -> Result<(), String> {
    let failed = |error| format!("cannot tidy {}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            remove_others(&path, out, wanted)?;
            // Fails, and should, when something is left in it.
            let _ = fs::remove_dir(&path);
            continue;
        }
        let name = path.strip_prefix(out).map(|name| name.to_string_lossy().replace('\\', "/")).unwrap_or_default();
        if !wanted.contains(&name) {
            fs::remove_file(&path).map_err(failed)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> Files {
        list.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    fn names_in(folder: &Path) -> BTreeSet<String> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_change_brings_a_new_name_and_the_old_one_goes() {
        let out = std::env::temp_dir().join(format!("bundle-test-{}", std::process::id()));
        write(files(&[("a.svg", "<svg/>"), ("site.css", "b{background:url(\"a.svg\")}")]), &out).unwrap();
        let first = names_in(&out);
        assert_eq!(first.len(), 7, "two files, a .br and a .gz each, the manifest: {first:?}");

        let modified = |name: &str| fs::metadata(out.join(name)).unwrap().modified().unwrap();
        let before = modified(MANIFEST);
        write(files(&[("a.svg", "<svg/>"), ("site.css", "b{background:url(\"a.svg\")}")]), &out).unwrap();
        assert_eq!(names_in(&out), first);
        assert_eq!(modified(MANIFEST), before, "nothing changed, so nothing is written");

        write(files(&[("a.svg", "<svg></svg>"), ("site.css", "b{background:url(\"a.svg\")}")]), &out).unwrap();
        let second = names_in(&out);
        assert_eq!(second.len(), 7);
        assert_eq!(second.intersection(&first).collect::<Vec<_>>(), [MANIFEST], "the sheet names the picture");
        fs::remove_dir_all(&out).unwrap();
    }

    #[test]
    fn a_sheet_names_files_by_their_hashed_names() {
        let names = BTreeMap::from([("i.svg".to_owned(), "i.1.svg".to_owned())]);
        assert_eq!(
            with_hashed_names("url(i.svg) url('i.svg#x') url(\"data:i.svg\")", &names),
            "url(i.1.svg) url('i.1.svg#x') url(\"data:i.svg\")"
        );
    }
}
