//! An XML document as a tree, with just enough detail to walk a schema.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An XML element: its local name, attributes, children and text.
#[derive(Debug, Default)]
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Node>,
    pub(crate) text: String,
}

impl Node {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// Returns the children with this local name.
    pub(crate) fn all<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'n Node> {
        self.children.iter().filter(move |c| c.name == name)
    }

    pub(crate) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|c| c.name == name)
    }
}

/// Parses an XML document.
pub(crate) fn read(xml: &str) -> Node {
    let mut reader = Reader::from_str(xml);
    let mut open = vec![Node::default()];
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(start) => open.push(node(&start)),
            Event::Empty(start) => {
                let child = node(&start);
                open.last_mut().expect("an open element").children.push(child);
            }
            Event::End(_) => {
                let child = open.pop().expect("an open element");
                open.last_mut().expect("an open element").children.push(child);
            }
            Event::Text(text) => open.last_mut().expect("an open element").text.push_str(&text),
            Event::Eof => return open.remove(0).children.remove(0),
            _ => {}
        }
    }
}

fn node(start: &BytesStart<'_>) -> Node {
    let attributes = start.attributes().map(|a| a.expect("an attribute"));
    let attributes = attributes.map(|a| (a.key.as_ref().to_owned(), a.value.into_owned()));
    Node { name: start.local_name().as_ref().to_owned(), attributes: attributes.collect(), ..Node::default() }
}
