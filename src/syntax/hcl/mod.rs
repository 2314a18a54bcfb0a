//! HCL, the language of Terraform: text enters, a tree of spanned expressions leaves, none of them resolved.
//!
//! `hcl-edit` reads and finds the places. This tree is not [`crate::syntax::Node`]: a block has a kind and labels, and most values are
//! expressions that mean nothing before a module, its variables and its instances are known. Nodes with an extra value for expressions
//! were tried on paper: every reader of JSON or YAML would have had to say what it does with a kind of value that it never meets.

mod build;

use crate::source::SourceId;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::Language;
use crate::syntax::SyntaxError;

pub use hcl_edit::expr::BinaryOperator;
pub use hcl_edit::expr::UnaryOperator;

/// What stands in a file or between the braces of a block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    /// `key = value`, in order.
    pub attributes: Vec<Attribute>,
    /// The blocks, in order.
    pub blocks: Vec<Block>,
}

/// `key = value`
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// The key.
    pub key: Spanned<String>,
    /// The value.
    pub value: Expression,
}

/// `kind "label" "label" { … }`
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// The place of the kind and the labels, without the braces.
    pub header: Span,
    /// `resource`, `variable`, …
    pub kind: String,
    /// The labels, quotes removed.
    pub labels: Vec<Spanned<String>>,
    /// What is between the braces.
    pub body: Body,
}

/// An expression and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// From its first to its last byte.
    pub span: Span,
    /// What it is.
    pub kind: ExpressionKind,
}

/// What an [`Expression`] is.
#[derive(Clone, Debug, PartialEq)]
pub enum ExpressionKind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(f64),
    /// Text, with or without something to fill in: a quoted string or a heredoc.
    Template(Vec<Part>),
    /// `[…]`
    List(Vec<Expression>),
    /// `{…}`; a bare key is a text.
    Object(Vec<(Expression, Expression)>),
    /// A bare name, such as `var`.
    Name(String),
    /// What comes behind a value: `.x`, `[0]`, `[*]`.
    Access(Box<Expression>, Vec<Step>),
    /// `condition ? yes : no`
    Conditional(Box<Conditional>),
    /// `name(arguments)`; `true` where the last one is expanded with `...`.
    Call(String, Vec<Expression>, Expansion),
    /// `!x`, `-x`
    Unary(UnaryOperator, Box<Expression>),
    /// `x == y`, `x && y`, …
    Binary(BinaryOperator, Box<(Expression, Expression)>),
    /// `[for …]` or `{for …}`
    For(Box<For>),
}

/// Whether the last argument of a call stands for several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expansion {
    /// Each argument is one.
    None,
    /// The last is a list of arguments: `f(x...)`.
    Last,
}

/// One step into a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// `.name`
    Attribute(String),
    /// `[expression]`
    Index(Expression),
    /// `[*]` or `.*`
    Splat,
}

/// `condition ? yes : no`
#[derive(Clone, Debug, PartialEq)]
pub struct Conditional {
    /// What decides.
    pub condition: Expression,
    /// What holds where it is true.
    pub yes: Expression,
    /// What holds otherwise.
    pub no: Expression,
}

/// A `for` expression.
#[derive(Clone, Debug, PartialEq)]
pub struct For {
    /// The name of the key or position, where there is one.
    pub key_name: Option<String>,
    /// The name of the element.
    pub value_name: String,
    /// What is walked.
    pub collection: Expression,
    /// The key of each result: the result is an object.
    pub key: Option<Expression>,
    /// Each result.
    pub value: Expression,
    /// Which elements count.
    pub condition: Option<Expression>,
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Text as it reads, and where it was written.
    Literal(Spanned<String>),
    /// `${expression}`; the place includes the braces.
    Interpolation(Spanned<Expression>),
    /// `%{ if … }`
    If(Box<IfPart>),
    /// `%{ for … }`
    For(Box<ForPart>),
}

/// `%{ if condition } yes %{ else } no %{ endif }`
#[derive(Clone, Debug, PartialEq)]
pub struct IfPart {
    /// What decides.
    pub condition: Expression,
    /// The text where it is true.
    pub yes: Vec<Part>,
    /// The text otherwise.
    pub no: Vec<Part>,
}

/// `%{ for key, value in collection } body %{ endfor }`
#[derive(Clone, Debug, PartialEq)]
pub struct ForPart {
    /// The name of the key or position, where there is one.
    pub key_name: Option<String>,
    /// The name of the element.
    pub value_name: String,
    /// What is walked.
    pub collection: Expression,
    /// The text for each element.
    pub body: Vec<Part>,
}

impl Body {
    /// The attribute with this key.
    #[must_use]
    pub fn attribute(&self, key: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.key.value == key)
    }

    /// Takes in what stands in another file of the same module.
    pub fn extend(&mut self, other: Self) {
        self.attributes.extend(other.attributes);
        self.blocks.extend(other.blocks);
    }

    /// The blocks of a kind.
    pub fn blocks_of<'b>(&'b self, kind: &'b str) -> impl Iterator<Item = &'b Block> {
        self.blocks.iter().filter(move |block| block.kind == kind)
    }
}

/// Reads a configuration file.
///
/// # Errors
/// Where the text is not HCL.
pub fn parse(source: SourceId, text: &str) -> Result<Body, SyntaxError> {
    let builder = build::Builder { source, text };
    let body = hcl_edit::parser::parse_body(text).map_err(|error| explain(source, text, &error))?;
    Ok(builder.body(&body))
}

/// Reads a file that is all template, as `templatefile` does.
///
/// # Errors
/// Where something to fill in is not HCL.
pub fn parse_template(source: SourceId, text: &str) -> Result<Vec<Part>, SyntaxError> {
    let builder = build::Builder { source, text };
    let template = hcl_edit::parser::parse_template(text).map_err(|error| explain(source, text, &error))?;
    Ok(builder.parts(&template))
}

fn explain(source: SourceId, text: &str, error: &hcl_edit::parser::Error) -> SyntaxError {
    let start = error.location().offset().min(text.len());
    let length = text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let message = error.message();
    let expected = match message.rsplit_once("expected ").map_or(message, |(_, expected)| expected) {
        // All that may begin an expression, one by one.
        list if list.starts_with("`\"`, `[`") => "an expression",
        "token" => "a whole attribute or block",
        other => other,
    };
    SyntaxError {
        language: Language::Hcl,
        span: Span { source, start: offset(start), end: offset(start + length) },
        expected: expected.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn read(text: &str) -> (Sources, Result<Body, SyntaxError>) {
        let mut sources = Sources::default();
        let id = sources.add("main.tf", text);
        let body = parse(id, text);
        (sources, body)
    }

    #[test]
    fn spans_are_bytes_behind_characters_of_several_bytes() {
        let text =
            "# кот\r\nresource \"a_b\" \"é\" {\r\n  key = \"ю${var.x}я\" # c\r\n  n = [1, foo(2, [\"z\"]...)]\r\n}\r\n";
        let (sources, body) = read(text);
        let body = body.unwrap();
        let block = &body.blocks[0];
        assert_eq!(sources.slice(block.header), "resource \"a_b\" \"é\"");
        assert_eq!(sources.slice(block.labels[1].span), "\"é\"");
        let key = block.body.attribute("key").unwrap();
        assert_eq!((sources.slice(key.key.span), sources.slice(key.value.span)), ("key", "\"ю${var.x}я\""));
        let ExpressionKind::Template(parts) = &key.value.kind else { panic!() };
        let [Part::Literal(first), Part::Interpolation(filled), Part::Literal(last)] = &parts[..] else { panic!() };
        assert_eq!(
            (sources.slice(first.span), sources.slice(filled.span), sources.slice(last.span)),
            ("ю", "${var.x}", "я")
        );
        assert_eq!(sources.slice(block.body.attribute("n").unwrap().value.span), "[1, foo(2, [\"z\"]...)]");
    }

    #[test]
    fn heredocs_lose_their_indentation_and_keep_their_places() {
        let text = "a = <<-EOF\n    {\n      \"x\": \"$${y}\",\n      \"z\": ${w}\n    }\n    EOF\n";
        let (sources, body) = read(text);
        let body = body.unwrap();
        let ExpressionKind::Template(parts) = &body.attributes[0].value.kind else { panic!() };
        let mut text = String::new();
        for part in parts {
            match part {
                Part::Literal(literal) => text.push_str(&literal.value),
                Part::Interpolation(filled) => text.push_str(sources.slice(filled.value.span)),
                _ => panic!(),
            }
        }
        assert_eq!(text, "{\n  \"x\": \"${y}\",\n  \"z\": w\n}\n");
        let Part::Literal(first) = &parts[0] else { panic!() };
        assert_eq!((&*first.value, sources.slice(first.span)), ("{\n", "{\n"));
    }

    #[test]
    fn errors_have_a_place() {
        for (text, place, expected) in [
            ("é = \n", "\n", "an expression"),
            ("resource \"x\" {\n  a = = 1\n}", "=", "an expression"),
            ("b = \"open\n", "b", "a whole attribute or block"),
            ("a = [1,,2]", ",", "an expression"),
            ("a = foo(1", "1", "`)` or expression"),
            ("x {\n a = 1 b = 2\n}", "b", "newline or eof"),
            ("a = \"${x\"", "\"", "`}`"),
            ("a = 1\na = 2\n", "a", "unique attribute key; found redefined attribute"),
        ] {
            let (sources, body) = read(text);
            let error = body.expect_err(text);
            assert_eq!((sources.slice(error.span), &*error.expected), (place, expected), "{text}");
        }
        for text in
            [format!("a = {}", "[".repeat(100_000)), format!("a = {}1", "(".repeat(100_000)), "a {".repeat(9_999)]
        {
            assert!(read(&text).1.is_err());
        }
    }
}
