//! What people call a device, and say of it: as it is read, and as it is written.

use serde::Deserialize;

use super::text::{one_line, whole_line};
use crate::domain::decision::{DeviceName, Note, NoteText};
use crate::domain::session::Session;
use crate::i18n::Locale;

/// The form as it is sent.
#[derive(Clone, Debug, Deserialize)]
pub struct SentNote {
    pub name: String,
    pub note: String,
}

/// The form as a page shows it, with what stands in its fields.
#[derive(Default)]
pub struct NoteForm {
    pub name: String,
    pub note: String,
    pub name_error: Option<String>,
    pub note_error: Option<String>,
}

impl NoteForm {
    pub fn of(session: &Session) -> Self {
        let note = session.note.clone();
        let (name, note) = note.map(|note| (note.name, note.note)).unwrap_or_default();
        Self { name: name.unwrap_or_default(), note: note.unwrap_or_default(), ..Self::default() }
    }

    /// What was typed, and why it will not do.
    pub fn refused(l: Locale, SentNote { name, note }: SentNote) -> Self {
        let name_error = DeviceName::parse(&name).is_none().then(|| invalid(l, DeviceName::LONGEST));
        let note_error = NoteText::parse(&note).is_none().then(|| invalid(l, NoteText::LONGEST));
        Self { name, note, name_error, note_error }
    }
}

fn invalid(l: Locale, longest: usize) -> String {
    l.args("invalid-note", &[("longest", longest.into())])
}

/// The device's name, or else the note, on one line.
pub fn in_one_line(note: &Note) -> String {
    match &note.name {
        Some(name) => one_line(name).into_owned(),
        None => text_in_one_line(note),
    }
}

/// The note on one line.
pub fn text_in_one_line(note: &Note) -> String {
    let words: Vec<&str> = note.note.as_deref().unwrap_or_default().split_whitespace().collect();
    one_line(&words.join(" ")).into_owned()
}

/// The lines of a note, fit for a page.
pub fn lines(note: &Note) -> Vec<String> {
    note.note.as_deref().unwrap_or_default().lines().map(whole_line).collect()
}
