//! Tests with lists in many layouts.
use super::*;
use rstest::rstest;

fn pairs(listed: &PeopleList) -> Vec<(&str, Vec<&str>)> {
    listed.people.iter().map(|p| (p.emplid.as_str(), p.earlier.iter().map(String::as_str).collect())).collect()
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
#[case::short_rows("Note,EMPLID,Username\nx,10000001,jdoe\nonly a note\n,10000002,asmith,more\n")]
fn lists_of_the_faq(#[case] text: &str) {
    let list = people_in_list(text.as_bytes()).expect("a list");
    assert_eq!(pairs(&list), [("10000001", vec!["jdoe"]), ("10000002", vec!["asmith"])], "{list:?}");
    assert_eq!(list.nameless, Vec::<u64>::new());
}

#[rstest]
#[case::bare("10000001\n10000002\n")]
#[case::bare_with_mark_and_trailing_commas("\u{feff}10000001,\r\n10000002,\r\n")]
#[case::headed("EMPLID\n10000001\n10000002")]
#[case::username_is_the_emplid("EMPLID,Username\n10000001,10000001\n10000002,\n")]
fn lists_without_old_usernames(#[case] text: &str) {
    assert_eq!(pairs(&people_in_list(text.as_bytes()).expect("a list")), [("10000001", vec![]), ("10000002", vec![])]);
}

#[rstest]
#[case::unix("\n")]
#[case::windows("\r\n")]
#[case::old("\r")]
fn lines_are_counted_as_an_editor_does(#[case] end: &str) {
    let text = ["", "EMPLID,Note", "1,a", "", "", "2,\"b", "c\"", "3,d", ",", "4,e"].join(end);
    let list = people_in_list(text.as_bytes()).expect("a list");
    let lines: Vec<_> = list.people.iter().map(|p| (p.emplid.as_str(), p.line)).collect();
    assert_eq!(lines, [("1", Some(3)), ("2", Some(6)), ("3", Some(8)), ("4", Some(10))]);
}

#[test]
fn lines_and_what_cannot_be_asked_are_told() {
    let list = people_in_list(
        b"EMPLID,Username\n10000001,jdoe\n\n,nobody\n1.0000002E+07,rounded\n10000003,two words\n10000001,jd\n",
    )
    .expect("a list");
    assert_eq!(list.nameless, [4, 5, 6]);
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
#[case::workbook("PK\u{3}\u{4}xl", "a workbook")]
#[case::bytes("EMPLID\n1\0", "no text")]
fn other_layouts_are_refused(#[case] text: &str, #[case] found: &str) {
    let told = people_in_list(text.as_bytes()).expect_err("no list").to_string();
    assert!(told.contains(found) && told.contains("EMPLID and, if known"), "{told}");
    assert!(!told.contains("10000001") && !told.contains("jdoe"), "{told}");
}

#[test]
fn utf_16_is_named() {
    let error = people_in_list(b"\xFF\xFEE\0M\0").expect_err("no list");
    assert!(error.found.contains("UTF-16"), "{error}");
}

#[test]
fn a_column_in_another_encoding_does_no_harm() {
    let list = people_in_list(b"Name,EMPLID\nM\xFCller,10000001\n").expect("a list");
    assert_eq!(pairs(&list), [("10000001", vec![])]);
}

#[test]
fn two_sources_are_one_list() {
    let here = people_named(&["10000002".into(), "10000003".into(), "10000003".into()]).expect("fit");
    let both = here.and(people_in_list(b"EMPLID,Username\n10000001,a\n10000002,b\n").expect("a list"));
    assert_eq!(pairs(&both), [("10000002", vec!["b"]), ("10000003", vec![]), ("10000001", vec!["a"])]);
    assert_eq!(both.people.iter().map(|p| p.line).collect::<Vec<_>>(), [Some(3), None, Some(2)]);
    assert_eq!(people_named(&["..".into(), "a b".into(), "1".into()]), Err(2));
}
