//! Reads keys, pastes and the mouse on a thread of its own: crossterm's reader never returns once the terminal is gone, and must not take
//! the session with it.
use super::input::{UserInput, is_esc, plain_char};
use super::reply::{self, Reply};
use super::source::Source;
use super::unmarked_paste;
use crate::tui::keys::Key;
use crate::tui::mouse::Wheel;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};
use std::time::{Duration, Instant};
use tokio::sync::mpsc::UnboundedSender;
use zeroize::Zeroizing;

/// The start mark of a paste, after Esc.
const PASTE: &str = "[200~";
/// The end mark of a paste, after Esc.
const PASTED_END: &str = "[201~";

/// How long to wait after Esc for the rest of an arrow key that a slow line has split. Too short for a person to notice, and a little
/// above the 40 ms seen on such lines.
const TORN: Duration = Duration::from_millis(50);

/// How long to wait for the next piece of input that nobody can have typed: a reply of the terminal, or a paste.
const PIECE: Duration = Duration::from_millis(350);

/// The longest wait for all pieces together, so that a person who keeps typing sees it.
const PIECES: Duration = Duration::from_secs(1);

/// How long to wait for the rest of a paste that arrives as keys. Its line ends must not count as Enter.
const PASTED: Duration = Duration::from_millis(10);

/// Reads events until the receiver is dropped. Events that arrive together are sent together, so that they are drawn once.
pub(super) fn read(to: &UnboundedSender<Vec<UserInput>>) {
    let mut source = Source::default();
    loop {
        let batch = match gather(&mut source) {
            Ok(events) => first_in_pieces(inputs(&events), source.gave_up()),
            Err(_) => vec![UserInput::Gone],
        };
        let gone = batch.contains(&UserInput::Gone);
        if to.send(batch).is_err() || gone {
            return;
        }
    }
}

/// The inputs, of which the first is a piece of a paste if its end mark did not come in time.
fn first_in_pieces(mut inputs: Vec<UserInput>, gave_up: bool) -> Vec<UserInput> {
    if let (true, Some(first @ UserInput::Paste(_))) = (gave_up, inputs.first_mut())
        && let UserInput::Paste(text) = std::mem::replace(first, UserInput::Gone)
    {
        *first = UserInput::Piece(text);
    }
    inputs
}

/// Waits for an event and takes all events that are there with it. Waits a little longer after a bare Esc, inside a split sequence, and
/// after more characters than a person types at once.
fn gather(source: &mut Source) -> std::io::Result<Vec<Event>> {
    let first = source.wait()?;
    together(first, |within| source.more(within))
}

/// The first events, and all that `more` gives. What has arrived is looked at only when no more of it is there, so the work grows with the
/// text and not with its square.
fn together(
    first: Vec<Event>,
    mut more: impl FnMut(Duration) -> std::io::Result<Option<Event>>,
) -> std::io::Result<Vec<Event>> {
    let mut events: Vec<Event> = first.into_iter().flat_map(apart).collect();
    let began = Instant::now();
    loop {
        while let Some(event) = more(Duration::ZERO)? {
            events.extend(apart(event));
        }
        let patience = patience(&events, began.elapsed());
        match (!patience.is_zero()).then(|| more(patience)).transpose()?.flatten() {
            Some(event) => events.extend(apart(event)),
            None => return Ok(events),
        }
    }
}

/// Splits an Esc and a control character into two keys. Crossterm merges them into one key with Alt, but a person who presses Esc and
/// Ctrl-C means both.
fn apart(event: Event) -> Vec<Event> {
    const BOTH: KeyModifiers = KeyModifiers::CONTROL.union(KeyModifiers::ALT);
    match event {
        Event::Key(key) if key.modifiers.contains(BOTH) && matches!(key.code, KeyCode::Char(_)) => {
            let esc = KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE);
            let control = KeyEvent { modifiers: key.modifiers.difference(KeyModifiers::ALT), ..key };
            vec![Event::Key(esc), Event::Key(control)]
        }
        event => vec![event],
    }
}

/// How long to wait for more after these events. `age` is the age of the first one.
fn patience(events: &[Event], age: Duration) -> Duration {
    let characters = events.iter().rev().map_while(plain_char).count();
    match reply::at_the_end(events) {
        Reply::Open if age < PIECES => PIECE,
        Reply::Begun => TORN,
        _ if age < PIECES && in_torn_paste(events) => PIECE,
        _ if may_go_on(events) => TORN,
        _ if unmarked_paste::may_go_on(characters) => PASTED,
        _ => Duration::ZERO,
    }
}

/// Returns whether the events may end in the start of a split sequence.
fn may_go_on(events: &[Event]) -> bool {
    let tail: Vec<char> = events.iter().rev().map_while(plain_char).collect();
    let sequence: String = tail.iter().rev().collect();
    let after_esc = events.len() > tail.len() && is_esc(&events[events.len() - 1 - tail.len()]);
    after_esc && (sequence.is_empty() || sequence.starts_with(PASTE) || torn(&sequence) == Torn::Open)
}

/// Returns whether the events end inside a paste whose start mark was split.
fn in_torn_paste(events: &[Event]) -> bool {
    let Some(esc) = events.iter().position(is_esc) else { return false };
    let mark: String = events[esc + 1..].iter().map_while(plain_char).take(PASTE.len()).collect();
    mark == PASTE && end_of_paste(&events[esc + 1 + PASTE.len()..]).is_none()
}

/// Finds where the text of a split paste ends, and where the next input begins. The text ends at its end mark, which is seen here only if
/// it was split too, or at a Ctrl-C.
fn end_of_paste(events: &[Event]) -> Option<(usize, usize)> {
    let interrupt = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
    (0..events.len()).find_map(|at| match &events[at] {
        Event::Key(key) if *key == interrupt => Some((at, at)),
        esc if is_esc(esc) => {
            let end = at + 1 + PASTED_END.len();
            let mark: String = events.get(at + 1..end)?.iter().map_while(plain_char).collect();
            (mark == PASTED_END).then_some((at, end))
        }
        _ => None,
    })
}

#[derive(Debug, PartialEq, Eq)]
enum Torn {
    /// No sequence begins like this.
    No,
    /// The sequence needs more characters.
    Open,
    /// A whole sequence: how many characters it has, and the key it stands for, if any.
    Whole(usize, Option<Key>),
    /// The start mark of a paste.
    Paste,
}

/// Reads what follows an Esc. Takes any sequence of ECMA-48 whole, even if it stands for none of our keys.
fn torn(text: &str) -> Torn {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some('O'), Some('P')) => Torn::Whole(2, Some(Key::F(1))),
        (Some('O'), Some('Q')) => Torn::Whole(2, Some(Key::F(2))),
        (Some('O'), Some(end)) => Torn::Whole(2, arrow(end)),
        // F1 and F2 of the Linux console.
        (Some('['), Some('[')) => match chars.next() {
            Some('A') => Torn::Whole(3, Some(Key::F(1))),
            Some('B') => Torn::Whole(3, Some(Key::F(2))),
            Some(_) => Torn::Whole(3, None),
            None => Torn::Open,
        },
        (Some('['), _) => {
            let body: String = text.chars().skip(1).take_while(|c| (' '..='?').contains(c)).collect();
            let Some(end) = text.chars().nth(1 + body.len()) else { return Torn::Open };
            match (body.as_str(), end) {
                ("200", '~') => Torn::Paste,
                (body, end) => Torn::Whole(2 + body.len(), control(body, end)),
            }
        }
        (Some('O'), None) => Torn::Open,
        _ => Torn::No,
    }
}

/// The key of a control sequence, if it is one of ours.
fn control(body: &str, end: char) -> Option<Key> {
    Some(match (body, end) {
        ("1" | "7", '~') => Key::Home,
        ("3", '~') => Key::Delete,
        ("4" | "8", '~') => Key::End,
        ("5", '~') => Key::PageUp,
        ("6", '~') => Key::PageDown,
        ("11", '~') => Key::F(1),
        ("12", '~') => Key::F(2),
        ("", 'Z') => Key::BackTab,
        // Sequences with other characters are mouse reports or replies.
        (body, end) if body.chars().all(|c| c.is_ascii_digit() || c == ';') => return arrow(end),
        _ => return None,
    })
}

/// Length of the rest of a reply whose start crossterm did not know and dropped: numbers separated by `;`, then a `c`. (Secondary device
/// attributes: `Esc [ > 1 ; 95 ; 0 c`.)
fn rest_of_an_answer(events: &[Event]) -> Option<usize> {
    let text: String = events.iter().map_while(plain_char).take(64).collect();
    let body = text.chars().take_while(|c| c.is_ascii_digit() || *c == ';').count();
    let whole = text[..body].contains(';') && text[..body].starts_with(|c: char| c.is_ascii_digit());
    (whole && text[body..].starts_with('c')).then_some(body + 1)
}

fn arrow(end: char) -> Option<Key> {
    Some(match end {
        'A' => Key::Up,
        'B' => Key::Down,
        'C' => Key::Right,
        'D' => Key::Left,
        'H' => Key::Home,
        'F' => Key::End,
        _ => return None,
    })
}

/// Translates a batch of events. Joins split sequences.
fn inputs(events: &[Event]) -> Vec<UserInput> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < events.len() {
        match reply::reply(&events[at..]) {
            Reply::Whole(length) => {
                at += length;
                continue;
            }
            // Its end did not arrive in time.
            Reply::Open => return out,
            Reply::Begun | Reply::No => {}
        }
        if is_esc(&events[at]) {
            let text: String = events[at + 1..].iter().map_while(plain_char).collect();
            match torn(&text) {
                Torn::Whole(length, key) => {
                    out.extend(key.map(UserInput::Key));
                    at += 1 + length;
                    continue;
                }
                Torn::Paste => {
                    // The end mark may be lost if it was split. Then everything that came with the paste belongs to it.
                    let from = &events[at + 1 + PASTE.len()..];
                    let whole = end_of_paste(from);
                    let (end, next) = whole.unwrap_or((from.len(), from.len()));
                    let text = Zeroizing::new(from[..end].iter().filter_map(pasted_char).collect::<String>());
                    out.push(if whole.is_some() { UserInput::Paste(text) } else { UserInput::Piece(text) });
                    at += 1 + PASTE.len() + next;
                    continue;
                }
                // The rest of the sequence did not arrive.
                Torn::Open if !text.is_empty() => return out,
                Torn::Open | Torn::No => {}
            }
        } else if let Some(length) = rest_of_an_answer(&events[at..]) {
            at += length;
            continue;
        }
        out.extend(input(&events[at]));
        at += 1;
    }
    out
}

fn pasted_char(event: &Event) -> Option<char> {
    match event {
        Event::Key(KeyEvent { code: KeyCode::Enter, .. }) => Some('\n'),
        Event::Key(KeyEvent { code: KeyCode::Tab, .. }) => Some('\t'),
        other => plain_char(other),
    }
}

fn input(event: &Event) -> Option<UserInput> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => self::key(key).map(UserInput::Key),
        Event::Paste(text) => Some(UserInput::Paste(Zeroizing::new(text.clone()))),
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => Some(UserInput::Click(mouse.column, mouse.row)),
            MouseEventKind::ScrollUp => Some(UserInput::Wheel(Wheel::Up)),
            MouseEventKind::ScrollDown => Some(UserInput::Wheel(Wheel::Down)),
            _ => None,
        },
        Event::Key(_) | Event::Resize(..) | Event::FocusGained | Event::FocusLost => None,
    }
}

fn key(event: &KeyEvent) -> Option<Key> {
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    if event.modifiers.contains(KeyModifiers::ALT) {
        return None;
    }
    Some(match event.code {
        // Terminals send 7f or 08 for Backspace; crossterm reads the second one as Ctrl-H.
        KeyCode::Char('h' | 'H') if control => Key::Backspace,
        KeyCode::Char(c) if control => Key::Ctrl(c.to_ascii_lowercase()),
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::F(n) => Key::F(n),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(text: &str) -> Vec<Event> {
        text.chars()
            .map(|c| match c {
                '\x1b' => KeyCode::Esc,
                '\n' => KeyCode::Enter,
                c => KeyCode::Char(c),
            })
            .map(|code| Event::Key(KeyEvent::new(code, KeyModifiers::NONE)))
            .collect()
    }

    #[test]
    fn a_torn_arrow_is_an_arrow_and_not_a_way_back() {
        let key = |key| vec![UserInput::Key(key)];
        assert_eq!(inputs(&events("\x1b[B")), key(Key::Down));
        assert_eq!(inputs(&events("\x1bOA")), key(Key::Up));
        assert_eq!(inputs(&events("\x1b[6~")), key(Key::PageDown));
        assert_eq!(inputs(&events("\x1b[1;5C")), key(Key::Right));
        assert_eq!(inputs(&events("\x1b")), key(Key::Esc));
        assert_eq!(inputs(&events("\x1bq")), [UserInput::Key(Key::Esc), UserInput::Key(Key::Char('q'))]);
        assert_eq!(inputs(&events("\x1b[<0;12;5M")), [], "a torn press of the mouse types nothing");
        assert_eq!(inputs(&events("\x1bOP")), key(Key::F(1)));
        assert_eq!(inputs(&events("\x1b[12~")), key(Key::F(2)));
        assert_eq!(inputs(&events("\x1b[[A")), key(Key::F(1)), "the Linux console's");
        for text in ["\x1b[?64;1;2c", "\x1b[>1;95;0c", "\x1b[?2026;2$y", "\x1b[113;5u", "\x1b[[C", "\x1b[", "1;95;0c"] {
            assert_eq!(inputs(&events(text)), [], "{text:?} types nothing");
        }
        assert_eq!(inputs(&events("1;95;0d")).len(), 7, "a person's");
        assert_eq!(inputs(&events("\x1b[Bx")), [UserInput::Key(Key::Down), UserInput::Key(Key::Char('x'))]);
    }

    /// However long a text is, what has arrived is looked at once a piece, and all of it is one batch.
    #[test]
    fn a_long_text_is_taken_together_and_looked_at_once_a_piece() {
        for pieces in [1, 3] {
            let mut text = events(&"x".repeat(1000 * pieces)).into_iter().enumerate();
            let (mut looked, mut dry) = (0, false);
            let more = |within: Duration| {
                if !within.is_zero() {
                    looked += 1;
                    dry = false;
                } else if dry {
                    return Ok(None);
                }
                let next = text.next();
                // The next piece is not there yet.
                dry = next.as_ref().is_some_and(|(at, _)| at % 1000 == 999);
                Ok(next.map(|(_, event)| event))
            };
            let all = together(Vec::new(), more).expect("events");
            assert_eq!((all.len(), looked), (1000 * pieces, pieces), "as many looks as pieces");
        }
    }

    #[test]
    fn an_esc_and_a_control_character_in_one_packet_are_two_keys() {
        let both = KeyModifiers::CONTROL | KeyModifiers::ALT;
        let together = |c| apart(Event::Key(KeyEvent::new(KeyCode::Char(c), both)));
        assert_eq!(inputs(&together('c')), [UserInput::Key(Key::Esc), UserInput::Key(Key::Ctrl('c'))]);
        let alt = Event::Key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::ALT));
        assert_eq!(inputs(&apart(alt)), [], "a key with Alt means nothing");
    }

    #[test]
    fn the_rest_of_a_torn_sequence_is_waited_for() {
        for text in ["\x1b", "\x1b[", "\x1bO", "\x1b[1", "\x1b[1;5", "\x1b[<0;12", "\x1b[[", "\x1b[?2026;2$"] {
            assert!(may_go_on(&events(text)), "{text:?}");
        }
        for text in ["a", "\x1b[A", "\x1bq", "ab[", "\x1b[A1"] {
            assert!(!may_go_on(&events(text)), "{text:?}");
        }
    }

    #[test]
    fn a_torn_paste_stays_a_paste_and_submits_nothing() {
        let paste = |text: &str| UserInput::Paste(Zeroizing::new(text.to_owned()));
        let piece = UserInput::Piece(Zeroizing::new("two\nlines".to_owned()));
        assert_eq!(inputs(&events("\x1b[200~two\nlines")), [piece]);
        assert_eq!(
            inputs(&events("\x1b[200~two\nlines\x1b[201~q")),
            [paste("two\nlines"), UserInput::Key(Key::Char('q'))]
        );
        let mut left = events("\x1b[200~two\n");
        assert!(in_torn_paste(&left));
        left.push(Event::Key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL)));
        assert!(!in_torn_paste(&left));
        assert_eq!(inputs(&left), [paste("two\n"), UserInput::Key(Key::Ctrl('c'))]);
    }
}
