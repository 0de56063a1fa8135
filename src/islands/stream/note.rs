//! What the tabs of a browser tell each other about a stream that they share. Text, since that is the quickest to pass.

use super::Event;

/// Before each of several notes. It stands in none: what is JSON writes it otherwise.
const MARK: &str = "\u{1e}";

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// A tab asks how far the stream is and whether it is open.
    Ask,
    /// The tab that holds the stream answers, or tells unasked that this has changed.
    At { place: String, is_open: bool },
    /// An event, and the place of the stream before it: whoever stands between the two has missed nothing.
    Told { before: String, event: Event },
}

impl Note {
    pub fn to_text(&self) -> String {
        match self {
            Self::Ask => "ask".to_owned(),
            Self::At { place, is_open: true } => ["open\n", place].concat(),
            Self::At { place, is_open: false } => ["lost\n", place].concat(),
            Self::Told { before, event } => ["told", before, &event.id, &event.name, &event.data].join("\n"),
        }
    }

    /// None for what another version of this program says.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut parts = text.splitn(5, '\n');
        let mut next = || parts.next().map(str::to_owned);
        Some(match next()?.as_str() {
            "ask" => Self::Ask,
            "open" => Self::At { place: next()?, is_open: true },
            "lost" => Self::At { place: next()?, is_open: false },
            "told" => {
                let before = next()?;
                let (id, name, data) = (next()?, next()?, next()?);
                Self::Told { before, event: Event { name, id, data, missed: false } }
            }
            _ => return None,
        })
    }
}

/// Several notes in one message, since each message costs a tab as much as a note does.
pub fn together(notes: &[String]) -> String {
    match notes {
        [note] => note.clone(),
        notes => notes.iter().fold(String::new(), |text, note| text + MARK + note),
    }
}

/// The notes of a message.
pub fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.strip_prefix(MARK).unwrap_or(text).split(MARK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_that_come_together_are_told_apart() {
        for notes in [vec!["ask"], vec!["told\na", "ask", "open\ne1-2"]] {
            let texts: Vec<String> = notes.iter().map(|note| (*note).to_owned()).collect();
            assert_eq!(parts(&together(&texts)).collect::<Vec<_>>(), notes);
        }
    }

    #[test]
    fn every_note_is_read_as_it_was_written() {
        let event = Event {
            name: "reservation".to_owned(),
            id: "e1-8".to_owned(),
            data: "{\"note\":\"two\nlines\"}\n".to_owned(),
            missed: false,
        };
        for note in [
            Note::Ask,
            Note::At { place: "e1-7".to_owned(), is_open: true },
            Note::At { place: "e1-7".to_owned(), is_open: false },
            Note::Told { before: "e1-7".to_owned(), event },
        ] {
            assert_eq!(Note::from_text(&note.to_text()), Some(note));
        }
    }

    #[test]
    fn what_is_not_understood_is_left_alone() {
        for text in ["", "hello", "open", "told\ne1-7\ne1-8"] {
            assert_eq!(Note::from_text(text), None, "{text:?}");
        }
    }
}
