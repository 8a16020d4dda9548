//! Shows where evidence comes from, as JSON.
use crate::engine::journal::{EvidenceOrigin, EvidenceSource};
use crate::text::clean;
use serde_json::{Value, json};

/// The source of a piece of evidence: `"pasted"`, or a file with its name, SHA-256 and modification time.
pub(crate) fn origin_json(origin: &EvidenceOrigin) -> Value {
    match &origin.source {
        EvidenceSource::Pasted => json!("pasted"),
        EvidenceSource::File(name) => {
            let stamp = origin.stamp.as_ref();
            let modified = stamp.and_then(|stamp| stamp.modified);
            json!({
                "file": clean(name, 100),
                "sha256": stamp.map(|stamp| clean(&stamp.sha256, 64)),
                "modified": modified.map(|at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
            })
        }
    }
}
