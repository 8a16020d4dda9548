//! A system's long answer: the message has its beginning and its end, and `i` says all of it, without any key.
use crate::line::talk::Talk;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use tempfile::TempDir;

const KEY: &str = "planted-key-0000000000000000000000a1b2";

/// Serves an error with this message to every request, and returns the address.
fn refusing(message: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let error = serde_json::json!({"errorCode": "INTERNAL_SERVER_ERROR", "errorMessage": message});
    let body = serde_json::json!({"errorsExist": true, "errorList": {"error": [error]}}).to_string();
    let answer = format!(
        "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    std::thread::spawn(move || {
        for mut connection in listener.incoming().flatten() {
            let mut asked = Vec::new();
            let mut buffer = [0; 4096];
            while !asked.windows(4).any(|end| end == b"\r\n\r\n") {
                match connection.read(&mut buffer) {
                    Ok(read) if read > 0 => asked.extend_from_slice(&buffer[..read]),
                    _ => break,
                }
            }
            // The program may have gone away.
            let _ = connection.write_all(answer.as_bytes());
        }
    });
    address
}

#[test]
fn i_says_the_whole_answer_without_a_key() {
    let middle: Vec<String> = (1..=160).map(|n| format!("reason{n}")).collect();
    let address = refusing(&format!("It begins here, {} with the key {KEY}, and it ends here.", middle.join(" ")));
    let home = TempDir::new().expect("a home");
    let campuses = home.path().join(".config/last-resort/campuses");
    std::fs::create_dir_all(&campuses).expect("a folder");
    let file = format!(
        "institution = \"01CUNY_QC\"\nname = \"Queens College\"\nenvironment = \"sandbox\"\n\n[alma]\nurl = \"{address}\"\n\
         library = \"QCRS\"\n\n[illiad]\nurl = \"{address}/illiadwebplatform\"\n"
    );
    std::fs::write(campuses.join("01CUNY_QC.toml"), file).expect("a campus");
    let keys = [("LAST_RESORT_ALMA_KEY", KEY), ("LAST_RESORT_ILLIAD_KEY", "planted-key-1111111111111111111111c3d4")];
    let mut talk = Talk::over_pipes_in(home, &["--plain", "--step", "partner"], &keys);
    let said = talk.asked();
    assert!(
        said.contains("Alma answered with an internal error") && !said.contains("HTTP") && !said.contains("reason80"),
        "{said}"
    );
    assert!(said.lines().last().is_some_and(|prompt| prompt.contains("whole answer")), "{said}");
    let whole = talk.answer("i");
    assert!(
        whole.contains("\nWhat was asked and answered\n") && whole.contains(" reason79 reason80 reason81 "),
        "{whole}"
    );
    assert!(whole.contains("It begins here") && whole.contains("and it ends here."), "{whole}");
    assert!(talk.answer("<").contains("\nStep 3 of 8: Partner, "), "{}", talk.all());
    talk.type_lines("q");
    let (all, _) = talk.has_left(0);
    assert!(!all.contains(KEY), "{all}");
}
