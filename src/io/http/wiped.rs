//! JSON that may hold a key somewhere, wiped when dropped.
use serde_json::Value;
use std::ops::{Deref, DerefMut};
use zeroize::Zeroize;

/// A JSON value whose texts are wiped when it is dropped. The parser's and the HTTP stack's own buffers are out of reach.
pub(in crate::io) struct Wiped(Value);

impl Wiped {
    pub(in crate::io) fn new(value: Value) -> Self {
        Self(value)
    }

    /// Gives the value away, to somebody who has taken the key out or will.
    pub(in crate::io) fn into_inner(mut self) -> Value {
        self.0.take()
    }
}

impl Deref for Wiped {
    type Target = Value;

    fn deref(&self) -> &Value {
        &self.0
    }
}

impl DerefMut for Wiped {
    fn deref_mut(&mut self) -> &mut Value {
        &mut self.0
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(fields) => fields.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
