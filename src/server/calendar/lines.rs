//! Content lines: escaped, folded after 75 bytes, ended by CRLF (RFC 5545, 3.1 and 3.3.11).

/// The most bytes of a line, its end not counted.
const MOST_BYTES: usize = 75;

#[derive(Debug, Default)]
pub(super) struct Lines(String);

impl Lines {
    /// A value that is written as it is: a date, a word, an address.
    pub(super) fn put(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{value}"));
    }

    /// A value of type TEXT.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        let mut escaped = String::with_capacity(value.len());
        for letter in value.chars() {
            match letter {
                '\\' | ';' | ',' => escaped.extend(['\\', letter]),
                '\n' => escaped.push_str("\\n"),
                '\r' => {}
                letter => escaped.push(letter),
            }
        }
        self.fold(&format!("{name}:{escaped}"));
    }

    /// A letter of several bytes is never cut.
    fn fold(&mut self, line: &str) {
        let mut length = 0;
        for letter in line.chars() {
            if length + letter.len_utf8() > MOST_BYTES {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(letter);
            length += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    pub(super) fn finish(self) -> String {
        self.0
    }
}
