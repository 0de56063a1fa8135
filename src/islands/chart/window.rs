//! Which part of the chart is drawn: lines, and half days across. Pure arithmetic, since lines are equally high and days
//! equally wide.

use crate::islands::chart::plan::Span;

/// So much more than can be seen is drawn, so that a scroll shows nothing blank. Lines come in steps, days one by one.
const LINES_MORE: usize = 6;
const LINES_STEP: usize = 2;
const DAYS_MORE: i32 = 3;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    pub first_line: usize,
    pub end_line: usize,
    pub across: Option<Span>,
}

impl Window {
    /// What is drawn while this is in sight, of a chart of so many lines and days.
    #[must_use]
    pub fn around(self, lines: usize, days: i32) -> Self {
        let more = |across: Span| Span {
            start: (across.start - 2 * DAYS_MORE).max(0),
            end: (across.end + 2 * DAYS_MORE).min(2 * days),
        };
        Self {
            first_line: self.first_line.saturating_sub(LINES_MORE) / LINES_STEP * LINES_STEP,
            end_line: (self.end_line + LINES_MORE).next_multiple_of(LINES_STEP).min(lines),
            across: self.across.map(more),
        }
    }

    /// Whether a bar is at least partly in it.
    pub fn shows(self, line: usize, span: Span) -> bool {
        (self.first_line..self.end_line).contains(&line) && self.across.is_some_and(|across| across.overlaps(span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sight(first_line: usize, end_line: usize, first_day: i32, end_day: i32) -> Window {
        Window { first_line, end_line, across: Some(Span { start: 2 * first_day, end: 2 * end_day }) }
    }

    #[test]
    fn what_is_drawn_is_more_than_what_is_seen_on_every_side_and_ends_with_the_chart() {
        assert_eq!(sight(20, 40, 10, 30).around(300, 60), sight(14, 46, 7, 33));
        assert_eq!(sight(0, 20, 0, 20).around(300, 60), sight(0, 26, 0, 23));
        assert_eq!(sight(281, 300, 45, 60).around(300, 60), sight(274, 300, 42, 60));
    }

    #[test]
    fn the_lines_that_are_drawn_change_by_two_or_not_at_all() {
        let drawn: Vec<Window> = (100..109).map(|line| sight(line, line + 20, 0, 20).around(300, 60)).collect();
        for two in drawn.windows(2) {
            let (first, end) = (two[1].first_line - two[0].first_line, two[1].end_line - two[0].end_line);
            assert!([0, 2].contains(&first) && [0, 2].contains(&end), "{two:?}");
        }
        assert_eq!(drawn[8], sight(102, 134, 0, 23));
    }

    #[test]
    fn a_bar_is_in_sight_when_a_part_of_it_is() {
        let sight = sight(5, 10, 3, 6);
        assert!(sight.shows(5, Span { start: 1, end: 7 }) && sight.shows(9, Span { start: 11, end: 30 }));
        assert!(!sight.shows(10, Span { start: 1, end: 7 }) && !sight.shows(5, Span { start: 1, end: 6 }));
    }
}
