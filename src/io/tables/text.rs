//! Decodes a text file.
use super::fault::TableFault;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Decodes a text by its byte order mark. Without one: UTF-16 if every other byte is zero, else UTF-8, else
/// Windows-1252, which spreadsheet programs write for text that is not Unicode.
pub(super) fn decoded(bytes: &[u8]) -> Result<String, TableFault> {
    let text = decode(bytes)?;
    if text.contains('\0') {
        return Err(TableFault::new("it is neither xlsx nor text").next("export the list as xlsx or csv"));
    }
    Ok(text)
}

fn decode(bytes: &[u8]) -> Result<String, TableFault> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return strictly(encoding, &bytes[mark..]);
    }
    let nothings = |from: usize| bytes.iter().skip(from).step_by(2).take(200).filter(|byte| **byte == 0).count();
    let half = bytes.len().min(400) / 4;
    match (nothings(0), nothings(1)) {
        (_, odd) if odd > half => strictly(UTF_16LE, bytes),
        (even, _) if even > half => strictly(UTF_16BE, bytes),
        _ => strictly(UTF_8, bytes).or_else(|_| strictly(WINDOWS_1252, bytes)),
    }
}

fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, TableFault> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(std::borrow::Cow::into_owned).ok_or_else(|| {
        TableFault::new(format!("it is not text in {}", encoding.name())).next("save it as CSV UTF-8 or as xlsx")
    })
}
