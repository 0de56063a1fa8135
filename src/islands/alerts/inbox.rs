//! The alerts a page knows of, which of them nobody has looked at yet, and which have not been heard. Pure
//! bookkeeping; the marks are kept on the device as numbers only.

use std::collections::BTreeSet;

use crate::islands::alerts::line::AlertLine;

/// The most alerts that are listed.
const MOST_LISTED: usize = 30;

/// What the device remembers between pages: no names, no texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Distinguishes one log from another; marks of another log mean nothing.
    pub epoch: String,
    /// Everything up to this number has been heard on this device.
    pub heard: u64,
    pub unread: BTreeSet<u64>,
}

impl Marks {
    /// `EPOCH HEARD UNREAD,UNREAD…`
    pub fn to_text(&self) -> String {
        let unread: Vec<String> = self.unread.iter().map(u64::to_string).collect();
        format!("{} {} {}", self.epoch, self.heard, unread.join(","))
    }

    pub fn from_text(text: &str) -> Option<Self> {
        let mut parts = text.split(' ');
        let (epoch, heard) = (parts.next()?.to_owned(), parts.next()?.parse().ok()?);
        let unread = parts.next().unwrap_or("").split(',').filter_map(|seq| seq.parse().ok()).collect();
        Some(Self { epoch, heard, unread })
    }
}

/// Newest first.
#[derive(Clone, Debug, Default)]
pub struct Inbox {
    lines: Vec<AlertLine>,
}

impl Inbox {
    pub fn new(mut lines: Vec<AlertLine>) -> Self {
        lines.sort_by_key(|line| core::cmp::Reverse(line.seq));
        lines.truncate(MOST_LISTED);
        Self { lines }
    }

    pub fn lines(&self) -> &[AlertLine] {
        &self.lines
    }

    /// Adds an alert; false when it is there already.
    pub fn add(&mut self, line: AlertLine) -> bool {
        let place = self.lines.partition_point(|known| known.seq > line.seq);
        if self.lines.get(place).is_some_and(|known| known.seq == line.seq) {
            return false;
        }
        self.lines.insert(place, line);
        self.lines.truncate(MOST_LISTED);
        true
    }

    /// Wanted alerts of others that nobody at this device has heard, oldest first.
    pub fn unheard(&self, marks: &Marks, wants: impl Fn(&str) -> bool) -> Vec<AlertLine> {
        let new = self.lines.iter().filter(|line| line.seq > marks.heard && !line.is_own && wants(&line.kind));
        new.rev().cloned().collect()
    }

    pub fn newest(&self) -> u64 {
        self.lines.first().map_or(0, |line| line.seq)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Timestamp;

    fn line(seq: u64, kind: &str) -> AlertLine {
        AlertLine {
            seq,
            kind: kind.to_owned(),
            code: "K7QM-2XNP".parse().unwrap(),
            text: String::new(),
            at: Timestamp::from_unix_ms(0),
            name: None,
            is_own: false,
        }
    }

    #[test]
    fn alerts_stand_newest_first_and_once() {
        let mut inbox = Inbox::new(vec![line(3, "nudge"), line(9, "nudge")]);
        assert!(inbox.add(line(5, "nudge")));
        assert!(!inbox.add(line(9, "nudge")));
        let order: Vec<u64> = inbox.lines().iter().map(|line| line.seq).collect();
        assert_eq!(order, [9, 5, 3]);
    }

    #[test]
    fn what_was_not_heard_is_told_oldest_first_and_only_what_is_wanted() {
        let inbox = Inbox::new(vec![line(3, "nudge"), line(5, "cancellation"), line(7, "nudge"), line(9, "nudge")]);
        let marks = Marks { heard: 3, ..Marks::default() };
        let unheard: Vec<u64> = inbox.unheard(&marks, |kind| kind == "nudge").iter().map(|line| line.seq).collect();
        assert_eq!(unheard, [7, 9]);
    }

    #[test]
    fn what_one_did_oneself_stands_in_the_list_and_is_not_told() {
        let mut inbox = Inbox::new(vec![AlertLine { is_own: true, ..line(7, "new_reservation") }]);
        assert!(inbox.add(line(9, "new_reservation")));
        let unheard = inbox.unheard(&Marks { heard: 3, ..Marks::default() }, |_| true);
        assert_eq!(unheard.iter().map(|line| line.seq).collect::<Vec<u64>>(), [9]);
        assert_eq!(inbox.lines().len(), 2);
    }

    #[test]
    fn marks_are_read_back() {
        let marks = Marks { epoch: "k3".to_owned(), heard: 12, unread: BTreeSet::from([4, 12]) };
        assert_eq!(Marks::from_text(&marks.to_text()), Some(marks));
        let none = Marks { epoch: "k3".to_owned(), heard: 0, unread: BTreeSet::new() };
        assert_eq!(Marks::from_text(&none.to_text()), Some(none));
        assert_eq!(Marks::from_text("nonsense"), None);
    }
}
