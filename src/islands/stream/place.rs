//! Places in a hotel's order (`EPOCH-SEQ`), and what word of an event means to a tab that stands at one.

/// What an event is to a tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// The tab has it already.
    Known,
    /// The next one.
    News,
    /// Something lies between, or the two cannot be compared.
    Gap,
}

/// Epoch and number.
pub fn parts(place: &str) -> Option<(&str, u64)> {
    let (epoch, seq) = place.rsplit_once('-')?;
    Some((epoch, seq.parse().ok()?))
}

/// What the event `id` is to a tab that stands at `here`, where the one before it on the same stream was `before`.
pub fn word(here: &str, before: &str, id: &str) -> Word {
    let (Some(here), Some(before), Some(id)) = (parts(here), parts(before), parts(id)) else { return Word::Gap };
    if here.0 != id.0 {
        Word::Gap
    } else if id.1 <= here.1 {
        Word::Known
    } else if before.0 == here.0 && before.1 <= here.1 {
        Word::News
    } else {
        Word::Gap
    }
}

/// Whether a tab at `here` has missed something of a stream that has come to `there`.
pub fn is_behind(here: &str, there: &str) -> bool {
    word(here, here, there) != Word::Known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_event_is_news_and_an_old_one_is_known() {
        assert_eq!(word("e-7", "e-7", "e-8"), Word::News);
        assert_eq!(word("e-7", "e-6", "e-7"), Word::Known);
        assert_eq!(word("e-9", "e-6", "e-7"), Word::Known);
    }

    #[test]
    fn a_page_that_was_rendered_between_two_events_takes_the_second() {
        assert_eq!(word("e-7", "e-5", "e-9"), Word::News);
    }

    #[test]
    fn what_happened_in_between_is_a_gap() {
        assert_eq!(word("e-7", "e-8", "e-9"), Word::Gap);
        assert_eq!(word("e-7", "f-7", "f-8"), Word::Gap);
        assert_eq!(word("f-7", "e-7", "f-8"), Word::Gap);
        assert_eq!(word("f-7", "e-7", "f-6"), Word::Known);
        assert_eq!(word("", "e-7", "e-8"), Word::Gap);
    }

    #[test]
    fn a_tab_is_behind_a_stream_that_is_further_or_of_another_log() {
        assert!(is_behind("e-7", "e-8"));
        assert!(is_behind("e-7", "f-2"));
        assert!(!is_behind("e-7", "e-7"));
        assert!(!is_behind("e-9", "e-7"));
    }
}
