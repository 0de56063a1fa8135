//! Joins the style sheets into one and takes out comments and needless spaces. It knows no more of CSS than where text
//! in quotes begins and ends, so that it cannot change what a rule means.

use std::{fs, path::Path};

/// The sheets of a folder as one, in the order of their names: `_layers.css`, which ranks all the others, comes first.
pub(crate) fn join(folder: &Path) -> Result<String, String> {
    let mut joined = String::new();
    for name in sheets_in(folder)? {
        let path = folder.join(&name);
        joined += &fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        joined.push('\n');
    }
    Ok(minified(&joined))
}

/// Names below the folder, sorted; a file in a sub-folder has its path.
fn sheets_in(folder: &Path) -> Result<Vec<String>, String> {
    let failed = |error| format!("cannot read {}: {error}", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if path.is_dir() {
            names.extend(sheets_in(&path)?.into_iter().map(|below| format!("{name}/{below}")));
        } else if path.extension().is_some_and(|kind| kind == "css") {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Nothing needs a space on either side of these, wherever they stand outside quotes.
const SELF_STANDING: [char; 4] = ['{', '}', ';', ','];

fn minified(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    // A space is owed: written only if what follows is not self-standing.
    let mut space = false;
    while let Some(next) = rest.chars().next() {
        if next.is_whitespace() {
            space = true;
            rest = &rest[next.len_utf8()..];
            continue;
        }
        if rest.starts_with("/*") {
            let end = rest[2..].find("*/").map_or(rest.len(), |at| at + 4);
            rest = &rest[end..];
            // A comment ends a word without being a space; keep that where both neighbours touch it.
            let touches = |side: Option<char>| side.is_some_and(|c| !c.is_whitespace() && !SELF_STANDING.contains(&c));
            if !space && touches(out.chars().last()) && touches(rest.chars().next()) {
                out.push_str("/**/");
            }
            continue;
        }
        let before = out.chars().last();
        if space && !SELF_STANDING.contains(&next) && before.is_some_and(|last| !SELF_STANDING.contains(&last)) {
            out.push(' ');
        }
        space = false;
        let length = match next {
            '"' | '\'' => quoted_length(rest, next),
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            _ => next.len_utf8(),
        };
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out.push('\n');
    out
}

/// Bytes from the opening quote to the closing one, both included.
fn quoted_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::minified;

    #[test]
    fn spaces_and_comments_go() {
        let sheet = "/* head */\n.a ,\n .b > .c {\n  color : red ;  margin: 0 auto;\n}\n\n@media (width > 20rem) { .a { top: 0 } }";
        assert_eq!(minified(sheet), ".a,.b > .c{color : red;margin: 0 auto;}@media (width > 20rem){.a{top: 0}}\n");
    }

    #[test]
    fn what_a_space_means_is_kept() {
        assert_eq!(minified(".a :hover { width: calc(1px + 2px) }"), ".a :hover{width: calc(1px + 2px)}\n");
        assert_eq!(minified(".a/* x */.b{}"), ".a/**/.b{}\n");
        assert_eq!(minified(".a /* x */ .b{}"), ".a .b{}\n");
        assert_eq!(minified("@layer a , b;"), "@layer a,b;\n");
    }

    #[test]
    fn text_in_quotes_is_left_alone() {
        let sheet = ".a::after{content: \"a  ;  /* b */ \\\" {\"}";
        assert_eq!(minified(sheet), format!("{sheet}\n"));
        assert_eq!(minified(".a{content:'间  夜'}"), ".a{content:'间  夜'}\n");
    }
}
