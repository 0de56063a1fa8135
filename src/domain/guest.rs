//! Who stays, and what they write: each text is trimmed, bounded, and free of what cannot be seen.

use core::fmt;
use core::str::FromStr;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GuestError {
    #[error("a name is required")]
    NameMissing,
    #[error("a name has at most 120 characters")]
    NameTooLong,
    #[error("an e-mail address looks like ana@example.org")]
    EmailFormat,
    #[error("a phone number has 5 to 20 digits, and may begin with +")]
    PhoneFormat,
    #[error("a note has at most 1000 characters")]
    NoteTooLong,
    #[error("a message has at most 280 characters")]
    MessageTooLong,
    #[error("the text has characters that cannot be shown")]
    ControlCharacters,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    pub name: GuestName,
    /// A walk-in or a caller may have none.
    pub email: Option<Email>,
    pub phone: Option<Phone>,
}

/// 1 to 120 characters, as the guest writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuestName(String);

/// At most 254 characters, one `@`, a dot in the domain. Whether it can receive mail, only mail can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

/// As typed, with 5 to 20 digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone(String);

/// What the guest wants the desk to know: at most 1000 characters, line breaks allowed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note(String);

/// What the guest asks the desk: at most 280 characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NudgeMessage(String);

/// What comes along when a name or a number is copied from elsewhere and nobody sees: spaces without width, byte order
/// marks, and what turns the line round for all that follows it on the desk's screen.
const fn is_stowaway(character: char) -> bool {
    matches!(character, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Joins, directs or dresses the letters beside it, or fills a place where none is, and shows nothing by itself.
const fn shows_nothing(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200c}'..='\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
    )
}

fn cleaned(text: &str) -> String {
    let text: String = text.chars().filter(|character| !is_stowaway(*character)).collect();
    text.trim().to_owned()
}

fn one_line(text: &str) -> Result<String, GuestError> {
    let text = cleaned(text);
    if text.chars().any(char::is_control) { Err(GuestError::ControlCharacters) } else { Ok(text) }
}

fn some_lines(text: &str) -> Result<String, GuestError> {
    let text = cleaned(text).replace("\r\n", "\n");
    let shows = |character: char| !character.is_control() || character == '\n' || character == '\t';
    if text.chars().all(shows) { Ok(text) } else { Err(GuestError::ControlCharacters) }
}

impl FromStr for GuestName {
    type Err = GuestError;

    fn from_str(text: &str) -> Result<Self, GuestError> {
        let name = one_line(text)?;
        if name.chars().all(|character| character.is_whitespace() || shows_nothing(character)) {
            return Err(GuestError::NameMissing);
        }
        match name.chars().count() {
            ..=120 => Ok(Self(name)),
            _ => Err(GuestError::NameTooLong),
        }
    }
}

impl FromStr for Email {
    type Err = GuestError;

    fn from_str(text: &str) -> Result<Self, GuestError> {
        let email = one_line(text).map_err(|_| GuestError::EmailFormat)?;
        let (local, domain) = email.rsplit_once('@').ok_or(GuestError::EmailFormat)?;
        let is_domain = domain.split('.').count() >= 2 && domain.split('.').all(|label| !label.is_empty());
        let is_plain = !email.contains(|character: char| character.is_whitespace() || ",;<>()\"".contains(character));
        if local.is_empty() || local.contains('@') || !is_domain || !is_plain || email.len() > 254 {
            return Err(GuestError::EmailFormat);
        }
        Ok(Self(email))
    }
}

impl Email {
    /// Whether both name the same mailbox for the purpose of finding a reservation (case is ignored).
    pub fn is_same_as(&self, other: &Self) -> bool {
        self.0.to_lowercase() == other.0.to_lowercase()
    }
}

impl FromStr for Phone {
    type Err = GuestError;

    fn from_str(text: &str) -> Result<Self, GuestError> {
        let phone = one_line(text).map_err(|_| GuestError::PhoneFormat)?;
        let digits = phone.chars().filter(char::is_ascii_digit).count();
        let rest = phone.strip_prefix('+').unwrap_or(&phone);
        let is_phone = rest.chars().all(|character| character.is_ascii_digit() || " -()./".contains(character));
        if is_phone && (5..=20).contains(&digits) && phone.len() <= 40 {
            Ok(Self(phone))
        } else {
            Err(GuestError::PhoneFormat)
        }
    }
}

impl FromStr for Note {
    type Err = GuestError;

    fn from_str(text: &str) -> Result<Self, GuestError> {
        let note = some_lines(text)?;
        if note.chars().count() <= 1000 { Ok(Self(note)) } else { Err(GuestError::NoteTooLong) }
    }
}

impl FromStr for NudgeMessage {
    type Err = GuestError;

    fn from_str(text: &str) -> Result<Self, GuestError> {
        let message = some_lines(text)?;
        if message.chars().count() <= 280 { Ok(Self(message)) } else { Err(GuestError::MessageTooLong) }
    }
}

macro_rules! reads_as_text {
    ($($name:ident),*) => {$(
        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    )*};
}
reads_as_text!(GuestName, Email, Phone, Note, NudgeMessage);

/// How many people: 1 to 20 adults and 0 to 20 children, or what another system has written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Party {
    adults: u8,
    children: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PartyError {
    #[error("between 1 and 20 adults")]
    Adults,
    #[error("between 0 and 20 children")]
    Children,
}

impl Party {
    pub const MAX_OF_A_KIND: u8 = 20;
    /// Groups that another system kept in one reservation.
    pub const MAX_RECORDED: u8 = 99;

    pub fn new(adults: u8, children: u8) -> Result<Self, PartyError> {
        if !(1..=Self::MAX_OF_A_KIND).contains(&adults) {
            Err(PartyError::Adults)
        } else if children > Self::MAX_OF_A_KIND {
            Err(PartyError::Children)
        } else {
            Ok(Self { adults, children })
        }
    }

    /// A party as another system knew it: a group, or children whose parents have the room next door. None for nobody,
    /// and for more than [`Self::MAX_RECORDED`] adults or children.
    pub const fn recorded(adults: u8, children: u8) -> Option<Self> {
        let is_somebody = adults > 0 || children > 0;
        if is_somebody && adults <= Self::MAX_RECORDED && children <= Self::MAX_RECORDED {
            Some(Self { adults, children })
        } else {
            None
        }
    }

    pub const fn adults(self) -> u8 {
        self.adults
    }

    pub const fn children(self) -> u8 {
        self.children
    }

    /// How many beds are needed.
    pub const fn size(self) -> u8 {
        self.adults + self.children
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_as_written_but_never_empty() {
        assert_eq!("  Ana María ".parse::<GuestName>().unwrap().as_str(), "Ana María");
        assert_eq!("   ".parse::<GuestName>(), Err(GuestError::NameMissing));
        assert_eq!("王".repeat(121).parse::<GuestName>(), Err(GuestError::NameTooLong));
        assert_eq!("a\u{0}b".parse::<GuestName>(), Err(GuestError::ControlCharacters));
    }

    #[test]
    fn what_nobody_sees_is_no_name_and_turns_no_line_round() {
        let fillers = ["\u{3164}", "\u{ad}\u{2800}", "\u{115f}\u{1160}", "\u{180e}", "\u{e0041}\u{fe0f}"];
        let stowaways = ["\u{200b}", "\u{feff} ", "\u{202e}\u{202c}", "\u{200d}", "\u{200f}\u{200e}"];
        for nothing in fillers.into_iter().chain(stowaways) {
            assert_eq!(nothing.parse::<GuestName>(), Err(GuestError::NameMissing), "{nothing:?}");
        }
        assert_eq!("a\u{202e}b".parse::<GuestName>().unwrap().as_str(), "ab");
        assert_eq!("\u{202a}+351 21 000\u{202c}".parse::<Phone>().unwrap().as_str(), "+351 21 000");
        assert_eq!("\u{2067}late\u{2069}\nvery".parse::<Note>().unwrap().as_str(), "late\nvery");
        for joined in ["👩\u{200d}👧", "می\u{200c}خواهم", "葛\u{e0100}西"] {
            assert_eq!(joined.parse::<GuestName>().unwrap().as_str(), joined, "a joiner between letters is a letter");
        }
    }

    #[test]
    fn an_email_has_one_at_and_a_domain() {
        for good in ["ana@example.org", "a.b+c@mail.example.co.uk", "用户@例子.公司"] {
            assert!(good.parse::<Email>().is_ok(), "{good}");
        }
        for bad in ["", "ana", "ana@", "@example.org", "ana@example", "a b@example.org", "a@b@example.org", "ana@.org"]
        {
            assert_eq!(bad.parse::<Email>(), Err(GuestError::EmailFormat), "{bad}");
        }
        let email: Email = "Ana@Example.org".parse().unwrap();
        assert!(email.is_same_as(&"ana@example.ORG".parse().unwrap()));
    }

    #[test]
    fn a_phone_number_keeps_its_spaces() {
        for good in ["+351 21 000 0000", "0571-8700 0000", "(02) 12345"] {
            assert!(good.parse::<Phone>().is_ok(), "{good}");
        }
        for bad in ["", "1234", "call me", "+1+2345678", "123456789012345678901"] {
            assert_eq!(bad.parse::<Phone>(), Err(GuestError::PhoneFormat), "{bad}");
        }
    }

    #[test]
    fn notes_keep_their_lines_and_end_somewhere() {
        assert_eq!("one\r\ntwo\n".parse::<Note>().unwrap().as_str(), "one\ntwo");
        assert_eq!("x".repeat(1001).parse::<Note>(), Err(GuestError::NoteTooLong));
        assert_eq!("x".repeat(281).parse::<NudgeMessage>(), Err(GuestError::MessageTooLong));
    }

    #[test]
    fn a_party_has_an_adult() {
        assert_eq!(Party::new(0, 2), Err(PartyError::Adults));
        assert_eq!(Party::new(2, 21), Err(PartyError::Children));
        assert_eq!(Party::new(2, 1).unwrap().size(), 3);
    }

    #[test]
    fn a_party_that_was_recorded_is_taken_as_it_was() {
        assert_eq!(Party::recorded(55, 0).unwrap().size(), 55);
        assert_eq!(Party::recorded(0, 3).unwrap().children(), 3);
        assert_eq!(Party::recorded(0, 0), None);
        assert_eq!(Party::recorded(100, 0), None);
    }
}
