//! Replies of the terminal that nobody asked for, or that arrive late on a slow line: OSC, DCS, APC, PM and SOS. Crossterm turns each
//! into a letter with Alt and typed text, which would act as our keys.
use super::input::{is_esc, plain_char};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// The characters after Esc that begin a reply.
const BEGINS: [char; 5] = [']', 'P', '_', '^', 'X'];

/// The most characters of a reply.
const MOST: usize = 100_000;

/// What a run of events is, seen from its first event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reply {
    No,
    /// Perhaps the start of a reply. It may also be a person pressing that letter with Alt or after Esc.
    Begun,
    /// A reply whose end has not arrived yet.
    Open,
    /// A whole reply of this many events.
    Whole(usize),
}

/// Reads a possible reply. A reply contains only text, so any other key ends it and counts as a key.
pub(super) fn reply(events: &[Event]) -> Reply {
    let Some(start) = start(events) else { return Reply::No };
    let text = events[start..].iter().take(MOST).map_while(plain_char).count();
    let end = start + text;
    match events.get(end) {
        None if text == 0 => Reply::Begun,
        None => Reply::Open,
        Some(event) if ends(event) => Reply::Whole(end + 1),
        Some(esc) if is_esc(esc) => match events.get(end + 1).map(plain_char) {
            Some(Some('\\')) => Reply::Whole(end + 2),
            None if text > 0 => Reply::Open,
            _ => abandoned(text, end),
        },
        Some(_) => abandoned(text, end),
    }
}

/// Returns whether the events end inside a reply.
pub(super) fn at_the_end(events: &[Event]) -> Reply {
    // The reply began at the last event that is not text or, if its end was split, at the one before.
    let keys = events.iter().enumerate().rev().filter(|(_, event)| plain_char(event).is_none()).take(2);
    let replies = keys.map(|(at, _)| reply(&events[at..]));
    replies.fold(Reply::No, |found, reply| match (found, reply) {
        (_, Reply::Open) | (Reply::Open, _) => Reply::Open,
        (_, Reply::Begun) | (Reply::Begun, _) => Reply::Begun,
        _ => Reply::No,
    })
}

fn abandoned(text: usize, end: usize) -> Reply {
    if text == 0 { Reply::No } else { Reply::Whole(end) }
}

/// How many events the start of a reply takes.
fn start(events: &[Event]) -> Option<usize> {
    let begins = |c: char| BEGINS.contains(&c);
    match events {
        [first, ..] if with_alt(first).is_some_and(begins) => Some(1),
        [esc, first, ..] if is_esc(esc) && plain_char(first).is_some_and(begins) => Some(2),
        _ => None,
    }
}

/// Returns whether an event ends a reply: BEL, or Esc and a backslash.
fn ends(event: &Event) -> bool {
    let bell = KeyEvent::new(KeyCode::Char('g'), KeyModifiers::CONTROL);
    matches!(event, Event::Key(key) if *key == bell) || with_alt(event) == Some('\\')
}

fn with_alt(event: &Event) -> Option<char> {
    match event {
        Event::Key(KeyEvent { code: KeyCode::Char(c), modifiers, .. })
            if modifiers.contains(KeyModifiers::ALT) && !modifiers.contains(KeyModifiers::CONTROL) =>
        {
            Some(*c)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Events as crossterm reports them: the letter after `~` has Alt, the one after `%` has Ctrl (`%g` is BEL), `\x1b` is a bare Esc.
    fn events(text: &str) -> Vec<Event> {
        let mut chars = text.chars();
        let mut events = Vec::new();
        while let Some(c) = chars.next() {
            let (code, modifiers) = match c {
                '~' => (KeyCode::Char(chars.next().expect("a letter")), KeyModifiers::ALT),
                '%' => (KeyCode::Char(chars.next().expect("a letter")), KeyModifiers::CONTROL),
                '\x1b' => (KeyCode::Esc, KeyModifiers::NONE),
                c => (KeyCode::Char(c), KeyModifiers::NONE),
            };
            events.push(Event::Key(KeyEvent::new(code, modifiers)));
        }
        events
    }

    fn read(text: &str) -> Reply {
        reply(&events(text))
    }

    #[test]
    fn an_answer_is_taken_whole() {
        assert_eq!(read("~]11;rgb:00/00/00%g"), Reply::Whole(17));
        assert_eq!(read("~P1$r0 q~\\x"), Reply::Whole(8));
        assert_eq!(read("~_Gi=1;OK~\\"), Reply::Whole(9));
        assert_eq!(read("\x1b]0;q%gq"), Reply::Whole(6), "torn after its Esc");
        assert_eq!(read("~]0;q\x1b\\q"), Reply::Whole(6), "torn within its end");
    }

    #[test]
    fn what_a_person_presses_is_none() {
        assert_eq!(read("~]"), Reply::Begun);
        assert_eq!(read("\x1bP"), Reply::Begun);
        for text in ["~]%c", "~]\x1b", "~x1%g", "\x1bq", "P1%g", ""] {
            assert_eq!(read(text), Reply::No, "{text:?}");
        }
        assert_eq!(read("~]abc%cq"), Reply::Whole(4), "Ctrl-C counts");
        assert_eq!(reply(&events(&format!("~]{}", "a".repeat(MOST + 9)))), Reply::Whole(MOST + 1));
    }

    #[test]
    fn the_rest_of_one_is_waited_for() {
        for text in ["~]1", "jj~P1$r0 q", "~]0;q\x1b", "\x1b_G"] {
            assert_eq!(at_the_end(&events(text)), Reply::Open, "{text:?}");
        }
        assert_eq!(at_the_end(&events("x~]")), Reply::Begun);
        for text in ["~]1%g", "~]1~\\abc", "~]1\x1b\\", "abc", "~]1%c", ""] {
            assert_eq!(at_the_end(&events(text)), Reply::No, "{text:?}");
        }
    }
}
