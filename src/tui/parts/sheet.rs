//! A screen in three parts: a fixed head, a body that scrolls, a fixed foot.
use crate::tui::parts::area::Area;
use crate::tui::row::{PieceKind, Row, RowKind, Tone};
use crate::tui::script::Script;

/// The rows of a screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    pub head: Vec<Row>,
    pub body: Vec<Row>,
    /// Index of the first visible row of the body.
    pub top: usize,
    pub foot: Vec<Row>,
    /// Rows at the right of the body, which do not scroll.
    pub side: Vec<Row>,
    /// The column where these rows begin.
    pub side_at: usize,
}

impl Sheet {
    /// How many rows of the window are for the body.
    pub fn rows(&self, area: Area) -> usize {
        area.rows.saturating_sub(self.head.len() + self.foot.len())
    }

    /// How many rows of the body are visible.
    pub fn height(&self, area: Area) -> usize {
        self.rows(area) * self.halves(area)
    }

    /// In how many columns the body flows: in two if it would have to scroll and each of its rows fits in half of a wide window.
    fn halves(&self, area: Area) -> usize {
        let fits = |row: &Row| row.item.is_none() && row.cursor.is_none() && row.width() + 2 < area.columns / 2;
        let flows = area.has_halves() && self.side.is_empty() && self.body.len() > self.rows(area);
        if flows && self.body.iter().all(fits) { 2 } else { 1 }
    }

    /// The first visible row of the body, limited so that the room is filled.
    pub fn first(&self, area: Area) -> usize {
        self.top.min(self.body.len().saturating_sub(self.height(area)))
    }

    /// All rows of the area from the top, as they are drawn and as the mouse points at them.
    pub fn in_sight(&self, area: Area) -> Vec<Row> {
        let (rows, first) = (self.rows(area), self.first(area));
        let shown = &self.body[first..][..self.without_a_last_heading(first, self.height(area))];
        let body = (0..rows).map(|n| {
            let row = shown.get(n).cloned().unwrap_or_default();
            match (self.side.get(n), shown.get(rows + n)) {
                (Some(beside), _) => row.to(self.side_at).append(beside.clone()),
                (None, Some(beside)) => row.to(area.columns / 2).append(beside.clone()),
                (None, None) => row,
            }
        });
        self.head.iter().cloned().chain(body).chain(self.foot.iter().cloned()).collect()
    }

    /// How many rows of the body are drawn.
    pub(in crate::tui) fn drawn(&self, area: Area) -> usize {
        match self.without_a_last_heading(self.first(area), self.height(area)) {
            0 => self.height(area),
            _ if self.body.len() <= self.height(area) => self.height(area),
            drawn => drawn,
        }
    }

    /// How many rows of the body are drawn: those in view, but no heading of which nothing else is in view.
    fn without_a_last_heading(&self, first: usize, height: usize) -> usize {
        let in_view = &self.body[first..self.body.len().min(first + height)];
        let alone = |row: &Row| !row.confirmed && (row.kind == RowKind::Heading || row.width() == 0);
        match in_view.iter().rposition(|row| !alone(row)) {
            Some(last) if first + height < self.body.len() => last + 1,
            _ => in_view.len(),
        }
    }

    /// Returns whether something that Enter confirms is below the visible rows.
    pub(in crate::tui) fn holds_back(&self, area: Area) -> bool {
        let last = self.body.iter().rposition(|row| row.confirmed);
        last.is_some_and(|last| last >= self.first(area) + self.height(area))
    }

    /// Adds rows that go with the body: beside it if they fit there, else below it. They are made for a number of columns and of rows.
    pub(in crate::tui) fn with_beside(mut self, area: Area, rows: impl Fn(usize, usize) -> Vec<Row>) -> Self {
        let high = self.rows(area);
        let beside = area.page_side_at().filter(|_| !self.body.is_empty());
        let beside = beside.map(|at| (at, rows(area.columns - at - 1, high))).filter(|(_, side)| side.len() <= high);
        match beside {
            Some((at, side)) => (self.side_at, self.side) = (at, side),
            None => {
                let below = rows(area.columns.saturating_sub(1), usize::MAX);
                let gap = (!self.body.is_empty() && !below.is_empty()).then(Row::blank);
                self.body.extend(gap.into_iter().chain(below));
            }
        }
        self
    }

    /// Where the body flows in two columns, begins the second one with a group of its own, if the rest then fits there.
    fn in_whole_groups(&mut self, area: Area) {
        let (rows, all) = (self.rows(area), self.body.len());
        let begins = |at: &usize| {
            self.body[*at].width() > 0 && (self.body[at - 1].width() == 0 || self.body[*at].kind == RowKind::MenuPath)
        };
        if self.halves(area) == 2
            && all <= 2 * rows
            && let Some(at) = (all - rows..=rows).rev().find(begins)
        {
            self.body.splice(at..at, std::iter::repeat_n(Row::blank(), rows - at));
        }
    }

    /// Shortens head and foot in a low window, so that the body keeps some rows. A text field stays, and so do a refusal and what Enter
    /// confirms.
    pub(in crate::tui) fn fitted(mut self, area: Area, script: Script) -> Self {
        const BODY: usize = 4;
        let stays =
            |row: &Row| row.confirmed || row.cursor.is_some() || row.pieces.iter().any(|piece| piece.tone == Tone::Bad);
        let lacks_room = |sheet: &Self| sheet.height(area) < BODY.min(sheet.body.len());
        while let (true, Some(at)) = (lacks_room(&self), self.foot.iter().position(|row| !stays(row))) {
            let mut removed = self.foot.remove(at);
            // The end of a sentence without its beginning says nothing.
            while removed.goes_on && self.foot.get(at).is_some_and(|row| !stays(row)) {
                removed = self.foot.remove(at);
            }
        }
        while let (true, Some(at)) = (lacks_room(&self), self.head.iter().skip(1).rposition(|row| !stays(row))) {
            self.head.remove(at + 1);
            if let Some(before) = self.head.get_mut(at).filter(|row| row.goes_on && row.cursor.is_none()) {
                *before = broken_off(before, area.columns.saturating_sub(1), script);
            }
        }
        self.in_whole_groups(area);
        self
    }
}

/// Details below a list, in `room` rows under a rule. Dots end the last row if there is more.
pub(in crate::tui) fn below_a_rule(mut lines: Vec<Row>, room: usize, columns: usize, script: Script) -> Vec<Row> {
    if lines.len() > room {
        lines.truncate(room);
        if let Some(last) = lines.pop() {
            lines.push(broken_off(&last, columns, script));
        }
    }
    lines.resize(room, Row::blank());
    lines.insert(0, Row::rule(columns));
    lines
}

/// Ends a row in dots, because more would follow. A blank sets the dots apart from the value.
fn broken_off(line: &Row, columns: usize, script: Script) -> Row {
    let tone = line.tone().unwrap_or(Tone::Faint);
    let room = columns.saturating_sub(1 + PieceKind::Dots.width(script));
    let mut row = Row { pieces: line.cut(room, script).pieces, ..Row::default() };
    row.pieces.iter_mut().for_each(|piece| piece.tone = tone);
    row.add(tone, " ").add(tone, PieceKind::Dots)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What flows in two columns is split between two groups.
    #[test]
    fn a_group_stays_in_one_column() {
        let group = |n: usize| {
            let values = (0..8).map(move |at| Row::of(Tone::Plain, format!(" {n} {at}")));
            [Row::blank(), Row::of(Tone::Heading, format!(" Group {n}"))].into_iter().chain(values)
        };
        let area = Area::of(200, 26);
        let sheet = Sheet { body: (1..=4).flat_map(group).collect(), ..Sheet::default() };
        let shown = sheet.fitted(area, Script::Unicode).in_sight(area);
        let beside = |row: &Row| row.words().chars().skip(100).collect::<String>();
        assert!(beside(&shown[0]).contains("Group 3"), "{}", shown[0].words());
        assert!(shown.iter().any(|row| row.words().starts_with(" 2 7")), "the second group ends in the first column");
    }
}
