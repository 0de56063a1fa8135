//! The human code of a reservation, such as `K7QM-2XNP`.

use core::fmt;
use core::str::FromStr;

/// No `I`, `O`, `0`, `1`: nothing that looks like something else, on paper or over the phone.
pub const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// Eight characters of [`ALPHABET`]: 40 bits, so codes name a reservation but are never a credential.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ReservationCode([u8; 8]);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a reservation code has eight letters and digits, like K7QM-2XNP")]
pub struct CodeError;

impl ReservationCode {
    /// A code from five random bytes, each code equally likely.
    pub fn from_random(bytes: [u8; 5]) -> Self {
        let bits = bytes.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        let mut code = [0; 8];
        for (place, letter) in code.iter_mut().enumerate() {
            *letter = ALPHABET[(bits >> (5 * place) & 31) as usize];
        }
        Self(code)
    }

    fn letters(&self) -> &str {
        core::str::from_utf8(&self.0).expect("the alphabet is ASCII")
    }
}

/// Reads a code as people type it: any case, with or without the dash, spaces around it.
impl FromStr for ReservationCode {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        let mut code = [0; 8];
        let mut letters =
            text.trim().bytes().filter(|byte| !matches!(byte, b'-' | b' ')).map(|byte| byte.to_ascii_uppercase());
        for place in &mut code {
            *place = letters.next().filter(|letter| ALPHABET.contains(letter)).ok_or(CodeError)?;
        }
        if letters.next().is_some() { Err(CodeError) } else { Ok(Self(code)) }
    }
}

impl fmt::Display for ReservationCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second) = self.letters().split_at(4);
        formatter.write_str(first)?;
        formatter.write_str("-")?;
        formatter.write_str(second)
    }
}

impl fmt::Debug for ReservationCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    #[test]
    fn the_alphabet_has_no_look_alikes() {
        assert!(b"IO01".iter().all(|letter| !ALPHABET.contains(letter)));
        assert_eq!(ALPHABET.iter().collect::<HashSet<_>>().len(), 32);
    }

    #[test]
    fn codes_are_read_as_people_type_them() {
        let code: ReservationCode = "K7QM-2XNP".parse().unwrap();
        for text in ["k7qm2xnp", " K7QM 2XNP ", "k7qm-2xnp"] {
            assert_eq!(text.parse(), Ok(code), "{text}");
        }
        for text in ["", "K7QM-2XN", "K7QM-2XNPP", "K7QM-2XN0", "K7QM-2XNÜ"] {
            assert_eq!(text.parse::<ReservationCode>(), Err(CodeError), "{text}");
        }
    }

    proptest! {
        #[test]
        fn different_random_bytes_give_different_codes(one: [u8; 5], other: [u8; 5]) {
            let (first, second) = (ReservationCode::from_random(one), ReservationCode::from_random(other));
            prop_assert_eq!(first == second, one == other);
            prop_assert_eq!(first.to_string().parse(), Ok(first));
        }
    }
}
