//! What the desk looks for: one text, read as part of a name, an e-mail address, a phone number or a code,
//! or as the number of a room.
//! Both stores look by these readings, so that they find the same.

use crate::domain::RoomNumber;
use crate::domain::code::ALPHABET;

/// Fewer digits than these are in every phone number.
const FEWEST_DIGITS: usize = 3;

/// Fewer letters than these begin too many codes, and too many names.
const FEWEST_LETTERS: usize = 4;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sought {
    /// As it was typed.
    pub text: String,
    /// Ways to write a name. A store is only asked to ignore the case of ASCII; these are for all other letters.
    pub spellings: [String; 4],
    /// Where the text can be a phone number.
    pub digits: Option<String>,
    /// Where the text can begin a code: its letters and digits, without the dash.
    pub code: Option<String>,
    /// Where the text can be a room: its number as it is on the door.
    pub room: Option<String>,
}

impl Sought {
    pub(super) fn new(text: &str) -> Self {
        let text = text.trim();
        let is_phone = text.chars().all(|character| character.is_ascii_digit() || "+ -()./".contains(character));
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let letters: String = text
            .chars()
            .filter(|character| !matches!(character, '-' | ' '))
            .map(|it| it.to_ascii_uppercase())
            .collect();
        let is_code = (FEWEST_LETTERS..=8).contains(&letters.len()) && letters.bytes().all(|it| ALPHABET.contains(&it));
        Self {
            text: text.to_owned(),
            spellings: [text.to_owned(), text.to_lowercase(), text.to_uppercase(), capitalised(text)],
            digits: (is_phone && digits.len() >= FEWEST_DIGITS).then_some(digits),
            code: is_code.then_some(letters),
            room: text.parse::<RoomNumber>().ok().map(|room| room.to_string()),
        }
    }
}

/// `zoë MARTIN` as `Zoë Martin`.
fn capitalised(text: &str) -> String {
    let mut begins = true;
    let letter = |character: char| {
        let cased: String =
            if begins { character.to_uppercase().collect() } else { character.to_lowercase().collect() };
        begins = !character.is_alphanumeric();
        cased
    };
    text.chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_written_in_several_ways() {
        assert_eq!(
            Sought::new(" zoë MÜLLER-ÖST ").spellings,
            ["zoë MÜLLER-ÖST", "zoë müller-öst", "ZOË MÜLLER-ÖST", "Zoë Müller-Öst"]
        );
    }

    #[test]
    fn only_what_can_be_a_number_or_a_code_is_read_as_one() {
        let read = |text: &str| {
            let Sought { digits, code, .. } = Sought::new(text);
            (digits.unwrap_or_default(), code.unwrap_or_default())
        };
        let pair = |digits: &str, code: &str| (digits.to_owned(), code.to_owned());
        assert_eq!(read("+351 912-345"), pair("351912345", ""));
        assert_eq!(read("k7qm-2"), pair("", "K7QM2"));
        assert_eq!(read("2345"), pair("2345", "2345"));
        assert_eq!(read("12"), pair("", ""));
        assert_eq!(read("Ana"), pair("", ""));
        assert_eq!(read("Silva"), pair("", ""));
        assert_eq!(read("王小明王"), pair("", ""));
    }

    #[test]
    fn a_room_is_read_as_it_is_on_the_door() {
        let room = |text: &str| Sought::new(text).room;
        assert_eq!(room(" b-12 "), Some("B-12".to_owned()));
        assert_eq!(room("204"), Some("204".to_owned()));
        assert_eq!(room("Ana Silva"), None);
    }
}
