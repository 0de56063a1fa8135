//! Writing a query into an address.

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// `?a=1&b=two%20words`; pairs without a value are left out.
pub fn query(pairs: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        text.push(if text.is_empty() { '?' } else { '&' });
        text.push_str(name);
        text.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
                text.push(char::from(byte));
            } else {
                text.push('%');
                for digit in [byte >> 4, byte & 15] {
                    text.push(char::from(HEX[usize::from(digit)]));
                }
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::query;

    #[test]
    fn values_are_escaped_and_empty_ones_left_out() {
        assert_eq!(query(&[("a", "1"), ("b", ""), ("c", "x&y=z 王")]), "?a=1&c=x%26y%3Dz%20%E7%8E%8B");
        assert_eq!(query(&[("a", "")]), "");
    }
}
