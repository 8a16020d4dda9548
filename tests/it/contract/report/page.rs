//! Reads the HTML page as XML: it is well-formed and complete, and can be read with a screen reader, without colours and offline.
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;

/// An element: its name, its attributes, and all the text in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: BTreeMap<String, String>,
    pub(super) text: String,
    /// Names of the enclosing elements, outermost first.
    pub(super) around: Vec<String>,
}

/// Returns every element, in the order of the closing tags.
#[track_caller]
pub(super) fn elements(page: &str) -> Vec<Element> {
    let body = page.strip_prefix("<!DOCTYPE html>\n").expect("a document type");
    let mut reader = Reader::from_str(body);
    reader.config_mut().check_end_names = true;
    let (mut open, mut done): (Vec<Element>, Vec<Element>) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("not well-formed: {error}")) {
            Event::Start(start) => {
                let element = element(&start, &open);
                open.push(element);
            }
            Event::Empty(start) => done.push(element(&start, &open)),
            Event::End(_) => done.push(open.pop().expect("an open element")),
            Event::Text(text) => {
                let text = text.into_inner().into_owned();
                open.iter_mut().for_each(|element| element.text.push_str(&text));
            }
            Event::GeneralRef(name) => {
                let c = match &*name.into_inner() {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "quot" => '"',
                    "#39" => '\'',
                    other => panic!("&{other}; is not known to XML"),
                };
                open.iter_mut().for_each(|element| element.text.push(c));
            }
            Event::Eof => break,
            other => panic!("unexpected content: {other:?}"),
        }
    }
    assert!(open.is_empty(), "elements were not closed: {open:?}");
    done
}

fn element(start: &BytesStart<'_>, open: &[Element]) -> Element {
    let attributes = start.attributes().map(|attribute| {
        let attribute = attribute.expect("an attribute");
        let name = attribute.key.as_ref().to_owned();
        (name, attribute.value.into_owned())
    });
    Element {
        name: start.name().as_ref().to_owned(),
        attributes: attributes.collect(),
        text: String::new(),
        around: open.iter().map(|element| element.name.clone()).collect(),
    }
}

/// Fails unless the page is accessible: it has a language, headings in order, and tables with captions and column headings.
#[track_caller]
pub(super) fn assert_readable(page: &str) {
    let all = elements(page);
    let named = |name: &str| all.iter().filter(|element| element.name == name).collect::<Vec<_>>();
    assert_eq!(named("html")[0].attributes["lang"], "en");
    assert_eq!(named("title").len(), 1);
    assert_eq!((named("h1").len(), named("main").len()), (1, 1));
    let levels: Vec<u32> = all.iter().filter_map(|e| e.name.strip_prefix('h')?.parse().ok()).collect();
    assert_eq!(levels[0], 1, "{levels:?}");
    assert!(levels.windows(2).all(|two| two[1] <= two[0] + 1), "a heading level was skipped: {levels:?}");
    for cell in named("th") {
        assert!(["col", "row", "rowgroup"].contains(&cell.attributes["scope"].as_str()), "{cell:?}");
    }
    let tables = named("table").len();
    assert!(tables > 0 && named("caption").len() == tables && named("thead").len() == tables);
    // The state is given as a word; its sign is decoration and hidden from screen readers.
    let marks: Vec<_> = named("span")
        .into_iter()
        .filter(|e| e.attributes.get("class").is_some_and(|c| c.starts_with("mark")))
        .collect();
    assert!(!marks.is_empty());
    for mark in marks {
        assert!(
            mark.attributes["class"].ends_with(contract_word(mark.text.split_once(' ').expect("a mark and words").1)),
            "{mark:?}"
        );
    }
    for section in named("section") {
        let id = &section.attributes["aria-labelledby"];
        assert_eq!(named("h2").iter().filter(|head| head.attributes.get("id") == Some(id)).count(), 1, "{id}");
    }
}

/// Fails if the page runs a script or loads anything.
#[track_caller]
pub(super) fn assert_self_contained(page: &str) {
    for element in elements(page) {
        assert!(
            !["script", "link", "img", "iframe", "object", "a", "form", "base"].contains(&&*element.name),
            "{element:?}"
        );
        for (name, value) in &element.attributes {
            assert!(!name.starts_with("on") && !["src", "href", "style"].contains(&&**name), "{name}={value}");
        }
        if element.name == "style" {
            assert!(!["url(", "@import", "expression("].iter().any(|word| element.text.contains(word)));
            for rule in
                ["@media print", "@page", "table-header-group", "prefers-color-scheme: dark", "break-inside: avoid"]
            {
                assert!(element.text.contains(rule), "{rule}");
            }
        }
    }
}

/// Returns the text of each cell in the evidence table, by row.
pub(super) fn evidence(page: &str) -> Vec<Vec<String>> {
    let from = page.find("<table class=\"evidence\">").expect("the table");
    let to = from + page[from..].find("</table>").expect("its end") + "</table>".len();
    let table = format!("<!DOCTYPE html>\n{}", &page[from..to]);
    let mut rows: Vec<Vec<String>> = vec![Vec::new()];
    for element in elements(&table) {
        let in_body = element.around.iter().any(|name| name == "tbody");
        match element.name.as_str() {
            "td" | "th" if in_body => rows.last_mut().expect("a row").push(element.text),
            "tr" if in_body => rows.push(Vec::new()),
            _ => {}
        }
    }
    rows.retain(|row| row.len() == 6);
    rows
}

/// The contract's word for what a reader is told, as the looks go by it.
fn contract_word(words: &str) -> &str {
    if words == "signed off" { "attested" } else { words }
}
