//! What the desk looks for: one text, read as words of a name, as part of an e-mail address or a phone number, as the
//! beginning of a code, or as the number of a room.
//! Both stores look by these readings, so that they find the same.

use crate::domain::RoomNumber;
use crate::domain::code::ALPHABET;

/// Fewer digits than these are in every phone number.
const FEWEST_DIGITS: usize = 3;

/// Fewer letters than these begin too many codes, and too many names.
const FEWEST_LETTERS: usize = 4;

/// So many words of a name are looked for, and so many letters of each: a database is asked for no longer pattern.
pub(super) const MOST_WORDS: usize = 6;
const MOST_LETTERS: usize = 40;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sought {
    /// As it was typed.
    pub text: String,
    /// The words of a name, each a part of it, in whatever order; see [`plain`].
    pub words: Vec<String>,
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
            words: words(text),
            digits: (is_phone && digits.len() >= FEWEST_DIGITS).then_some(digits),
            code: is_code.then_some(letters),
            room: text.parse::<RoomNumber>().ok().map(|room| room.to_string()),
        }
    }
}

/// "Silva, Ana" is two words; what is nothing but commas is one.
fn words(text: &str) -> Vec<String> {
    let word = |word: &str| plain(word).chars().take(MOST_LETTERS).collect();
    let parts = text.split(|it: char| it.is_whitespace() || it == ',').filter(|part| !part.is_empty());
    let words: Vec<String> = parts.take(MOST_WORDS).map(word).collect();
    if words.is_empty() { vec![word(text)] } else { words }
}

/// Letters that are looked for as one: who is on the phone does not spell accents, and not every keyboard has them.
const ALIKE: [&str; 22] = [
    "aàáâãäåāăą",
    "cçćĉċč",
    "dďđð",
    "eèéêëēĕėęě",
    "gĝğġģ",
    "hĥħ",
    "iìíîïĩīĭįıİ",
    "jĵ",
    "kķ",
    "lĺļľŀł",
    "nñńņň",
    "oòóôõöøōŏő",
    "rŕŗř",
    "sśŝşšș",
    "tţťŧț",
    "uùúûüũūŭůűų",
    "wŵ",
    "yýÿŷ",
    "zźżž",
    "-‐‑–",
    "'’‘ʼ",
    "её",
];

/// All letters that stand for this one, in both cases.
fn family(letter: char) -> Vec<char> {
    let small = lower(letter);
    let like =
        ALIKE.iter().find(|like| like.contains(small)).map_or_else(|| vec![small], |like| like.chars().collect());
    let mut all: Vec<char> = like.iter().flat_map(|letter| [*letter, upper(*letter)]).chain([letter]).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// A text with one letter for each family of them.
pub(super) fn plain(text: &str) -> String {
    let first = |small: char| ALIKE.iter().find(|like| like.contains(small)).and_then(|like| like.chars().next());
    text.chars().map(lower).map(|small| first(small).unwrap_or(small)).collect()
}

/// As a pattern for SQLite's `GLOB`: what has this word in it, in any spelling.
pub(super) fn pattern(word: &str) -> String {
    let mut pattern = String::from("*");
    for letter in word.chars() {
        match family(letter).as_slice() {
            // Outside a class these three mean something; the dash and `]` do so inside only, and come last or alone.
            [one] if !matches!(one, '*' | '?' | '[') => pattern.push(*one),
            letters => {
                let (last, others): (Vec<char>, Vec<char>) = letters.iter().partition(|letter| **letter == '-');
                pattern.push('[');
                pattern.extend(others.into_iter().chain(last));
                pattern.push(']');
            }
        }
    }
    pattern.push('*');
    pattern
}

/// One letter stays one letter, also where its other case has two.
fn lower(letter: char) -> char {
    let mut small = letter.to_lowercase();
    small.next().filter(|_| small.next().is_none()).unwrap_or(letter)
}

fn upper(letter: char) -> char {
    let mut large = letter.to_uppercase();
    large.next().filter(|_| large.next().is_none()).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_sought_by_its_words_without_case_or_accents() {
        assert_eq!(Sought::new(" zoë  MÜLLER-ÖST ").words, ["zoe", "muller-ost"]);
        assert_eq!(Sought::new("Søren İnci O’Neill").words, ["soren", "inci", "o'neill"]);
        assert_eq!(Sought::new("王小明 ΣΟΦΊΑ").words, ["王小明", "σοφία"]);
        assert_eq!([Sought::new("Silva, Ana").words, Sought::new(",").words], [vec!["silva", "ana"], vec![","]]);
        assert_eq!(Sought::new(&"o ".repeat(99)).words.len(), MOST_WORDS);
        assert!(pattern(&Sought::new(&"o".repeat(9_999)).words[0]).len() < 5_000);
    }

    #[test]
    fn what_means_something_in_a_pattern_is_taken_as_it_is() {
        assert_eq!(pattern("w*?[]^"), "*[WwŴŵ][*][?][[]]^*");
        assert_eq!(pattern("-"), "*[‐‑–-]*");
        assert_eq!(pattern("5王%_"), "*5王%_*");
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
