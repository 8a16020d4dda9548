//! Lists of people in many layouts.
use super::{pairs, people_in};
use last_resort::engine::forecast::{LineFault, PeopleList, Person, people_named};
use rstest::rstest;

/// The lines without anybody who could be looked up.
fn unusable(list: &PeopleList) -> Vec<(u64, LineFault)> {
    list.unusable.iter().map(|unusable| (unusable.line, unusable.why)).collect()
}

#[rstest]
#[case::as_the_faq("Old Username,EMPLID\njdoe,10000001\nasmith,10000002\n")]
#[case::other_order("EMPLID,Old Username\n10000001,jdoe\n10000002,asmith\n")]
#[case::byte_order_mark("\u{feff}EMPLID,Username\r\n10000001,jdoe\r\n10000002,asmith\r\n")]
#[case::quotes("\"Name\",\"old username\",\"Empl ID\"\n\"Doe, J\",\"jdoe\",\"10000001\"\nSmith,asmith,\"10000002\"")]
#[case::blanks_and_blank_lines(" emplid , old user name ,\n\n 10000001 , jdoe ,\n,,\n 10000002 , asmith\n\n")]
#[case::semicolons("EMPLID;ILLiad Username\n10000001;jdoe\n10000002;asmith")]
#[case::tabs("Current username\tCUNYfirst EMPLID\njdoe\t10000001\nasmith\t10000002")]
#[case::new_beside_old("Username,Old Username\n10000001,jdoe\n10000002,asmith")]
#[case::repeated("EMPLID,Username\n10000001,jdoe\n10000001,jdoe\n10000002,asmith\n10000001,jdoe\n")]
#[case::titles("Users of our campus\n\n\"EMPLIDs, 2026\"\nEMPLID,Old username\n10000001,jdoe\n10000002,asmith\n")]
#[case::separator_named("sep=;\nEMPLID;Old username\n10000001;jdoe\n10000002;asmith\n")]
fn lists_of_the_faq(#[case] text: &str) {
    let list = people_in(text).expect("a list");
    assert_eq!(pairs(&list), [("10000001", vec!["jdoe"]), ("10000002", vec!["asmith"])], "{list:?}");
    assert_eq!((unusable(&list), &list.restored), (vec![], &vec![]));
}

#[rstest]
#[case::bare("10000001\n10000002\n")]
#[case::bare_with_mark_and_trailing_commas("\u{feff}10000001,\r\n10000002,\r\n")]
#[case::headed("EMPLID\n10000001\n10000002")]
#[case::username_is_the_emplid("EMPLID,Username\n10000001,10000001\n10000002,\n")]
fn lists_without_old_usernames(#[case] text: &str) {
    assert_eq!(pairs(&people_in(text).expect("a list")), [("10000001", vec![]), ("10000002", vec![])]);
}

#[rstest]
#[case::unix("\n")]
#[case::windows("\r\n")]
#[case::old("\r")]
fn lines_are_counted_as_an_editor_does(#[case] end: &str) {
    let text = ["", "EMPLID,Note", "1,a", "", "", "2,\"b", "c\"", "3,d", ",", "4,e"].join(end);
    let list = people_in(text).expect("a list");
    let lines: Vec<_> = list.people.iter().map(|p| (p.emplid.as_str(), p.line)).collect();
    assert_eq!(lines, [("1", Some(3)), ("2", Some(6)), ("3", Some(8)), ("4", Some(10))]);
}

#[test]
fn lines_and_what_cannot_be_asked_are_told() {
    let list =
        people_in(b"EMPLID,Username\n10000001,jdoe\n\n,nobody\n1.00E+07,rounded\n10000003,two words\n10000001,jd\n")
            .expect("a list");
    assert_eq!(unusable(&list), [(4, LineFault::NoEmplid), (5, LineFault::Rounded), (6, LineFault::Unfit)]);
    assert_eq!(list.repeated, 1);
    assert_eq!(
        list.people,
        [Person { emplid: "10000001".into(), earlier: vec!["jdoe".into(), "jd".into()], line: Some(2) }]
    );
}

#[rstest]
#[case::nothing("", "nothing in it")]
#[case::blank("\n , ,\n", "nothing in it")]
#[case::other_headings("Name,Barcode\nA,1\n", "2 columns headed \"Name\", \"Barcode\"")]
#[case::no_headings("jdoe,10000001\nasmith,10000002\n", "2 columns without headings")]
#[case::one_other_heading("Barcode\n1\n", "1 column headed \"Barcode\"")]
#[case::two_emplids("EMPLID,New EMPLID\n1,2\n", "more than one column that could be the EMPLID")]
#[case::two_names(
    "EMPLID,Old username,Former username\n1,a,b\n",
    "more than one column that could be the old username"
)]
#[case::names_only("Username\njdoe\n", "a column of usernames and none headed EMPLID")]
#[case::bare_and_more("10000001\n10000002,x\n", "1 column without headings")]
#[case::one_heading_with_a_year("Ids of 2024\n10000001\n", "1 column without headings")]
fn other_layouts_are_refused(#[case] text: &str, #[case] found: &str) {
    let told = people_in(text).expect_err("no list").to_string();
    assert!(told.contains(found) && told.contains("EMPLID and, if known"), "{told}");
    assert!(!told.contains("10000001") && !told.contains("jdoe"), "{told}");
}

#[test]
fn utf_16_is_read() {
    let text: Vec<u8> =
        "\u{feff}EMPLID\tOld username\r\n10000001\tjdoe\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(pairs(&people_in(text).expect("a list")), [("10000001", vec!["jdoe"])]);
}

#[test]
fn a_damaged_line_is_named_and_swallows_nobody() {
    let damaged = |lines: &[u64]| lines.iter().map(|line| (*line, LineFault::Damaged)).collect::<Vec<_>>();
    for (text, lines, people) in [
        ("EMPLID,Username,Note\n1,a,x\n2,b\n3,c,y,z\n4,d,\n", vec![3, 4], vec!["1", "4"]),
        ("EMPLID,Username,Note\n1,\"a\"b,x\n2,b,\n", vec![2], vec!["2"]),
        ("EMPLID,Username,Note\n1,a,\"x\n2,b,y\"\n3,c,z\n", vec![2], vec!["3"]),
        ("Note,EMPLID,Username\nx,10000001,jdoe\nonly a note\n", vec![3], vec!["10000001"]),
    ] {
        let list = people_in(text).expect("a list");
        assert_eq!(unusable(&list), damaged(&lines), "{text}");
        let asked: Vec<_> = list.people.iter().map(|person| person.emplid.as_str()).collect();
        assert_eq!(asked, people, "{text}");
    }
    let open = people_in("EMPLID,Username\n1,a\n2,\"b\n3,c\n4,d\n").expect_err("no list").to_string();
    assert!(open.contains("a quote that opens in line 3 is never closed"), "{open}");
}

#[test]
fn what_a_spreadsheet_did_is_undone_and_its_lines_are_named() {
    let list = people_in("EMPLID,Old username\n23456789.0,user123\n'23456789,user123\n\"=\"\"23456789\"\"\",user123\n\"23,456,789\",user123\n23456789\u{a0},user123\n456789,user456\n2.35E+07,x\n#N/A,y\n").expect("a list");
    assert_eq!(pairs(&list), [("23456789", vec!["user123"]), ("456789", vec!["user456"])]);
    assert_eq!((list.restored.as_slice(), list.repeated), ([2, 3, 4, 5, 6].as_slice(), 4));
    assert_eq!(unusable(&list), [(8, LineFault::Rounded), (9, LineFault::CellError)]);
}

#[test]
fn a_column_in_another_encoding_does_no_harm() {
    let list = people_in(b"Name,EMPLID\nM\xFCller,10000001\n").expect("a list");
    assert_eq!(pairs(&list), [("10000001", vec![])]);
}

#[test]
fn two_sources_are_one_list() {
    let here = people_named(&["10000002".into(), "10000003".into(), "10000003".into()]).expect("fit");
    let both = here.and(people_in(b"EMPLID,Username\n10000001,a\n10000002,b\n").expect("a list"));
    assert_eq!(pairs(&both), [("10000002", vec!["b"]), ("10000003", vec![]), ("10000001", vec!["a"])]);
    assert_eq!(both.people.iter().map(|p| p.line).collect::<Vec<_>>(), [Some(3), None, Some(2)]);
    assert_eq!(people_named(&["..".into(), "a b".into(), "1".into()]), Err(2));
}
