//! Keys, pastes and the mouse, from a thread of their own: crossterm's reader never returns from a terminal that is gone, and must not
//! take the session with it.
use super::burst;
use super::source::Source;
use crate::tui::keys::Key;
use crate::tui::mouse::Wheel;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};
use std::time::Duration;
use tokio::sync::mpsc::UnboundedSender;
use zeroize::Zeroizing;

/// Something the person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Input {
    /// A key.
    Key(Key),
    /// A paste; it may be a key of Alma's.
    Paste(Zeroizing<String>),
    /// A press of the mouse: column, row.
    Click(u16, u16),
    /// A notch of its wheel.
    Wheel(Wheel),
    /// There is no terminal any more.
    Gone,
}

/// How long an Esc may be the first byte of an arrow key that a slow line tore apart. Below what a person notices, and a little above
/// the 40 ms that such lines are seen to take.
const TORN: Duration = Duration::from_millis(50);

/// How long the rest of a paste that comes as keys may take: it must not be taken for somebody's Enter.
const PASTED: Duration = Duration::from_millis(10);

/// Reads until nobody listens. What is there together is sent together, so that it is drawn once.
pub(super) fn read(to: &UnboundedSender<Vec<Input>>) {
    let mut source = Source::new();
    loop {
        let batch = match gather(&mut source) {
            Ok(events) => inputs(&events),
            Err(_) => vec![Input::Gone],
        };
        let gone = batch.contains(&Input::Gone);
        if to.send(batch).is_err() || gone {
            return;
        }
    }
}

/// Waits for an event, and takes all that are there with it; after a bare Esc, inside a torn sequence, and after more characters than a
/// person types at once, waits a little for the rest.
fn gather(source: &mut Source) -> std::io::Result<Vec<Event>> {
    let mut events = source.wait()?;
    loop {
        let characters = events.iter().rev().map_while(plain_char).count();
        let wait = match may_go_on(&events) {
            true => TORN,
            false if burst::may_go_on(characters) => PASTED,
            false => Duration::ZERO,
        };
        match source.more(wait)? {
            Some(event) => events.push(event),
            None => return Ok(events),
        }
    }
}

/// Whether the events end in what may be the start of a torn sequence.
fn may_go_on(events: &[Event]) -> bool {
    let tail: Vec<char> = events.iter().rev().map_while(plain_char).collect();
    let sequence: String = tail.iter().rev().collect();
    let after_esc = events.len() > tail.len() && is_esc(&events[events.len() - 1 - tail.len()]);
    after_esc && (sequence.is_empty() || sequence.starts_with("[200~") || torn(&sequence) == Torn::Open)
}

fn is_esc(event: &Event) -> bool {
    matches!(event, Event::Key(KeyEvent { code: KeyCode::Esc, .. }))
}

fn plain_char(event: &Event) -> Option<char> {
    match event {
        Event::Key(KeyEvent { code: KeyCode::Char(c), modifiers, kind: KeyEventKind::Press, .. })
            if !modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) =>
        {
            Some(*c)
        }
        _ => None,
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Torn {
    /// No sequence begins like this.
    No,
    /// More is needed.
    Open,
    /// A whole sequence of so many characters, and the key it stands for, if any.
    Whole(usize, Option<Key>),
    /// The start of a paste, of so many characters.
    Paste(usize),
}

/// Reads what follows an Esc.
fn torn(text: &str) -> Torn {
    let mut chars = text.chars();
    match chars.next() {
        Some('O') => match chars.next() {
            Some(end) => Torn::Whole(2, arrow(end)),
            None => Torn::Open,
        },
        Some('[') => {
            // With a `<` it is the mouse; torn, that is no key.
            let body: String = chars.take_while(|c| c.is_ascii_digit() || matches!(c, ';' | '<')).collect();
            let Some(end) = text.chars().nth(1 + body.len()) else { return Torn::Open };
            let key = match (body.as_str(), end) {
                ("200", '~') => return Torn::Paste(5),
                ("1" | "7", '~') => Some(Key::Home),
                ("3", '~') => Some(Key::Delete),
                ("4" | "8", '~') => Some(Key::End),
                ("5", '~') => Some(Key::PageUp),
                ("6", '~') => Some(Key::PageDown),
                ("", 'Z') => Some(Key::BackTab),
                (body, _) if body.starts_with('<') => None,
                (_, end) => arrow(end),
            };
            Torn::Whole(2 + body.len(), key)
        }
        _ => Torn::No,
    }
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

/// What a batch of events means. Torn sequences are put together again.
fn inputs(events: &[Event]) -> Vec<Input> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < events.len() {
        if is_esc(&events[at]) {
            let text: String = events[at + 1..].iter().map_while(plain_char).collect();
            match torn(&text) {
                Torn::Whole(length, key) => {
                    out.extend(key.map(Input::Key));
                    at += 1 + length;
                    continue;
                }
                Torn::Paste(length) => {
                    // Its end mark is lost with the tear; all that came with it is the paste.
                    let text: String = events[at + 1 + length..].iter().filter_map(pasted_char).collect();
                    out.push(Input::Paste(Zeroizing::new(text)));
                    return out;
                }
                Torn::Open | Torn::No => {}
            }
        }
        out.extend(input(&events[at]));
        at += 1;
    }
    out
}

fn pasted_char(event: &Event) -> Option<char> {
    match event {
        Event::Key(KeyEvent { code: KeyCode::Enter, .. }) => Some('\n'),
        other => plain_char(other),
    }
}

fn input(event: &Event) -> Option<Input> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => self::key(key).map(Input::Key),
        Event::Paste(text) => Some(Input::Paste(Zeroizing::new(text.clone()))),
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => Some(Input::Click(mouse.column, mouse.row)),
            MouseEventKind::ScrollUp => Some(Input::Wheel(Wheel::Up)),
            MouseEventKind::ScrollDown => Some(Input::Wheel(Wheel::Down)),
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
        let key = |key| vec![Input::Key(key)];
        assert_eq!(inputs(&events("\x1b[B")), key(Key::Down));
        assert_eq!(inputs(&events("\x1bOA")), key(Key::Up));
        assert_eq!(inputs(&events("\x1b[6~")), key(Key::PageDown));
        assert_eq!(inputs(&events("\x1b[1;5C")), key(Key::Right));
        assert_eq!(inputs(&events("\x1b")), key(Key::Esc));
        assert_eq!(inputs(&events("\x1bq")), [Input::Key(Key::Esc), Input::Key(Key::Char('q'))]);
        assert_eq!(inputs(&events("\x1b[<0;12;5M")), [], "a torn press of the mouse types nothing");
        assert_eq!(inputs(&events("\x1b[Bx")), [Input::Key(Key::Down), Input::Key(Key::Char('x'))]);
    }

    #[test]
    fn the_rest_of_a_torn_sequence_is_waited_for() {
        for text in ["\x1b", "\x1b[", "\x1bO", "\x1b[1", "\x1b[1;5", "\x1b[<0;12"] {
            assert!(may_go_on(&events(text)), "{text:?}");
        }
        for text in ["a", "\x1b[A", "\x1bq", "ab[", "\x1b[A1"] {
            assert!(!may_go_on(&events(text)), "{text:?}");
        }
    }

    #[test]
    fn a_torn_paste_stays_a_paste_and_submits_nothing() {
        assert_eq!(inputs(&events("\x1b[200~two\nlines")), [Input::Paste(Zeroizing::new("two\nlines".to_owned()))]);
    }
}
