//! Makes scripts smaller by leaving out what a browser never needs: indentation, empty lines, and comments that stand on
//! lines of their own.

/// Text of several lines inside backticks would be changed by this, so a file that has any is left as it is.
pub(crate) fn trim(content: Vec<u8>) -> Vec<u8> {
    match str::from_utf8(&content) {
        Ok(text) if !has_text_over_lines(text) => trimmed(text).into_bytes(),
        _ => content,
    }
}

fn has_text_over_lines(text: &str) -> bool {
    text.lines().any(|line| line.matches('`').count() % 2 == 1)
}

fn trimmed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside_comment = false;
    for line in text.lines().map(str::trim) {
        let only_comment = line.starts_with("/*") && (line.ends_with("*/") || !line.contains("*/"));
        if inside_comment || only_comment {
            inside_comment = !line.ends_with("*/");
        } else if !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::trim;

    fn trimmed(text: &str) -> String {
        String::from_utf8(trim(text.into())).unwrap()
    }

    #[test]
    fn comments_on_their_own_lines_go_and_code_stays() {
        assert_eq!(
            trimmed("/** @param\n * {x}\n */\nf(); // why\n\n  // gone\n  g(\"/* kept */\");\n"),
            "f(); // why\ng(\"/* kept */\");\n"
        );
        assert_eq!(trimmed("/* a */ f();\n"), "/* a */ f();\n");
    }

    #[test]
    fn text_over_several_lines_keeps_its_spaces() {
        let text = "f(`a\n   b`);\n";
        assert_eq!(trimmed(text), text);
    }
}
