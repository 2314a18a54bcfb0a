//! YAML to trees of spanned nodes: an [`Excerpt`] enters, one [`Node`] a document leaves.
//!
//! `granit-parser` finds the places, in bytes, and says where a text is no YAML. What is built here is the tree that JSON gives: aliases and
//! merge keys are written out, and a short tag of CloudFormation becomes the long form that stands for the same (`!Sub x` is an object
//! with the one key `Fn::Sub`), so that loaders know one spelling. Aliases are copied within a budget, because a few lines of them can
//! stand for more nodes than fit into memory.

mod compose;
mod explain;
mod merged;
mod scalar;
mod tag;

use crate::source::SourceId;
use crate::syntax::Node;
use crate::syntax::SyntaxError;
use crate::syntax::excerpt::Excerpt;

/// Reads a whole file: every document of it, an empty one as null, and none where the file holds nothing.
///
/// # Errors
/// Where the text is not YAML, nests too deep, has a key that is no text, or aliases that stand for too much.
pub fn parse(source: SourceId, text: &str) -> Result<Vec<Node>, SyntaxError> {
    parse_excerpt(&Excerpt::whole(source, text))
}

/// Reads a part of a file, or what a string in it says; every span points into the file.
///
/// # Errors
/// As for [`parse`].
pub fn parse_excerpt(excerpt: &Excerpt<'_>) -> Result<Vec<Node>, SyntaxError> {
    compose::compose(excerpt)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;
    use crate::source::Sources;
    use crate::source::Span;
    use crate::syntax::Value;

    struct Read {
        sources: Sources,
        documents: Vec<Node>,
    }

    impl Read {
        fn root(&self) -> &Node {
            &self.documents[0]
        }

        fn at(&self, span: Span) -> &str {
            self.sources.slice(span)
        }

        /// The value under a path of keys and positions.
        fn find(&self, path: &str) -> &Node {
            path.split(' ').fold(self.root(), |node, step| match &node.value {
                Value::Array(items) => &items[step.parse::<usize>().unwrap()],
                _ => node.get(step).unwrap_or_else(|| panic!("{step} of {path}")),
            })
        }
    }

    fn read(text: &str) -> Read {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", text);
        let documents = parse(id, &sources.get(id).text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        Read { sources, documents }
    }

    fn text(value: &str) -> Value {
        Value::String(value.to_owned())
    }

    #[test]
    fn spans_are_bytes_behind_characters_of_several_bytes() {
        let read = read(
            "ключ: \"é\\n\" # é\nblock: |\n  первый\n  two\n\nlist:\n- q: z\n  r: [1, 'it''s']\n\n# end\nlast: ~\n",
        );
        assert_eq!(read.at(read.root().members()[0].key.span), "ключ");
        assert_eq!(read.at(read.find("ключ").span), "\"é\\n\"");
        assert_eq!(read.find("ключ").value, text("é\n"));
        assert_eq!(read.at(read.find("block").span), "первый\n  two");
        assert_eq!(read.at(read.find("list 0").span), "q: z\n  r: [1, 'it''s']");
        assert_eq!(read.at(read.find("list 0 r 1").span), "'it''s'");
        assert_eq!(read.at(read.find("last").span), "~");
        assert_eq!(read.root().pointer(read.find("list 0 r 1").span), "/list/0/r/1");
    }

    #[test]
    fn plain_scalars_have_the_types_that_cloudformation_gives_them() {
        let read = read(
            "date: 2012-10-17\nversion: 3.0.1\npayload: 2.0\nttl: 300\nquoted: '300'\nyes: on\nempty:\naccount: 012345678901\n200: ok\n! : tag\ncore: !!str 5\n",
        );
        for (path, value) in [
            ("date", text("2012-10-17")),
            ("version", text("3.0.1")),
            ("payload", Value::Number("2.0".to_owned())),
            ("ttl", Value::Number("300".to_owned())),
            ("quoted", text("300")),
            ("yes", Value::Bool(true)),
            ("empty", Value::Null),
            ("account", Value::Number("012345678901".to_owned())),
            ("200", text("ok")),
            ("core", text("5")),
        ] {
            assert_eq!(read.find(path).value, value, "{path}");
        }
    }

    #[test]
    fn short_tags_are_long_forms() {
        let read = read(
            "a: !Sub \"${Stage}-é\"\nb: !If [Prod, !Ref One, !GetAtt Two.Arn.x]\nc: !Join\n  - ''\n  - - x\nd: !Condition Prod\ne: !GetAtt\n  - Two\n  - Arn\nf: !Ref 5\ng: !Other {a: 1}\n",
        );
        assert_eq!(read.at(read.find("a").span), "!Sub \"${Stage}-é\"");
        let sub = &read.find("a").members()[0];
        assert_eq!((&*sub.key.value, read.at(sub.key.span)), ("Fn::Sub", "!Sub"));
        assert_eq!(read.at(sub.value.span), "\"${Stage}-é\"");
        assert_eq!(read.find("b Fn::If 1 Ref").value, text("One"));
        let parts = read.find("b Fn::If 2 Fn::GetAtt");
        let Value::Array(parts) = &parts.value else { panic!() };
        let parts: Vec<_> = parts.iter().map(|part| (part.as_str().unwrap(), read.at(part.span))).collect();
        assert_eq!(parts, [("Two", "Two"), ("Arn.x", "Arn.x")]);
        assert_eq!(read.find("c Fn::Join 1 0").value, text("x"));
        assert_eq!(read.find("d Condition").value, text("Prod"));
        assert_eq!(read.find("e Fn::GetAtt 1").value, text("Arn"));
        assert_eq!(read.find("f Ref").value, text("5"));
        assert_eq!(read.find("g Fn::Other a").value, Value::Number("1".to_owned()));
    }

    #[test]
    fn anchors_aliases_and_merge_keys_are_written_out() {
        let read = read(
            "base: &base\n  a: 1\n  b: 2\nmore: &more {b: 3, c: 4}\nuse:\n  <<: [*base, *more]\n  a: own\nplain: *base\nafter: x\n",
        );
        let merged = read.find("use");
        assert_eq!(read.at(merged.span), "<<: [*base, *more]\n  a: own");
        assert_eq!(merged.get("a").unwrap().value, text("own"));
        assert_eq!(read.at(merged.get("b").unwrap().span), "2");
        assert_eq!(read.at(merged.get("c").unwrap().span), "4");
        assert_eq!(read.at(read.find("plain a").span), "1");
        assert_eq!(read.at(read.find("after").span), "x");
        assert_eq!(read.root().pointer(merged.get("b").unwrap().span), "/base/b");
    }

    #[test]
    fn documents_line_ends_and_marks() {
        let documents = |text: &str| read(text).documents.len();
        assert_eq!(documents(""), 0);
        assert_eq!(documents("# only a comment\n"), 0);
        assert_eq!(documents("---\n---\na: 1\n...\n"), 2);
        let read = read("\u{feff}a: 1\r\nключ: x\r\nkey: &k v\r\nkey: *k\r\n");
        assert_eq!(read.at(read.find("ключ").span), "x");
        assert_eq!(read.root().members().len(), 4, "the same key may stand twice");
        assert_eq!(read.at(read.root().span), "a: 1\r\nключ: x\r\nkey: &k v\r\nkey: *k");
    }

    #[test]
    fn errors_say_where_and_what() {
        for (text, place, expected) in [
            ("a:\n\tb: 1", "\t", "spaces: a tab is no indentation"),
            ("\tя: 1", "\t", "spaces: a tab is no indentation"),
            ("é: [1, 2", "[", "a `]` for this `[`"),
            ("é: [1}", "[", "a `]` for this `[`"),
            ("é: b: c", ":", "quotes around a text that holds `: `"),
            ("é: \"x", "\"", "a quote that ends the string which starts here"),
            ("é: *y", "*", "an anchor `&` of this name before the alias"),
            ("é: @x", "@", "quotes around a text that starts with this character"),
            ("é: {{ x }}", "{", "a text as the key"),
            ("é: {? !Ref x : 1}", "!Ref x", "a text as the key"),
            ("é:\n  <<: 5", "5", "a mapping, or a list of mappings, to merge"),
            ("é: \"\\q\"", "\"", "one of the escapes of YAML"),
        ] {
            let mut sources = Sources::default();
            let id = sources.add("a.yaml", text);
            let found = parse(id, text).expect_err(text);
            assert_eq!((sources.slice(found.span), &*found.expected), (place, expected), "{text}");
        }
    }

    #[test]
    fn bombs_are_errors_and_no_crash() {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", "");
        let mut laughs = "a0: &a0 lol\n".to_owned();
        let mut ladder = laughs.clone();
        for level in 1..2000 {
            let below = level - 1;
            writeln!(ladder, "a{level}: &a{level} [*a{below}]").unwrap();
            if level < 40 {
                writeln!(laughs, "a{level}: &a{level} [{}]", vec![format!("*a{below}"); 9].join(", ")).unwrap();
            }
        }
        let deep = "at most 127 levels of nesting";
        for (text, expected) in [
            (laughs, "aliases that stand for less than 64 MiB in all"),
            (ladder, deep),
            ("[".repeat(100_000), deep),
            ("- ".repeat(100_000), deep),
            (format!("{}x{}", "!Ref {a: ".repeat(100), "}".repeat(100)), deep),
            ("a: &a [*a]".to_owned(), "an anchor `&` of this name before the alias"),
        ] {
            assert_eq!(parse(id, &text).expect_err(expected).expected, expected);
        }
    }
}
