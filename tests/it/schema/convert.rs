//! Converts schema files to the shapes of their JSON (facts/alma.md §3.1): wrapper lists disappear, an element with
//! attributes beside its text becomes `{value, …}`, and attributes become fields.

use std::collections::BTreeMap;

use crate::schema::shape::Shape;
use crate::schema::tree::{Node, read};

/// Real answers spell the types of a partner's addresses, phones and e-mails differently from the schema (facts/alma.md §3.1).
const CONTACT_TYPES: [&str; 3] = ["address_type", "phone_type", "email_type"];

/// A wrapper element that real errors keep (facts/alma.md §8).
const KEPT_WRAPPER: &str = "errorList";

/// A type whose schema file is not among the copies. Any content in it is reported as unknown fields.
const NOT_COPIED: &str = "researcher";

/// The types of a set of schema files, by name.
pub(crate) struct Schema {
    types: BTreeMap<String, Node>,
    elements: BTreeMap<String, Node>,
}

impl Schema {
    /// Reads schema files. Where two define the same name, the last one wins.
    pub(crate) fn of(files: &[&str]) -> Self {
        let (mut types, mut elements) = (BTreeMap::new(), BTreeMap::new());
        for file in files {
            let path = format!("{}/tests/spec/{file}.xsd", env!("CARGO_MANIFEST_DIR"));
            let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
            for child in read(&text).children {
                let name = child.attribute("name").unwrap_or_default().to_owned();
                match child.name.as_str() {
                    "complexType" | "simpleType" => drop(types.insert(name, child)),
                    "element" => drop(elements.insert(name, child)),
                    _ => {}
                }
            }
        }
        Self { types, elements }
    }

    /// Returns the shape of a root element.
    pub(crate) fn root(&self, name: &str) -> Shape {
        let element = self.elements.get(name).unwrap_or_else(|| panic!("no element {name}"));
        match element.attribute("type") {
            // A root element keeps its list: only nested wrappers disappear.
            Some(kind) => self.complex(&self.types[kind]),
            None => self.complex(element.child("complexType").expect("a type")),
        }
    }

    fn element(&self, element: &Node) -> Shape {
        if element.attribute("name").is_some_and(|name| CONTACT_TYPES.contains(&name))
            && element.child("simpleType").is_some()
        {
            return Shape::Text;
        }
        let words = words_in(element);
        if !words.is_empty() {
            return Shape::Words(words);
        }
        match element.attribute("type") {
            Some(kind) => self.named(kind),
            None => match (element.child("complexType"), element.child("simpleType")) {
                (Some(complex), _) => self.complex(complex),
                (None, Some(simple)) => self.simple(simple),
                (None, None) => Shape::Text,
            },
        }
    }

    fn named(&self, kind: &str) -> Shape {
        match kind {
            "xs:boolean" => Shape::Flag,
            "xs:int" => Shape::Number,
            "xs:decimal" | "xs:float" => Shape::Decimal,
            "xs:date" => Shape::Date,
            "xs:anyType" => Shape::Anything,
            _ if kind.starts_with("xs:") => Shape::Text,
            NOT_COPIED => Shape::Object(BTreeMap::new()),
            _ => {
                let found = self.types.get(kind).unwrap_or_else(|| panic!("no type {kind}"));
                if found.name == "simpleType" { self.simple(found) } else { self.complex(found) }
            }
        }
    }

    fn simple(&self, simple: &Node) -> Shape {
        let words = enumerated(simple);
        if words.is_empty() { Shape::Text } else { Shape::Words(words) }
    }

    fn complex(&self, complex: &Node) -> Shape {
        if let Some(content) = complex.child("simpleContent") {
            let base = content.child("extension").or(content.child("restriction")).expect("a base");
            let value = self.named(base.attribute("base").expect("a base"));
            let mut fields = BTreeMap::from([("value".to_owned(), value)]);
            fields.extend(attributes(base));
            return Shape::Object(fields);
        }
        let mut fields: BTreeMap<String, Shape> = attributes(complex).collect();
        for group in complex.children.iter().filter(|c| matches!(c.name.as_str(), "all" | "sequence" | "choice")) {
            for element in group.all("element") {
                let (name, shape) = self.field(group, element);
                fields.insert(name, shape);
            }
        }
        Shape::Object(fields)
    }

    /// Converts a field to its shape: a list if it may repeat, and the inner list if it is only a wrapper.
    fn field(&self, group: &Node, element: &Node) -> (String, Shape) {
        let name = element.attribute("name").expect("a name").to_owned();
        if repeats(element) || repeats(group) {
            return (name, Shape::List(Box::new(self.element(element))));
        }
        let inside = element.attribute("type").and_then(|kind| self.types.get(kind)).or(element.child("complexType"));
        let inside = inside.filter(|_| name != KEPT_WRAPPER);
        inside.and_then(|inside| self.wrapped(inside)).unwrap_or_else(|| (name, self.element(element)))
    }

    /// Returns what a type wraps, if it holds nothing but one element that may repeat.
    fn wrapped(&self, complex: &Node) -> Option<(String, Shape)> {
        let group = complex.child("sequence").or(complex.child("choice")).or(complex.child("all"))?;
        let mut elements = group.all("element");
        let (only, None) = (elements.next()?, elements.next()) else {
            return None;
        };
        (repeats(only) || repeats(group)).then(|| self.field(group, only))
    }
}

fn repeats(node: &Node) -> bool {
    node.attribute("maxOccurs") == Some("unbounded")
}

fn attributes(node: &Node) -> impl Iterator<Item = (String, Shape)> {
    let shape = |kind: Option<&str>| match kind {
        Some("xs:boolean") => Shape::Flag,
        Some("xs:int") => Shape::Number,
        _ => Shape::Text,
    };
    node.all("attribute").map(move |a| (a.attribute("name").expect("a name").to_owned(), shape(a.attribute("type"))))
}

fn enumerated(simple: &Node) -> Vec<String> {
    let values = simple.child("restriction").into_iter().flat_map(|r| r.all("enumeration"));
    values.filter_map(|e| e.attribute("value")).map(str::to_owned).collect()
}

/// Returns the allowed values of a text field if only its documentation lists them.
fn words_in(element: &Node) -> Vec<String> {
    if element.attribute("type") != Some("xs:string") {
        return Vec::new();
    }
    let text = element.child("annotation").and_then(|a| a.child("documentation")).map_or("", |d| d.text.as_str());
    let listed = ["Possible values:", "Optional indexes:"].into_iter().find_map(|intro| text.split_once(intro));
    let Some((_, list)) = listed else {
        return Vec::new();
    };
    let list = list.split('.').next().unwrap_or_default();
    list.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
}
